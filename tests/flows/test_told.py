"""Who is told what, how often, and what is none of his business any more."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callcenter.settings import RoutingSettings
from tests.flows.desk import accepted, alarm, located_rescue, said
from tests.service import SHENYANG, Client, Service, eventually, offer_for, open_rescue


async def purposes(agent: Client, ticket_id: str) -> list[str]:
    page = await agent.get("/api/v1/messages", ticket_id=ticket_id)
    return [message["purpose"] for message in page["items"]]


async def drives_away(station: Client, path: str, minutes: range, *, began: datetime) -> None:
    for minute in minutes:
        fix = {
            "lat": SHENYANG[0] + 0.03 + minute * 0.01,
            "lon": SHENYANG[1],
            "accuracy_m": 10,
            "fixed_at": (began + timedelta(minutes=minute)).isoformat(),
        }
        await station.post(f"{path}/positions", fix)


async def test_a_truck_that_drives_away_is_asked_once_however_often_it_is_seen(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await station.post(f"{path}/departure")
    began = datetime.now(UTC) - timedelta(minutes=9)
    await drives_away(station, path, range(9), began=began)
    await alarm(agent, ticket_id, "dispatch_driving_away")
    await said(agent, ticket_id, "owner_delayed")
    told = await purposes(agent, ticket_id)
    assert told.count("owner_delayed") == 1
    assert told.count("station_driving_away") == 1


@pytest.mark.parametrize("routing", [RoutingSettings(silence_deadline_s=1.0)], ids=["short"])
async def test_while_the_truck_stands_beside_him_the_owner_is_not_told_of_a_delay(
    service: Service,
):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await station.post(f"{path}/departure")
    await station.post(f"{path}/arrival")
    before = (await purposes(agent, ticket_id)).count("owner_delayed")
    await alarm(agent, ticket_id, "dispatch_silent")

    async def asked_again() -> bool:
        return (await purposes(agent, ticket_id)).count("station_silent") >= 2

    assert await eventually(asked_again)
    assert (await purposes(agent, ticket_id)).count("owner_delayed") == before


async def test_cancelled_before_anybody_came_the_owner_reads_it(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 1)
    ticket_id = await located_rescue(agent)
    await offer_for(near, ticket_id)
    path = f"/api/v1/rescues/{ticket_id}/cancellation"
    await agent.post(path, {"reason": "it starts again"})
    assert (await said(agent, ticket_id, "owner_cancelled"))["recipient"] == "138****8000"


async def test_the_expressway_marked_later_changes_what_to_do_now(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    assert "50米" in (await said(agent, ticket["id"], "first_words"))["body"]
    version = (await agent.get(f"/api/v1/tickets/{ticket['id']}"))["version"]
    await agent.patch(f"/api/v1/tickets/{ticket['id']}", {"expressway": True}, version=version)
    again = await said(agent, ticket["id"], "safety_words")
    assert "150米" in again["body"]
    assert "护栏外" in again["body"]


async def test_a_number_that_comes_later_gets_the_first_words(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent, caller_phone=None)
    change = {"caller_phone": "13900139000"}
    await agent.patch(f"/api/v1/tickets/{ticket['id']}", change, version=ticket["version"])
    assert (await said(agent, ticket["id"], "first_words"))["recipient"] == "139****9000"


async def test_a_station_that_lost_the_rescue_sees_no_more_of_it(service: Service):
    agent = await service.agent()
    first, second = await service.station("A", 1), await service.station("B", 2)
    ticket_id = await located_rescue(agent, expressway=True, summary="with two children")
    lost, won = await offer_for(first, ticket_id), await offer_for(second, ticket_id)
    seen: dict[str, Any] = (await first.get(f"/api/v1/offers/{lost['id']}"))["job"]
    assert seen["summary"] == "with two children"
    assert seen["caller_name"] is None, "a name only after the acceptance"
    await second.post(f"/api/v1/offers/{won['id']}/acceptance", {"eta_minutes": 15})
    seen = (await first.get(f"/api/v1/offers/{lost['id']}"))["job"]
    assert (seen["summary"], seen["plate"], seen["caller_name"]) == ("", "", None)
    seen = (await second.get(f"/api/v1/offers/{won['id']}"))["job"]
    assert (seen["caller_name"], seen["caller_phone"]) == ("王先生", "+8613800138000")


async def test_a_yes_by_telephone_is_not_rung_for_and_its_steps_may_be_told_too(service: Service):
    agent = await service.agent()
    far = await service.station("FAR", 30, rescue_hours="off")
    ticket_id = await located_rescue(agent)
    await alarm(agent, ticket_id, "rescue_nobody_left")
    body = {
        "station_id": str(far.station_id),
        "reason": "spoke to Mr Zhao",
        "eta_minutes": 40,
        "overruled": ["off_duty"],
    }
    dispatch = await agent.post(f"/api/v1/rescues/{ticket_id}/phone-acceptance", body)
    await said(agent, ticket_id, "station_by_phone")
    assert "station_offer" not in await purposes(agent, ticket_id)
    notes = (await agent.get(f"/api/v1/tickets/{ticket_id}/timeline"))["notes"]
    assert [note["words"] for note in notes] == ["spoke to Mr Zhao"]
    report = f"/api/v1/dispatches/{dispatch['id']}/phone-report"
    for step in ("departed", "arrived"):
        await agent.post(report, {"stage": step})
    done = await agent.post(report, {"stage": "done", "outcome": "towed_to_workshop"})
    assert (done["stage"], done["end_reason"]) == ("done", "towed_to_workshop")
    assert (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "resolved"
