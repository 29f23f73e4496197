"""After the acceptance every stage has a clock; and danger does not wait for an exact place."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callcenter.settings import RoutingSettings
from tests.flows.test_desk_keeps_it import alarm
from tests.service import (
    SHENYANG,
    Client,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)


async def accepted(service: Service, agent: Client, *, eta: int = 20) -> tuple[Client, str, str]:
    station = await service.station("NEAR", 3)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    body = {"eta_minutes": eta}
    dispatch = await station.post(f"/api/v1/offers/{offer['id']}/acceptance", body)
    return station, ticket["id"], f"/api/v1/dispatches/{dispatch['id']}"


async def said_to_owner(agent: Client, ticket_id: str, purpose: str) -> Any:
    async def look() -> bool:
        page = await agent.get("/api/v1/messages", ticket_id=ticket_id)
        return purpose in {message["purpose"] for message in page["items"]}

    return await eventually(look)


@pytest.mark.parametrize(
    ("routing", "kind"),
    [
        (RoutingSettings(departure_deadline_s=0.6), "dispatch_not_departed"),
        (RoutingSettings(silence_deadline_s=0.6), "dispatch_silent"),
    ],
    ids=["not_departed", "silent"],
)
async def test_a_clock_runs_out_the_desk_is_alarmed_and_the_owner_told(service: Service, kind: str):
    agent = await service.agent()
    station, ticket_id, path = await accepted(service, agent)
    await alarm(agent, ticket_id, kind)
    await said_to_owner(agent, ticket_id, "owner_delayed")
    await station.post(f"{path}/departure")
    await station.post(f"{path}/arrival")

    async def cleared() -> bool:
        page = await agent.get("/api/v1/alarms", open="true")
        return kind not in {a["kind"] for a in page["items"]} or kind == "dispatch_silent"

    await eventually(cleared)


async def test_a_truck_that_drives_away_is_noticed(service: Service):
    agent = await service.agent()
    station, ticket_id, path = await accepted(service, agent)
    await station.post(f"{path}/departure")
    began = datetime.now(UTC) - timedelta(minutes=8)
    for minute in range(8):
        fix = {
            "lat": SHENYANG[0] + 0.03 + minute * 0.01,
            "lon": SHENYANG[1],
            "accuracy_m": 10,
            "fixed_at": (began + timedelta(minutes=minute)).isoformat(),
        }
        await station.post(f"{path}/positions", fix)
    await alarm(agent, ticket_id, "dispatch_driving_away")


async def test_with_danger_the_best_place_known_is_enough_and_marked_uncertain(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 2)
    ticket = await open_rescue(agent, danger=True)
    body = {"lat": SHENYANG[0], "lon": SHENYANG[1], "accuracy_m": 900}
    place = await agent.post(f"/api/v1/tickets/{ticket['id']}/places", body)
    assert place["doubts"], "the desk is still told what to ask"
    offer = await offer_for(near, ticket["id"])
    seen = await near.get(f"/api/v1/offers/{offer['id']}")
    assert seen["job"]["place"]["uncertain"]
    assert seen["job"]["danger"]


async def test_without_danger_a_coarse_place_waits_for_judgement(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 2)
    ticket = await open_rescue(agent)
    body = {"lat": SHENYANG[0], "lon": SHENYANG[1], "accuracy_m": 900}
    place = await agent.post(f"/api/v1/tickets/{ticket['id']}/places", body)
    assert place["state"] == "proposed"
    assert (await near.get("/api/v1/offers", open="true"))["items"] == []
    path = f"/api/v1/tickets/{ticket['id']}/places/{place['id']}/confirmation"
    await agent.post(path, {"reason": "saw the toll gate"})
    await offer_for(near, ticket["id"])


async def test_accepted_by_phone_is_written_down_with_whom(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 2)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    await offer_for(near, ticket["id"])
    body = {"station_id": str(near.station_id), "reason": "王师傅说可以", "eta_minutes": 25}
    dispatch = await agent.post(f"/api/v1/rescues/{ticket['id']}/phone-acceptance", body)
    assert dispatch["by_phone"]
    assert (await agent.get(f"/api/v1/tickets/{ticket['id']}"))["stage"] == "assigned"
