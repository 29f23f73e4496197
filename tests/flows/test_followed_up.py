"""Taking an alarm is not yet help: it is looked at again."""

import pytest

from callcenter.settings import RoutingSettings
from tests.flows.desk import alarm, located_rescue, open_alarms
from tests.service import Service, offer_for

NOBODY_LEFT = "rescue_nobody_left"


@pytest.mark.parametrize("routing", [RoutingSettings(alarm_follow_up_s=0.7)], ids=["short"])
async def test_taken_and_still_nobody_comes_it_sounds_anew_each_time(service: Service):
    agent = await service.agent()
    ticket_id = await located_rescue(agent)
    first = await alarm(agent, ticket_id, NOBODY_LEFT)
    for _ in range(2):
        await agent.post(f"/api/v1/alarms/{first['id']}/acceptance")
        again = await alarm(agent, ticket_id, NOBODY_LEFT)
        assert again["id"] == first["id"], "the same alarm, sounding anew"
        assert again["raised_again_at"] is not None


async def test_taken_and_help_found_it_stays_quiet(service: Service):
    agent = await service.agent()
    ticket_id = await located_rescue(agent)
    nobody = await alarm(agent, ticket_id, NOBODY_LEFT)
    await agent.post(f"/api/v1/alarms/{nobody['id']}/acceptance")
    found = await service.station("FOUND", 5)
    await agent.post(f"/api/v1/rescues/{ticket_id}/new-round")
    offer = await offer_for(found, ticket_id)
    await found.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    await service.clock_goes_off("look_again", ticket_id=ticket_id)
    assert await open_alarms(agent, ticket_id) == []
