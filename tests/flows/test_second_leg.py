"""The car that cannot be mended beside the road: to a workshop, or to a yard for the night."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from callcenter.clock import CHINA
from tests.flows.desk import alarm, happened, located_rescue, no_alarm, open_alarms, said
from tests.service import Client, Refused, Service, offer_for

EV = {"fault": "high_voltage", "energy": "electric", "wheels_locked": True, "brand": "Yunchi"}


def open_in(hours: float, until: float) -> str:
    """Hours of every day that begin and end so long from now."""
    now = datetime.now(CHINA)
    begin, end = now + timedelta(hours=hours), now + timedelta(hours=until)
    return f"{begin:%H:%M}-{end:%H:%M}"


CLOSED_NOW = open_in(8, 16)
OPENS_SOON = open_in(1.75, 10)


async def beside_the_car(service: Service, agent: Client, **told: Any) -> tuple[Client, str, str]:
    """A station has arrived: its client, the rescue, the dispatch."""
    holder = await service.station(
        "HOLDER", 3, trucks=[["flatbed", "dollies"]], workshop_hours=CLOSED_NOW, skills=["ev"]
    )
    ticket_id = await located_rescue(agent, particulars=EV, **told)
    offer = await offer_for(holder, ticket_id)
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = (await holder.post(path, {"eta_minutes": 20}))["id"]
    for step in ("departure", "arrival"):
        await holder.post(f"/api/v1/dispatches/{dispatch}/{step}")
    return holder, ticket_id, f"/api/v1/dispatches/{dispatch}"


def now_going_to(tow: Any) -> Any:
    return next(d for d in tow["destinations"] if d["id"] == tow["destination_id"])


async def test_at_night_to_a_yard_and_in_the_morning_to_the_workshop(service: Service):
    agent = await service.agent()
    yard = await service.station(
        "YARD",
        6,
        kind="tow_partner",
        trucks=[],
        keeps_overnight=True,
        workshop_hours="24/7",
        skills=[],
        duty_phone="+8624000000006",
    )
    other = await service.station("OTHER", 5, trucks=[], workshop_hours="24/7", brands=["Else"])
    holder, ticket_id, path = await beside_the_car(service, agent, language="en")
    tow = await holder.post(f"{path}/tow")
    going = now_going_to(tow)
    assert (going["kind"], going["station_id"]) == ("yard", str(yard.station_id))
    passed = {p["station_id"]: p["reasons"] for p in going["passed_by"]}
    assert passed == {
        str(holder.station_id): ["closed"],
        str(other.station_id): ["brand_not_authorised"],
    }
    assert going["workshop_id"] == str(holder.station_id)
    told = await said(agent, ticket_id, "owner_tow_to_yard")
    assert "Your car stays at Station YARD tonight and goes to Station HOLDER by" in told["body"]
    assert (await said(agent, ticket_id, "tow_yard"))["station_id"] == str(yard.station_id)
    await said(agent, ticket_id, "tow_morning")

    await holder.post(f"{path}/tow/loading")
    here = {"destination_id": going["id"]}
    tow = await holder.post(f"{path}/tow/delivery", here)
    assert (tow["stage"], tow["due_at"]) == ("in_yard", going["deliver_by"])
    dispatch = await holder.get(path)
    assert (dispatch["stage"], dispatch["end_reason"]) == ("done", "brought_to_safety")
    await said(agent, ticket_id, "owner_tow_in_yard")

    await service.clock_goes_off("check_delivery", tow_id=tow["id"])
    await alarm(agent, ticket_id, "tow_not_delivered")
    assert (await said(agent, ticket_id, "tow_late"))["station_id"] == str(holder.station_id)
    tow = await holder.post(f"{path}/tow/delivery", here)
    assert tow["stage"] == "delivered"
    await no_alarm(agent, ticket_id, "tow_not_delivered")
    told = await said(agent, ticket_id, "owner_tow_delivered")
    assert "Your car is at Station HOLDER" in told["body"]


async def test_who_refuses_is_left_out_and_the_next_is_proposed_in_the_same_case(service: Service):
    agent = await service.agent()
    first = await service.station("FIRST", 4, trucks=[], workshop_hours="24/7")
    second = await service.station("SECOND", 6, trucks=[], workshop_hours="24/7")
    holder, ticket_id, path = await beside_the_car(service, agent)
    going = now_going_to(await holder.post(f"{path}/tow"))
    assert going["station_id"] == str(first.station_id)
    no = {"destination_id": going["id"], "reason": "no lift free"}
    tow = await holder.post(f"{path}/tow/refusal", no)
    then = now_going_to(tow)
    assert then["station_id"] == str(second.station_id)
    assert {p["station_id"]: p["reasons"] for p in then["passed_by"]} == {
        str(holder.station_id): ["closed"],
        str(first.station_id): ["refused"],
    }
    with pytest.raises(Refused) as late:
        await holder.post(f"{path}/tow/delivery", {"destination_id": going["id"]})
    assert late.value.code == "destination_changed"
    tow = await agent.post(
        f"/api/v1/rescues/{ticket_id}/tow/refusal", no | {"destination_id": then["id"]}
    )
    assert tow["destination_id"] is None
    await alarm(agent, ticket_id, "tow_no_destination")
    # The owner wants it elsewhere; the driver may go on at once.
    wish = {"place_words": "Lin's garage, 3 Wen Street", "reason": "owner's wish"}
    tow = await agent.post(f"/api/v1/rescues/{ticket_id}/tow/destination", wish)
    await no_alarm(agent, ticket_id, "tow_no_destination")
    there = {"destination_id": tow["destination_id"]}
    assert (await holder.post(f"{path}/tow/delivery", there))["stage"] == "delivered"
    moved = await happened(agent, ticket_id, "tow.destination_refused")
    assert len(moved) == 2


async def test_the_owner_s_wish_counts_with_a_reason_and_a_rule_it_breaks_is_kept(service: Service):
    agent = await service.agent()
    first = await service.station("FIRST", 4, trucks=[], workshop_hours="24/7")
    wished = await service.station("WISHED", 9, trucks=[], workshop_hours=CLOSED_NOW)
    holder, ticket_id, path = await beside_the_car(service, agent)
    going = now_going_to(await holder.post(f"{path}/tow"))
    wish = {
        "station_id": str(wished.station_id),
        "reason": "the owner's own garage, they open for him",
        "instead_of": going["id"],
    }
    then = now_going_to(await holder.post(f"{path}/tow/destination", wish))
    assert then["station_id"] == str(wished.station_id)
    assert [p["reasons"] for p in then["passed_by"]] == [["closed"]]
    assert (await said(agent, ticket_id, "tow_not_coming"))["station_id"] == str(first.station_id)
    with pytest.raises(Refused) as late:
        await agent.post(f"/api/v1/rescues/{ticket_id}/tow/destination", wish)
    assert late.value.code == "destination_changed"


async def test_early_in_the_morning_the_truck_waits_at_the_gate_of_a_near_workshop(
    service: Service,
):
    agent = await service.agent()
    near = await service.station("NEAR", 9, trucks=[], workshop_hours=OPENS_SOON)
    await service.station("FAR", 75, trucks=[], workshop_hours="24/7")
    holder, ticket_id, path = await beside_the_car(service, agent)
    going = now_going_to(await holder.post(f"{path}/tow"))
    assert (going["kind"], going["station_id"]) == ("workshop", str(near.station_id))
    assert going["opens_at"] > going["arrive_at"]
    assert going["deliver_by"] is None
    assert [p["station_id"] for p in going["passed_by"]] == [str(holder.station_id)]

    opens = f"{datetime.fromisoformat(going['opens_at']).astimezone(CHINA):%H:%M}"
    told = await said(agent, ticket_id, "tow_wait")
    assert told["station_id"] == str(holder.station_id)
    assert f"{opens} 开门,请在门口等候" in told["body"]
    told = await said(agent, ticket_id, "tow_at_gate")
    assert told["station_id"] == str(near.station_id)
    assert f"{opens} 开门" in told["body"]
    await holder.post(f"{path}/tow/loading")
    tow = await holder.post(f"{path}/tow/delivery", {"destination_id": going["id"]})
    assert (tow["stage"], tow["due_at"]) == ("delivered", None)
    dispatch = await holder.get(path)
    assert (dispatch["stage"], dispatch["end_reason"]) == ("done", "towed_to_workshop")


async def test_towed_without_a_word_where_to_is_done_and_the_desk_asks(service: Service):
    agent = await service.agent()
    holder, ticket_id, path = await beside_the_car(service, agent)
    done = await holder.post(f"{path}/completion", {"outcome": "towed_to_workshop"})
    assert done["stage"] == "done"
    await alarm(agent, ticket_id, "tow_no_destination")
    wish = {"station_id": str(holder.station_id), "reason": "the driver rang"}
    tow = await agent.post(f"/api/v1/rescues/{ticket_id}/tow/destination", wish)
    assert (tow["stage"], now_going_to(tow)["kind"]) == ("delivered", "workshop")
    assert "tow_no_destination" not in await open_alarms(agent, ticket_id)


async def test_repaired_after_all_nobody_waits_for_the_car(service: Service):
    agent = await service.agent()
    await service.station("FIRST", 4, trucks=[], workshop_hours="24/7")
    holder, ticket_id, path = await beside_the_car(service, agent)
    await holder.post(f"{path}/tow")
    await said(agent, ticket_id, "tow_coming")
    await holder.post(f"{path}/completion", {"outcome": "repaired"})
    await said(agent, ticket_id, "tow_not_coming")
    leg = await agent.get(f"/api/v1/rescues/{ticket_id}/second-leg")
    assert [tow["stage"] for tow in leg["tows"]] == ["ended"]


async def test_onward_travel_is_recorded_and_a_stranger_s_car_is_not_shown(service: Service):
    agent = await service.agent()
    _, ticket_id, path = await beside_the_car(service, agent)
    draft = {"kind": "taxi", "persons": 3, "note": "to the hotel"}
    await agent.post(f"/api/v1/rescues/{ticket_id}/onward-travel", draft)
    leg = await agent.get(f"/api/v1/rescues/{ticket_id}/second-leg")
    assert [(t["kind"], t["persons"]) for t in leg["onward_travel"]] == [("taxi", 3)]
    stranger = await service.station("STRANGER", 30)
    with pytest.raises(Refused) as refused:
        await stranger.post(f"{path}/tow")
    assert refused.value.code == "dispatch_not_found"
