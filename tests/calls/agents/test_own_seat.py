"""An agent at his browser: takes his seat, is rung, passes on, writes up; and what is refused."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from callcenter.staff.model import Role
from tests.contract.browser import browser
from tests.service import Client, Refused, Service, eventually


@pytest.fixture
async def me(service: Service) -> AsyncIterator[Client]:
    async with browser(service, Role.AGENT) as session:
        yield Client(session, None)


async def rings(carrier: Client, caller: str = "13800138000") -> str:
    """A caller who waits for a rescue; the call."""
    ringing = {"carrier_ref": f"ref-{caller}", "caller": caller}
    call_id: str = (await carrier.post("/api/v1/calls", ringing))["call"]["id"]
    waits = {"group": "rescue", "urgency": "rescue"}
    await carrier.post(f"/api/v1/calls/{call_id}/queue", waits)
    return call_id


async def ready(me: Client) -> Any:
    return await me.put("/api/v1/me/seat", {"availability": "ready"})


async def test_from_the_seat_taken_to_the_call_written_up(service: Service, me: Client):
    carrier = await service.agent()
    assert (await ready(me))["contact"] == "none"
    call_id = await rings(carrier)
    seat = await me.get("/api/v1/me/seat")
    assert (seat["contact"], seat["call_id"]) == ("offered", call_id)
    (place,) = (await carrier.get("/api/v1/waiting"))["items"]
    assert (place["offered_to"], place["caller"]) == (seat["staff_id"], "138****8000")
    assert place["pick"]["overtook"] == 0

    await me.post(f"/api/v1/calls/{call_id}/answer")
    await me.put("/api/v1/me/seat", {"availability": "away", "reason": "meal"})
    await me.put("/api/v1/me/seat/beat", None)
    await carrier.post(f"/api/v1/calls/{call_id}/end", {"reason": "caller_hung_up"})
    told = {"disposition": "information", "note": "问保养"}
    seat = await me.post("/api/v1/me/seat/wrap-up", told)
    assert (seat["availability"], seat["away_reason"]) == ("away", "meal")
    call = (await me.get(f"/api/v1/calls/{call_id}"))["call"]
    assert (call["disposition"], call["disposition_note"]) == ("information", "问保养")


async def test_what_is_passed_on_goes_to_a_colleague(service: Service, me: Client):
    carrier = await service.agent()
    await ready(me)
    call_id = await rings(carrier)
    seat = await me.post(f"/api/v1/calls/{call_id}/pass-on", {"reason": "desk_work"})
    assert (seat["contact"], seat["away_reason"]) == ("none", "desk_work")
    async with browser(service, Role.SUPERVISOR) as session:
        other = Client(session, None)
        await ready(other)
        assert (await other.get("/api/v1/me/seat"))["call_id"] == call_id
        names = {one["name"] for one in (await other.get("/api/v1/agents"))["items"]}
        assert len(names) == 1
    with pytest.raises(Refused) as refused:
        await me.post(f"/api/v1/calls/{call_id}/answer")
    assert refused.value.code == "place_not_yours"


async def test_nobody_takes_it_in_time_and_the_worker_notices(service: Service, me: Client):
    carrier = await service.agent()
    await ready(me)
    await rings(carrier)

    async def missed() -> bool:
        return bool((await me.get("/api/v1/me/seat"))["away_reason"] == "missed")

    async with service.database.transaction() as tx:
        await tx.connection.execute("update pgqueuer set execute_after = now()")
    await eventually(missed)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"availability": "away"}, "away_without_reason"),
        ({"availability": "ready", "reason": "meal"}, "away_without_reason"),
    ],
)
async def test_a_reason_belongs_to_being_away(me: Client, wish: dict[str, str], code: str):
    with pytest.raises(Refused) as refused:
        await me.put("/api/v1/me/seat", wish)
    assert refused.value.code == code
