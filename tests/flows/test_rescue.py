"""Rescues from the ringing phone to the closed ticket, over real HTTP and a real database."""

from datetime import UTC, datetime

import pytest

from tests.flows.desk import alarm, open_alarms
from tests.service import (
    Refused,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)


async def test_from_the_ringing_phone_to_the_closed_ticket(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 3)
    ringing = await agent.post("/api/v1/calls", {"carrier_ref": "c-1", "caller": "138 0013 8000"})
    call_id = ringing["call"]["id"]
    assert ringing["owners"] == []
    assert ringing["call"]["caller"] == "138****8000"
    await agent.post(f"/api/v1/calls/{call_id}/answer")
    draft = {"kind": "rescue", "particulars": {"fault": "flat_tyre"}}
    ticket = await agent.post(f"/api/v1/calls/{call_id}/tickets", draft)
    assert ticket["stage"] == "opened"
    await confirm_place(agent, ticket["id"])

    offer = await offer_for(station, ticket["id"])
    seen = await station.get(f"/api/v1/offers/{offer['id']}")
    assert seen["job"]["caller_phone"] is None, "no number before the acceptance"
    dispatch = await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    seen = await station.get(f"/api/v1/offers/{offer['id']}")
    assert seen["job"]["caller_phone"] == "+8613800138000"

    path = f"/api/v1/dispatches/{dispatch['id']}"
    await station.post(f"{path}/departure")
    fix = {"lat": 41.82, "lon": 123.43, "fixed_at": datetime.now(UTC).isoformat()}
    await station.post(f"{path}/positions", fix)
    rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
    assert rescue["truck"]["lat"] == 41.82
    await station.post(f"{path}/arrival")
    await station.post(f"{path}/completion", {"outcome": "repaired"})
    seen = await station.get(f"/api/v1/offers/{offer['id']}")
    assert seen["job"]["caller_phone"] is None, "no number after the end"
    await agent.post(f"/api/v1/calls/{call_id}/end", {"reason": "caller_hung_up"})
    closed = await agent.post(f"/api/v1/tickets/{ticket['id']}/closure")
    assert closed["stage"] == "closed"

    timeline = await agent.get(f"/api/v1/tickets/{ticket['id']}/timeline")
    kinds = [event["kind"] for event in timeline["events"]]
    assert kinds.index("place.confirmed") < kinds.index("offer.made")
    assert kinds.index("offer.accepted") < kinds.index("dispatch.moved")

    async def said() -> set[str]:
        page = await agent.get("/api/v1/messages", ticket_id=ticket["id"])
        found = {m["purpose"] for m in page["items"] if m["state"] == "sent"}
        return found if "owner_done" in found else set()

    assert await eventually(said) >= {
        "first_words",
        "station_offer",
        "owner_accepted",
        "owner_departed",
        "owner_arrived",
        "owner_done",
    }


async def test_decline_and_silence_go_on_at_once_and_then_a_supervisor_is_called(
    service: Service,
):
    agent = await service.agent()
    near = await service.station("NEAR", 1)
    next_ = await service.station("NEXT", 5)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(near, ticket["id"])
    await near.post(f"/api/v1/offers/{offer['id']}/decline", {"reason": "trucks_busy"})
    silent = await offer_for(next_, ticket["id"])
    await service.offer_runs_out(silent["id"])
    await alarm(agent, ticket["id"], "rescue_nobody_left")
    assert await open_alarms(agent, ticket["id"]) == ["rescue_nobody_left"]
    rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
    assert [(o["id"], o["state"]) for o in rescue["offers"]] == [
        (offer["id"], "declined"),
        (silent["id"], "expired"),
    ]
    assert rescue["ladder"]["rung"] == "alarm"


async def test_an_urgent_rescue_asks_two_at_once_and_the_loser_is_told(service: Service):
    agent = await service.agent()
    first, second = await service.station("A", 1), await service.station("B", 2)
    ticket = await open_rescue(agent, expressway=True)
    await confirm_place(agent, ticket["id"])
    one, two = await offer_for(first, ticket["id"]), await offer_for(second, ticket["id"])
    await second.post(f"/api/v1/offers/{two['id']}/acceptance", {"eta_minutes": 15})
    with pytest.raises(Refused) as refusal:
        await first.post(f"/api/v1/offers/{one['id']}/acceptance", {"eta_minutes": 10})
    assert (refusal.value.status, refusal.value.code) == (409, "offer_gone")


async def test_a_hand_back_asks_the_next_and_not_the_same_again(service: Service):
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(near, ticket["id"])
    dispatch = await near.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    await near.post(f"/api/v1/dispatches/{dispatch['id']}/hand-back", {"reason": "flat tyre too"})
    assert (await offer_for(far, ticket["id"]))["distance_m"] > 8000
    assert (await near.get("/api/v1/offers", open="true"))["items"] == []


async def test_a_place_moved_by_more_than_300_m_voids_the_offer_and_chooses_again(
    service: Service,
):
    agent = await service.agent()
    south, north = await service.station("SOUTH", 0), await service.station("NORTH", 20)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(south, ticket["id"])
    await confirm_place(agent, ticket["id"], (41.8057 + 19 / 111, 123.4315))
    await offer_for(north, ticket["id"])
    seen = await south.get(f"/api/v1/offers/{offer['id']}")
    assert (seen["offer"]["state"], seen["offer"]["end_reason"]) == ("withdrawn", "place_moved")


async def test_a_station_suspended_is_not_asked_and_the_choice_says_so(service: Service):
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
    suspension = f"/api/v1/stations/{near.station_id}/suspension"
    await agent.post(suspension, {"reason": "audit"})
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    await offer_for(far, ticket["id"])
    rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
    reasons = {
        c["station_id"]: c["reasons"] for choice in rescue["choices"] for c in choice["candidates"]
    }
    assert reasons[str(near.station_id)] == ["suspended"]
    assert reasons[str(far.station_id)] == []


async def test_cancelled_under_way_the_station_is_told_and_its_truck_is_free_again(
    service: Service,
):
    agent, station = await service.agent(), await service.station("ONE", 1)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    dispatch = await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 9})
    await station.post(f"/api/v1/dispatches/{dispatch['id']}/departure")
    with pytest.raises(Refused) as refusal:
        await agent.post(f"/api/v1/tickets/{ticket['id']}/cancellation", {"outcome": "starts"})
    assert refusal.value.code == "ticket_under_dispatch"
    path = f"/api/v1/rescues/{ticket['id']}/cancellation"
    assert (await agent.post(path, {"reason": "starts again"}))["stage"] == "cancelled"
    again = await open_rescue(agent)
    await confirm_place(agent, again["id"])
    offer = await offer_for(station, again["id"])
    await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 9})


async def test_a_station_sees_and_answers_only_its_own(service: Service):
    agent = await service.agent()
    mine, other = await service.station("MINE", 1), await service.station("OTHER", 2)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(mine, ticket["id"])
    for ask in (
        other.get(f"/api/v1/offers/{offer['id']}"),
        other.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 5}),
        other.post(f"/api/v1/offers/{offer['id']}/decline", {"reason": "too_far"}),
    ):
        with pytest.raises(Refused) as refusal:
            await ask
        assert (refusal.value.status, refusal.value.code) == (404, "offer_not_found")
