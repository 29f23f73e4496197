"""Where the car stands: what is enough with danger, what waits for judgement, what moves it."""

from tests.flows.desk import accepted, alarm, open_alarms, said
from tests.service import SHENYANG, Service, confirm_place, offer_for, open_rescue


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


async def test_a_place_moved_under_way_is_told_to_the_station_and_the_desk_learns_of_a_nearer_one(
    service: Service,
):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    await service.station("NORTH", 40)
    there = (SHENYANG[0] + 39 / 111, SHENYANG[1])
    await confirm_place(agent, ticket_id, there)
    await alarm(agent, ticket_id, "rescue_nearer_station")
    await said(agent, ticket_id, "station_place_moved")
    seen = await station.get(f"/api/v1/offers/{dispatch['offer_id']}")
    assert abs(seen["job"]["place"]["lat"] - there[0]) < 1e-6
    assert (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "assigned"


async def test_a_place_moved_towards_the_station_that_comes_alarms_nobody(service: Service):
    agent = await service.agent()
    _, ticket_id, _ = await accepted(service, agent)
    await service.station("SOUTH", -5)
    await confirm_place(agent, ticket_id, (SHENYANG[0] + 2 / 111, SHENYANG[1]))
    await said(agent, ticket_id, "station_place_moved")
    assert await open_alarms(agent, ticket_id) == []
