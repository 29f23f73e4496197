"""Location confirmed to acceptance or alarm: at most 4 minutes, 2 with danger to life."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from callcenter.settings import RoutingSettings
from tests.flows.desk import alarm, located_rescue, no_alarm, open_alarms
from tests.service import Client, Service, eventually, offer_for

NEVER_S = 3600
PLAIN_ONLY = RoutingSettings(
    acceptance_deadline_s=1, danger_acceptance_deadline_s=NEVER_S, offer_lifetime_s=600
)
DANGER_ONLY = RoutingSettings(
    acceptance_deadline_s=NEVER_S, danger_acceptance_deadline_s=1, offer_lifetime_s=600
)
NOT_ACCEPTED = "rescue_not_accepted"


async def deadline_of(agent: Client, ticket_id: str) -> datetime:
    async def begun() -> Any:
        return (await agent.get(f"/api/v1/rescues/{ticket_id}"))["ladder"]

    return datetime.fromisoformat((await eventually(begun))["deadline_at"])


async def confirmed_at(service: Service) -> datetime:
    async with service.database.reading() as tx:
        at: datetime = await tx.connection.fetchval("select confirmed_at from ticket_places")
    return at


@pytest.mark.parametrize(
    ("routing", "danger"),
    [(PLAIN_ONLY, False), (DANGER_ONLY, True)],
    ids=["without_danger", "with_danger"],
)
async def test_nobody_accepts_in_time_and_the_alarm_stands_while_stations_are_still_asked(
    service: Service, danger: bool
):
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
    ticket_id = await located_rescue(agent, danger=danger)
    offer = await offer_for(near, ticket_id)
    await alarm(agent, ticket_id, NOT_ACCEPTED)
    assert (await near.get(f"/api/v1/offers/{offer['id']}"))["offer"]["state"] == "offered"
    await near.post(f"/api/v1/offers/{offer['id']}/decline", {"reason": "trucks_busy"})
    next_ = await offer_for(far, ticket_id)
    assert await open_alarms(agent, ticket_id) == [NOT_ACCEPTED]
    await far.post(f"/api/v1/offers/{next_['id']}/acceptance", {"eta_minutes": 30})
    await no_alarm(agent, ticket_id, NOT_ACCEPTED)


@pytest.mark.parametrize(("danger", "minutes"), [(False, 4), (True, 2)], ids=["plain", "danger"])
async def test_the_time_that_is_promised(service: Service, danger: bool, minutes: int):
    agent = await service.agent()
    ticket_id = await located_rescue(agent, danger=danger)
    promised = await deadline_of(agent, ticket_id) - await confirmed_at(service)
    assert promised == timedelta(minutes=minutes)


async def test_danger_that_is_marked_later_brings_the_deadline_nearer(service: Service):
    agent = await service.agent()
    first, second = await service.station("A", 1), await service.station("B", 2)
    ticket_id = await located_rescue(agent)
    await offer_for(first, ticket_id)
    before = await deadline_of(agent, ticket_id)
    ticket = await agent.get(f"/api/v1/tickets/{ticket_id}")
    path = f"/api/v1/tickets/{ticket_id}"
    await agent.patch(path, {"danger": True}, version=ticket["version"])
    await offer_for(second, ticket_id)
    assert await deadline_of(agent, ticket_id) < before


async def test_accepted_in_time_the_deadline_passes_in_silence(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    ticket_id = await located_rescue(agent)
    offer = await offer_for(station, ticket_id)
    await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 9})
    await service.clock_goes_off("sound_deadline", ticket_id=ticket_id)
    assert await open_alarms(agent, ticket_id) == []
