"""A call from the first ring to its end: who it may be, and which ticket it belongs to."""

from typing import Any

import pytest

from tests.service import Client, Refused, Service, open_rescue

CALLER = "138 0013 8000"


async def rings(agent: Client, caller: str | None = CALLER, ref: str = "c-1") -> Any:
    return await agent.post("/api/v1/calls", {"carrier_ref": ref, "caller": caller})


async def live(agent: Client) -> list[str]:
    page = await agent.get("/api/v1/calls", live="true")
    return [call["id"] for call in page["items"]]


async def facts(service: Service) -> list[str]:
    async with service.database.reading() as tx:
        query = "select kind from events where kind like 'call.%' order by seq"
        return [row["kind"] for row in await tx.connection.fetch(query)]


async def test_ringing_answered_ended(service: Service):
    agent = await service.agent()
    call = (await rings(agent))["call"]
    path = f"/api/v1/calls/{call['id']}"
    assert (call["state"], call["answered_at"], call["ended_at"]) == ("ringing", None, None)
    assert call["caller"] == "138****8000"
    assert await live(agent) == [call["id"]]

    answered = await agent.post(f"{path}/answer")
    assert answered["state"] == "answered"
    assert answered["answered_at"] >= call["ringing_at"]
    with pytest.raises(Refused) as twice:
        await agent.post(f"{path}/answer")
    assert (twice.value.status, twice.value.code) == (409, "call_move_refused")
    assert await live(agent) == [call["id"]]

    ended = await agent.post(f"{path}/end", {"reason": "caller_hung_up"})
    assert (ended["state"], ended["end_reason"]) == ("ended", "caller_hung_up")
    for step, body in (("answer", None), ("end", {"reason": "line_lost"})):
        with pytest.raises(Refused) as over:
            await agent.post(f"{path}/{step}", body)
        assert over.value.code == "call_move_refused"
    assert await live(agent) == []
    assert (await agent.get(path))["call"] == ended
    assert await facts(service) == ["call.ringing", "call.answered", "call.ended"]


async def test_a_caller_who_gives_up_while_it_rings(service: Service):
    agent = await service.agent()
    call = (await rings(agent))["call"]
    ended = await agent.post(f"/api/v1/calls/{call['id']}/end", {"reason": "abandoned"})
    assert (ended["state"], ended["answered_at"]) == ("ended", None)


async def test_the_same_ring_told_twice_is_one_call(service: Service):
    agent = await service.agent()
    first, second = await rings(agent), await rings(agent)
    assert first["call"]["id"] == second["call"]["id"]
    assert await facts(service) == ["call.ringing"]


async def test_the_number_tells_the_owner_and_his_cars_however_it_is_written(service: Service):
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": "王伟", "phones": ["024-8888 1234"]})
    for plate in ("辽A12345", "辽AD12345"):
        car = await agent.post("/api/v1/vehicles", {"plate": plate})
        path = f"/api/v1/owners/{owner['id']}/vehicles"
        await agent.post(path, {"vehicle_id": car["id"]})
    for number, caller in enumerate(["+862488881234", "024/88881234", "024 8888-1234"]):
        (found,) = (await rings(agent, caller, f"c-{number}"))["owners"]
        assert found["id"] == owner["id"]
        assert [car["plate"] for car in found["vehicles"]] == ["辽A12345", "辽AD12345"]


async def test_a_shared_phone_gives_several_and_an_unknown_one_an_empty_list(service: Service):
    agent = await service.agent()
    for name in ("王伟", "王芳"):
        await agent.post("/api/v1/owners", {"name": name, "phones": [CALLER]})
    assert [owner["name"] for owner in (await rings(agent))["owners"]] == ["王伟", "王芳"]
    assert (await rings(agent, "13900139000", "c-2"))["owners"] == []
    assert (await rings(agent, None, "c-3"))["owners"] == []


async def test_a_call_has_one_ticket_and_a_second_call_may_be_about_it_too(service: Service):
    agent = await service.agent()
    call = (await rings(agent))["call"]
    draft = {"kind": "rescue", "particulars": {"fault": "flat_tyre"}}
    path = f"/api/v1/calls/{call['id']}"
    ticket = await agent.post(f"{path}/tickets", draft)
    assert ticket["caller_phone"] == "138****8000", "the number that rang, not asked for again"
    with pytest.raises(Refused) as second:
        await agent.post(f"{path}/tickets", draft)
    assert (second.value.status, second.value.code) == (409, "call_has_ticket")

    other = (await rings(agent, ref="c-2"))["call"]
    attached = await agent.put(f"/api/v1/calls/{other['id']}/ticket", {"ticket_id": ticket["id"]})
    assert attached["ticket_id"] == ticket["id"]
    timeline = await agent.get(f"/api/v1/tickets/{ticket['id']}/timeline")
    told = [e["facts"]["call_id"] for e in timeline["events"] if e["kind"] == "call.attached"]
    assert told == [call["id"], other["id"]]


async def test_a_call_about_no_ticket_of_ours_is_refused(service: Service):
    agent = await service.agent()
    call = (await rings(agent))["call"]
    ticket = await open_rescue(agent)
    missing = ticket["id"][:-4] + "ffff"
    with pytest.raises(Refused) as unknown:
        await agent.put(f"/api/v1/calls/{call['id']}/ticket", {"ticket_id": missing})
    assert unknown.value.status == 404
    assert (await agent.get(f"/api/v1/calls/{call['id']}"))["call"]["ticket_id"] is None


async def test_the_calls_of_an_owner_are_those_about_him(service: Service):
    agent = await service.agent()
    he, she = [
        await agent.post("/api/v1/owners", {"name": name, "phones": [CALLER]})
        for name in ("王建国", "李敏")
    ]
    shared, hers, anothers = [
        (await rings(agent, caller, ref))["call"]
        for caller, ref in ((CALLER, "c-1"), (CALLER, "c-2"), ("13900139000", "c-3"))
    ]
    assert shared["owner_names"] == ["王建国", "李敏"]
    assert anothers["owner_names"] == []
    body = {"kind": "enquiry", "owner_id": she["id"]}
    ticket = await agent.post(f"/api/v1/calls/{hers['id']}/tickets", body)
    # Somebody else rings about her ticket.
    path = f"/api/v1/calls/{anothers['id']}/ticket"
    await agent.put(path, {"ticket_id": ticket["id"]})

    async def calls_of(owner: Any, **more: Any) -> list[str]:
        page = await agent.get("/api/v1/calls", owner_id=owner["id"], **more)
        return [call["id"] for call in page["items"]]

    assert await calls_of(he) == [shared["id"]]
    assert await calls_of(she) == [anothers["id"], hers["id"], shared["id"]]
    await agent.post(f"/api/v1/calls/{hers['id']}/end", {"reason": "caller_hung_up"})
    assert await calls_of(she, live="true") == [anothers["id"], shared["id"]]
    first = await agent.get("/api/v1/calls", owner_id=she["id"], limit=2)
    assert await calls_of(she, limit=2, cursor=first["next_cursor"]) == [shared["id"]]


async def test_calls_are_listed_by_number_and_by_time(service: Service):
    agent = await service.agent()
    for number in (1, 2):
        ringing = {"carrier_ref": f"c-{number}", "caller": f"1390013900{number}"}
        await agent.post("/api/v1/calls", ringing)

    async def found(**query: str) -> int:
        return len((await agent.get("/api/v1/calls", **query))["items"])

    assert await found(phone="139 0013 9001") == 1
    assert await found(since="2026-01-01T00:00:00+08:00") == 2
    assert await found(until="2026-01-01T00:00:00+08:00") == 0
    assert await found(phone="13900139001", until="2026-01-01T00:00:00+08:00") == 0
