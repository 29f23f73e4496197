"""Danger to life does not wait for an exact place, whenever it is marked."""

from typing import Any

from tests.service import SHENYANG, Client, Service, eventually, offer_for, open_rescue

FAR_AT_SEA = (26.0, 132.0)


async def names(
    agent: Client, ticket_id: str, accuracy_m: float | None, at: tuple[float, float] = SHENYANG
) -> Any:
    body = {"lat": at[0], "lon": at[1], "accuracy_m": accuracy_m}
    return await agent.post(f"/api/v1/tickets/{ticket_id}/places", body)


async def marks_danger(agent: Client, ticket_id: str) -> Any:
    version = (await agent.get(f"/api/v1/tickets/{ticket_id}"))["version"]
    return await agent.patch(f"/api/v1/tickets/{ticket_id}", {"danger": True}, version=version)


async def place_of(agent: Client, ticket_id: str) -> Any:
    ticket = await agent.get(f"/api/v1/tickets/{ticket_id}")
    places = await agent.get(f"/api/v1/tickets/{ticket_id}/places")
    return next((p for p in places["items"] if p["id"] == ticket["place_id"]), None)


async def test_marked_when_a_doubtful_place_is_known_help_is_asked_at_once(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 2)
    ticket = await open_rescue(agent)
    await names(agent, ticket["id"], 2500)
    better = await names(agent, ticket["id"], 900)
    assert (await near.get("/api/v1/offers", open="true"))["items"] == []
    marked = await marks_danger(agent, ticket["id"])
    assert marked["place_id"] == better["id"]
    offer = await offer_for(near, ticket["id"])
    seen = await near.get(f"/api/v1/offers/{offer['id']}")
    assert seen["job"]["place"]["uncertain"]


async def test_a_better_doubtful_place_takes_the_turn_of_a_worse_one(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent, danger=True)
    await names(agent, ticket["id"], 3000)
    better = await names(agent, ticket["id"], 400)
    await names(agent, ticket["id"], 1500)
    counts = await place_of(agent, ticket["id"])
    assert (counts["id"], counts["uncertain"]) == (better["id"], True)


async def test_nobody_is_sent_where_no_car_can_be(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 2)
    ticket = await open_rescue(agent, danger=True)
    wild = await names(agent, ticket["id"], 10, FAR_AT_SEA)
    assert wild["state"] == "proposed"
    assert await place_of(agent, ticket["id"]) is None
    real = await names(agent, ticket["id"], 900)
    assert (await place_of(agent, ticket["id"]))["id"] == real["id"]
    await offer_for(near, ticket["id"])


async def test_a_person_who_has_asked_makes_it_certain(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 2)
    ticket = await open_rescue(agent, danger=True)
    place = await names(agent, ticket["id"], 900)
    offer = await offer_for(near, ticket["id"])
    path = f"/api/v1/tickets/{ticket['id']}/places/{place['id']}/confirmation"
    await agent.post(path, {"reason": "he reads the kilometre plate"})

    async def certain() -> bool:
        seen = await near.get(f"/api/v1/offers/{offer['id']}")
        return not seen["job"]["place"]["uncertain"]

    assert await eventually(certain)


async def test_an_older_place_can_be_confirmed_again(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    first = await names(agent, ticket["id"], None)
    second = await names(agent, ticket["id"], None, (SHENYANG[0] + 0.001, SHENYANG[1]))
    for place in (first, second, first):
        path = f"/api/v1/tickets/{ticket['id']}/places/{place['id']}/confirmation"
        await agent.post(path, {})
        assert (await place_of(agent, ticket["id"]))["id"] == place["id"]


async def test_danger_without_any_place_is_an_alarm_within_its_two_minutes(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await marks_danger(agent, ticket["id"])

    async def clock() -> Any:
        async with service.database.reading() as tx:
            return await tx.connection.fetchval(
                "select min(execute_after - now()) from pgqueuer "
                "where entrypoint = 'routing.check_standstill' and status = 'queued'"
            )

    async def soon() -> bool:
        left = await clock()
        return left is not None and left.total_seconds() <= 120

    assert await eventually(soon)
