"""What the desk took into its own hands stays there, and does not fall asleep."""

from typing import Any

import pytest

from callcenter.settings import RoutingSettings
from tests.service import (
    SHENYANG,
    Client,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)

NORTH = (SHENYANG[0] + 0.1, SHENYANG[1])


async def alarm(agent: Client, ticket_id: str, kind: str, *, taken: bool = False) -> Any:
    async def look() -> Any:
        page = await agent.get("/api/v1/alarms", open="true")
        of_ticket = [a for a in page["items"] if a["ticket_id"] == ticket_id and a["kind"] == kind]
        return next((a for a in of_ticket if (a["taken_by"] is not None) == taken), None)

    return await eventually(look)


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

    async def cleared() -> bool:
        page = await agent.get("/api/v1/alarms", open="true")
        return page["items"] == []

    await eventually(cleared)


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


@pytest.mark.parametrize("routing", [RoutingSettings(not_located_alarm_s=0.7)], ids=["short"])
async def test_a_rescue_that_is_not_located_is_not_forgotten(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 1)
    ticket = await open_rescue(agent)
    await alarm(agent, ticket["id"], "rescue_not_located")
    await confirm_place(agent, ticket["id"])
    await offer_for(near, ticket["id"])

    async def open_alarms() -> list[str]:
        page = await agent.get("/api/v1/alarms", open="true")
        return [a["kind"] for a in page["items"]]

    async def cleared() -> bool:
        return "rescue_not_located" not in await open_alarms()

    await eventually(cleared)
    cancelled = f"/api/v1/rescues/{ticket['id']}/cancellation"
    await agent.post(cancelled, {"reason": "it starts again"})
    await agent.post(f"/api/v1/tickets/{ticket['id']}/reopening")
    await alarm(agent, ticket["id"], "rescue_not_located")
    await agent.post(f"/api/v1/rescues/{ticket['id']}/new-round")
    await offer_for(near, ticket["id"])
