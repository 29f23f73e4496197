"""The hotline's day in figures, each of which opens to its calls."""

from typing import Any

from callcenter.staff.model import Role
from tests.contract.browser import browser
from tests.service import Client, Service

TALK = "update calls set answered_at = answered_at - interval '60 seconds' where id = $1"
WAIT = "update queue_entries set entered_at = entered_at - interval '20 seconds' where call_id = $1"


async def waits(carrier: Client, number: str, **how: Any) -> str:
    ringing = {"carrier_ref": f"ref-{number}", "caller": number}
    call_id: str = (await carrier.post("/api/v1/calls", ringing))["call"]["id"]
    await carrier.post(f"/api/v1/calls/{call_id}/queue", {"group": "complaint", **how})
    return call_id


async def hangs_up(client: Client, call_id: str) -> None:
    await client.post(f"/api/v1/calls/{call_id}/end", {"reason": "caller_hung_up"})


async def talks(me: Client, call_id: str) -> None:
    """From the answer to the call written up."""
    await me.post(f"/api/v1/calls/{call_id}/answer")
    await hangs_up(me, call_id)
    await me.post("/api/v1/me/seat/wrap-up", {"disposition": "information"})


async def changed(service: Service, statement: str, call_id: str) -> None:
    async with service.database.transaction() as tx:
        await tx.connection.execute(statement, call_id)


async def test_in_time_late_and_given_up_each_with_its_calls(service: Service):
    carrier = await service.agent()
    async with browser(service, Role.SUPERVISOR) as session:
        me = Client(session, None)
        empty = await me.get("/api/v1/board/hotline")
        assert (empty["answered"], empty["handling_s"]) == (0, None)
        await me.put("/api/v1/me/seat", {"availability": "ready"})
        in_time = await waits(carrier, "13900139001")
        await talks(me, in_time)
        await changed(service, TALK, in_time)
        await me.put("/api/v1/me/seat", {"availability": "away", "reason": "meal"})
        late = await waits(carrier, "13900139002")
        await changed(service, WAIT, late)
        await me.put("/api/v1/me/seat", {"availability": "ready"})
        await talks(me, late)
        await me.put("/api/v1/me/seat", {"availability": "signed_out"})
        gave_up = await waits(carrier, "13900139003")
        await hangs_up(carrier, gave_up)
        await hangs_up(carrier, await waits(carrier, "13900139004", drill=True))
        asked = await waits(carrier, "13900139005")
        await carrier.post(f"/api/v1/calls/{asked}/call-back")

        day = await me.get("/api/v1/board/hotline")
        assert (day["answered"], day["in_time"], day["abandoned"]) == (2, 1, 1)
        assert 30 <= day["handling_s"] < 40
        assert (await me.get("/api/v1/board/hotline", within_s=3600))["in_time"] == 2
        for outcome, call_id in (("late", late), ("in_time", in_time), ("abandoned", gave_up)):
            calls = await me.get("/api/v1/board/hotline/calls", outcome=outcome)
            assert [one["call_id"] for one in calls["items"]] == [call_id]
        assert calls["items"][0]["caller"] == "+8613900139003"
