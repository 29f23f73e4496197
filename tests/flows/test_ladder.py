"""The ladder: nobody near, a wider ring, the neighbouring province, the tow list, a person."""

from callcenter.settings import RoutingSettings
from tests.flows.desk import alarm, happened, located_rescue, open_alarms, reasons
from tests.service import Client, Service, offer_for

NEAR_KM = RoutingSettings().near_ring_km


async def rungs(agent: Client, ticket_id: str) -> list[tuple[str, str]]:
    """How the search went: which rung it climbed to, on which somebody was asked."""
    events = await happened(agent, ticket_id, "ladder.climbed", "offer.made")
    return [(event["kind"], event["facts"]["rung"]) for event in events]


async def test_each_rung_is_asked_in_turn_and_at_last_a_person_must_take_it(service: Service):
    agent = await service.agent()
    partner = await service.station("TOW", 20, kind="tow_partner")
    wide = await service.station("WIDE", 100)
    elsewhere = await service.station("FARAWAY", 200, province="BJ")
    neighbour = await service.station("NEIGHBOUR", 300, province="JL")
    ticket_id = await located_rescue(agent)

    asked = await offer_for(wide, ticket_id)
    await wide.post(f"/api/v1/offers/{asked['id']}/decline", {"reason": "too_far"})
    asked = await offer_for(neighbour, ticket_id)
    await service.offer_runs_out(asked["id"])
    asked = await offer_for(partner, ticket_id)
    await partner.post(f"/api/v1/offers/{asked['id']}/decline", {"reason": "no_technician"})
    await alarm(agent, ticket_id, "rescue_nobody_left")

    assert await rungs(agent, ticket_id) == [
        ("ladder.climbed", "wide"),
        ("offer.made", "wide"),
        ("ladder.climbed", "neighbours"),
        ("offer.made", "neighbours"),
        ("ladder.climbed", "partners"),
        ("offer.made", "partners"),
        ("ladder.climbed", "alarm"),
    ]
    told = await reasons(agent, ticket_id)
    assert told[str(elsewhere.station_id)] == ["other_rung"], "no province beside this one"
    assert (await elsewhere.get("/api/v1/offers"))["items"] == []


async def test_the_tow_list_waits_although_it_is_nearer(service: Service):
    agent = await service.agent()
    partner = await service.station("TOW", 1, kind="tow_partner")
    wide = await service.station("WIDE", 100)
    ticket_id = await located_rescue(agent)
    await offer_for(wide, ticket_id)
    assert (await partner.get("/api/v1/offers"))["items"] == []
    assert (await reasons(agent, ticket_id))[str(partner.station_id)] == ["other_rung"]


async def test_an_urgent_rescue_climbs_for_the_second_that_is_asked_at_once(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", NEAR_KM - 1)
    wide = await service.station("WIDE", NEAR_KM + 1)
    ticket_id = await located_rescue(agent, expressway=True)
    await offer_for(near, ticket_id)
    await offer_for(wide, ticket_id)
    assert await rungs(agent, ticket_id) == [
        ("offer.made", "near"),
        ("ladder.climbed", "wide"),
        ("offer.made", "wide"),
    ]


async def test_where_there_is_nobody_at_all_a_person_is_called_at_once(service: Service):
    agent = await service.agent()
    ticket_id = await located_rescue(agent)
    await alarm(agent, ticket_id, "rescue_nobody_left")
    assert [rung for _, rung in await rungs(agent, ticket_id)] == [
        "wide",
        "neighbours",
        "partners",
        "alarm",
    ]


async def test_a_new_round_asks_from_the_first_rung_again(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 1)
    ticket_id = await located_rescue(agent)
    asked = await offer_for(near, ticket_id)
    await near.post(f"/api/v1/offers/{asked['id']}/decline", {"reason": "trucks_busy"})
    await alarm(agent, ticket_id, "rescue_nobody_left")
    ladder = await agent.post(f"/api/v1/rescues/{ticket_id}/new-round")
    assert (ladder["round"], ladder["rung"]) == (2, "near")
    again = await offer_for(near, ticket_id)
    assert again["id"] != asked["id"]
    assert await open_alarms(agent, ticket_id) == []
