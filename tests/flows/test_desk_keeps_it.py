"""What the desk took into its own hands stays there, and does not fall asleep."""

import pytest

from callcenter.settings import RoutingSettings
from tests.flows.desk import alarm, no_alarm
from tests.service import (
    SHENYANG,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)

NORTH = (SHENYANG[0] + 0.1, SHENYANG[1])


@pytest.mark.parametrize("routing", [RoutingSettings(handed_over_alarm_s=0.7)], ids=["short"])
async def test_a_rescue_with_the_road_operator_is_asked_about_until_it_has_ended(service: Service):
    agent = await service.agent()
    await service.station("NEAR", 1)
    ticket = await open_rescue(agent, expressway=True)
    await confirm_place(agent, ticket["id"])
    path = f"/api/v1/rescues/{ticket['id']}/hand-over"
    await agent.post(path, {"reason": "救援车上不了高速"})

    first = await alarm(agent, ticket["id"], "rescue_handed_over")
    await agent.post(f"/api/v1/alarms/{first['id']}/acceptance")
    again = await alarm(agent, ticket["id"], "rescue_handed_over")
    assert again["id"] == first["id"], "the same alarm, sounding anew"

    await agent.post(f"/api/v1/tickets/{ticket['id']}/resolution", {"outcome": "towed"})
    await no_alarm(agent, ticket["id"], "rescue_handed_over")


async def test_a_corrected_place_does_not_undo_the_desks_hold(service: Service):
    agent = await service.agent()
    near, north = await service.station("NEAR", 1), await service.station("NORTH", 12)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(near, ticket["id"])
    await agent.post(f"/api/v1/rescues/{ticket['id']}/hold")
    await confirm_place(agent, ticket["id"], NORTH)

    async def withdrawn() -> bool:
        rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
        return [o["state"] for o in rescue["offers"] if o["id"] == offer["id"]] == ["withdrawn"]

    await eventually(withdrawn)
    rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
    assert rescue["ladder"]["held"]
    assert [o["state"] for o in rescue["offers"]] == ["withdrawn"], "nobody new is asked"
    await agent.post(f"/api/v1/rescues/{ticket['id']}/release")
    assert (await offer_for(north, ticket["id"]))["distance_m"] < 2500


@pytest.mark.parametrize(
    "routing", [RoutingSettings(not_located_alarm_s=0.7, acceptance_deadline_s=0.7)], ids=["short"]
)
async def test_a_rescue_that_is_not_located_is_not_forgotten(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 1)
    ticket = await open_rescue(agent)
    await alarm(agent, ticket["id"], "rescue_not_located")
    await confirm_place(agent, ticket["id"])
    await offer_for(near, ticket["id"])
    await no_alarm(agent, ticket["id"], "rescue_not_located")
    cancelled = f"/api/v1/rescues/{ticket['id']}/cancellation"
    await agent.post(cancelled, {"reason": "it starts again"})
    await agent.post(f"/api/v1/tickets/{ticket['id']}/reopening")
    await alarm(agent, ticket["id"], "rescue_reopened")
    await agent.post(f"/api/v1/rescues/{ticket['id']}/new-round")
    await offer_for(near, ticket["id"])
