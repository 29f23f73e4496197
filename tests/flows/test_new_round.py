"""An alarm that was taken is over when somebody is asked anew; finding nobody again is news."""

from tests.flows.desk import alarm, located_rescue
from tests.service import Service, offer_for

NOBODY_LEFT = "rescue_nobody_left"


async def test_a_second_round_that_finds_nobody_sounds_at_once(service: Service):
    agent = await service.agent()
    ticket_id = await located_rescue(agent)
    first = await alarm(agent, ticket_id, NOBODY_LEFT)
    await agent.post(f"/api/v1/alarms/{first['id']}/acceptance")
    await agent.post(f"/api/v1/rescues/{ticket_id}/new-round")
    second = await alarm(agent, ticket_id, NOBODY_LEFT)
    assert second["id"] != first["id"]


async def test_a_station_sent_by_hand_that_declines_sounds_at_once(service: Service):
    agent = await service.agent()
    closed = await service.station("CLOSED", 1, rescue_hours="off")
    ticket_id = await located_rescue(agent)
    first = await alarm(agent, ticket_id, NOBODY_LEFT)
    await agent.post(f"/api/v1/alarms/{first['id']}/acceptance")
    body = {"station_id": str(closed.station_id), "reason": "next door", "overruled": ["off_duty"]}
    await agent.post(f"/api/v1/rescues/{ticket_id}/hand-assignment", body)
    offer = await offer_for(closed, ticket_id)
    await closed.post(f"/api/v1/offers/{offer['id']}/decline", {"reason": "no_technician"})
    again = await alarm(agent, ticket_id, NOBODY_LEFT)
    assert (again["id"], again["taken_by"]) == (first["id"], None)


async def test_with_only_the_alarm_left_a_corrected_place_still_reaches_who_comes(
    service: Service,
):
    agent = await service.agent()
    closed = await service.station("CLOSED", 30, rescue_hours="off")
    near = await service.station("NEAR", 60, rescue_hours="off")
    ticket_id = await located_rescue(agent)
    await alarm(agent, ticket_id, NOBODY_LEFT)
    body = {
        "station_id": str(closed.station_id),
        "reason": "spoke to Mr Zhao",
        "eta_minutes": 40,
        "overruled": ["off_duty"],
    }
    dispatch = await agent.post(f"/api/v1/rescues/{ticket_id}/phone-acceptance", body)
    station = await agent.get(f"/api/v1/stations/{near.station_id}")
    await agent.patch(
        f"/api/v1/stations/{near.station_id}",
        {"rescue_hours": "24/7"},
        version=station["version"],
    )
    place = {"lat": station["lat"] + 0.02, "lon": station["lon"], "words": "further north"}
    named = await agent.post(f"/api/v1/tickets/{ticket_id}/places", place)
    await agent.post(f"/api/v1/tickets/{ticket_id}/places/{named['id']}/confirmation", {})
    nearer = await alarm(agent, ticket_id, "rescue_nearer_station")
    assert nearer["reason"] == "place_moved"
    report = f"/api/v1/dispatches/{dispatch['id']}/phone-report"
    for step in ("arrived", "done"):
        await agent.post(report, {"stage": step})
    assert (await agent.get("/api/v1/alarms", open="true", ticket_id=ticket_id))["items"] == []
