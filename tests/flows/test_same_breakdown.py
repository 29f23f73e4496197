"""Driver and passenger ring from two telephones about one car: one truck comes, both are told."""

from typing import Any
from uuid import uuid4

import pytest

from callcenter.settings import RoutingSettings
from tests.flows.desk import happened, open_alarms, said
from tests.service import (
    SHENYANG,
    Client,
    Refused,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)

DRIVER, PASSENGER = "13800138000", "13900139000"
PATIENT = pytest.mark.parametrize(
    "routing", [RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600)], ids=["patient"]
)


def north(metres: float) -> tuple[float, float]:
    return (SHENYANG[0] + metres / 111_195, SHENYANG[1])


async def rescue_of(agent: Client, phone: str, metres: float = 0, **told: Any) -> str:
    """A rescue of this caller whose place counts."""
    ticket = await open_rescue(agent, caller_phone=phone, **told)
    await confirm_place(agent, ticket["id"], north(metres))
    return str(ticket["id"])


async def alike(agent: Client, ticket_id: str) -> list[Any]:
    return list((await agent.get(f"/api/v1/rescues/{ticket_id}/same-breakdown"))["proposals"])


async def merge(agent: Client, survivor: str, merged: str, **told: Any) -> Any:
    body = {"merged_id": merged, "reason": "his wife called, too", **told}
    return await agent.post(f"/api/v1/rescues/{survivor}/merges", body)


async def accept(station: Client, ticket_id: str) -> Any:
    offer = await offer_for(station, ticket_id)
    return await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})


async def told_to(agent: Client, ticket_id: str) -> dict[str, str]:
    page = await agent.get("/api/v1/messages", ticket_id=ticket_id)
    return {m["purpose"]: m["body"] for m in page["items"]}


@PATIENT
async def test_one_truck_comes_for_both_and_each_is_told_under_his_own_number(service: Service):
    agent = await service.agent()
    near, far = await service.station("NEAR", 2), await service.station("FAR", 9)
    driver = await rescue_of(agent, DRIVER, particulars={"fault": "engine", "plate": "辽A·12345"})
    held = await accept(near, driver)
    told = {"fault": "engine", "plate": "辽a 12345", "passengers": 4}
    passenger = await rescue_of(agent, PASSENGER, 200, particulars=told, language="en", danger=True)
    await offer_for(far, passenger)

    (found,) = await alike(agent, passenger)
    assert (found["ticket_id"], found["signs"]) == (driver, ["same_plate", "near"])
    assert 150 < found["distance_m"] < 250
    (proposed,) = await eventually(lambda: happened(agent, passenger, "ticket.same_proposed"))
    assert proposed["facts"]["other_id"] == driver
    with pytest.raises(Refused) as refused:
        await merge(agent, passenger, driver, turned_back=held["id"])
    assert refused.value.code == "merge_other_way_round"
    await merge(agent, driver, passenger)

    goes_on = await agent.get(f"/api/v1/tickets/{driver}")
    assert (goes_on["stage"], goes_on["danger"], goes_on["priority"]) == ("assigned", True, 0)
    assert goes_on["particulars"]["passengers"] == 4
    assert (await agent.get(f"/api/v1/tickets/{passenger}"))["stage"] == "merged"
    assert (await far.get("/api/v1/offers", open="true"))["items"] == []
    assert "同一救援" in (await said(agent, passenger, "station_withdrawn_merged"))["body"]
    assert "same rescue as" in (await said(agent, passenger, "merged"))["body"]
    await near.post(f"/api/v1/dispatches/{held['id']}/departure")
    hers = await said(agent, passenger, "owner_departed")
    assert (hers["recipient"], hers["body"][:8]) == ("139****9000", "[Rescue]")
    assert (await said(agent, driver, "owner_departed"))["body"].startswith("【救援】")
    assert "owner_cancelled" not in await told_to(agent, passenger)
    assert await open_alarms(agent, passenger) == []
    assert await alike(agent, driver) == []
    await near.post(f"/api/v1/dispatches/{held['id']}/arrival")
    await near.post(f"/api/v1/dispatches/{held['id']}/completion", {"outcome": "repaired"})
    number = (await agent.get(f"/api/v1/tickets/{passenger}"))["number"]
    assert number in (await said(agent, passenger, "owner_done"))["body"], "his own number"


@PATIENT
async def test_of_two_trucks_the_one_that_a_person_names_returns(service: Service):
    agent = await service.agent()
    one, other = await service.station("ONE", 2), await service.station("OTHER", 4)
    driver = await rescue_of(agent, DRIVER)
    stays = await accept(one, driver)
    passenger = await rescue_of(agent, PASSENGER, 100)
    returns = await accept(other, passenger)
    for named in ({}, {"turned_back": stays["id"]}):
        with pytest.raises(Refused) as refused:
            await merge(agent, driver, passenger, **named)
        assert refused.value.code == "merge_truck_to_be_named"
    await merge(agent, driver, passenger, turned_back=returns["id"])
    ended = await other.get(f"/api/v1/dispatches/{returns['id']}")
    assert (ended["stage"], ended["end_reason"]) == ("cancelled", "merged")
    assert "请返回" in (await said(agent, passenger, "station_cancelled_merged"))["body"]
    assert "owner_cancelled" not in await told_to(agent, passenger)
    assert (await one.get(f"/api/v1/dispatches/{stays['id']}"))["stage"] == "accepted"


@PATIENT
async def test_undone_the_other_rescue_is_asked_for_anew_and_nothing_is_lost(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 2, trucks=[["flatbed"]] * 3)
    driver = await rescue_of(agent, DRIVER)
    passenger = await rescue_of(agent, PASSENGER, 100)
    await offer_for(near, passenger)
    await agent.post(f"/api/v1/tickets/{passenger}/notes", {"words": "a red car"})
    made = await merge(agent, driver, passenger)
    path = f"/api/v1/tickets/{passenger}/reopening"
    with pytest.raises(Refused) as refused:
        await agent.post(path)
    assert refused.value.code == "ticket_merged"
    undo = f"/api/v1/rescues/{passenger}/merge-undoing"
    back = await agent.post(undo, {"reason": "two red cars"})
    assert back["stage"] == "dispatching"
    await offer_for(near, passenger)
    assert "单独处理" in (await said(agent, passenger, "merge_undone"))["body"]
    seen = await agent.get(f"/api/v1/rescues/{driver}/same-breakdown")
    assert [(m["id"], m["undo_reason"]) for m in seen["merges"]] == [(made["id"], "two red cars")]
    assert seen["proposals"] == [], "said not to be the same"
    kinds = ("ticket.merged", "ticket.merge_undone")
    assert [e["kind"] for e in await happened(agent, passenger, *kinds)] == list(kinds)
    notes = (await agent.get(f"/api/v1/tickets/{passenger}/timeline"))["notes"]
    assert [note["words"] for note in notes] == ["a red car"]
    with pytest.raises(Refused) as refused:
        await agent.post(undo, {"reason": "again"})
    assert refused.value.code == "ticket_not_merged"


@PATIENT
async def test_a_third_caller_is_led_to_the_one_that_goes_on(service: Service):
    agent = await service.agent()
    driver = await rescue_of(agent, DRIVER)
    passenger = await rescue_of(agent, PASSENGER, 100)
    await merge(agent, driver, passenger)
    again = (await open_rescue(agent, caller_phone=PASSENGER))["id"]
    (found,) = await alike(agent, again)
    assert (found["ticket_id"], found["signs"]) == (driver, ["same_phone"])
    await agent.post(f"/api/v1/rescues/{again}/not-the-same", {"other_id": driver})
    assert await alike(agent, again) == []
    with pytest.raises(Refused) as refused:
        await merge(agent, driver, driver)
    assert refused.value.code == "ticket_named_twice"
    with pytest.raises(Refused) as refused:
        await merge(agent, passenger, again)
    assert refused.value.code == "merge_ended"


@PATIENT
async def test_the_links_of_the_merged_one_lead_to_the_one_that_goes_on(service: Service):
    agent = await service.agent()
    driver = await rescue_of(agent, DRIVER)
    passenger = await rescue_of(agent, PASSENGER, 100)
    link = await agent.post(f"/api/v1/tickets/{passenger}/location-links")
    await merge(agent, driver, passenger)
    goes_on = await agent.get(f"/api/v1/tickets/{driver}")
    page = (await said(agent, passenger, "merged"))["body"].split("/o/")[1].strip()
    async with agent.session.get(f"/o/{page}") as answer:
        text = await answer.text()
    assert goes_on["number"] in text
    assert 'value="cancel"' not in text, "one of two callers does not send the truck away"
    token = link["url"].rsplit("/", 1)[1]
    fix = {"lat": str(SHENYANG[0]), "lon": str(SHENYANG[1]), "accuracy_m": "20", "age_ms": "100"}
    async with agent.session.post(
        f"/l/{token}", data=fix | {"idempotency_key": str(uuid4())}
    ) as answer:
        assert answer.status == 200, await answer.text()
    places = (await agent.get(f"/api/v1/tickets/{driver}/places"))["items"]
    assert [place["state"] for place in places] == ["confirmed", "proposed"], "asked, not obeyed"
    assert "rescue_place_to_read" in await open_alarms(agent, driver)


@PATIENT
async def test_what_the_merged_caller_has_sent_is_still_read(service: Service):
    agent = await service.agent()
    driver = await rescue_of(agent, DRIVER)
    passenger = await rescue_of(agent, PASSENGER, 100)
    link = await agent.post(f"/api/v1/tickets/{passenger}/location-links")
    words = {"words": "behind the toll gate", "idempotency_key": str(uuid4())}
    async with agent.session.post(f"/l/{link['url'].rsplit('/', 1)[1]}", data=words) as answer:
        assert answer.status == 200, await answer.text()
    assert "rescue_place_to_read" not in await open_alarms(agent, driver)
    await merge(agent, driver, passenger)
    assert "rescue_place_to_read" in await open_alarms(agent, driver)
    assert await open_alarms(agent, passenger) == []
