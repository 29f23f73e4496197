"""Places in the caller's own words: put on the map, asked back, and told to the station."""

import pytest

from callcenter.places.roads.posts import RoadPost, put_posts
from callcenter.web.permission import Permission
from tests.flows.desk import happened, said
from tests.service import SHENYANG, Client, Refused, Service, offer_for, open_rescue

KM = 1 / 111.0


async def road_through_shenyang(service: Service) -> None:
    """G15 from Shenyang southwards, a post each kilometre, and the gates where one enters."""
    posts = [
        RoadPost("G15", km * 1000, SHENYANG[0] - km * KM, SHENYANG[1], 30.0) for km in range(60)
    ]
    gates = [
        RoadPost("G15", 2_000, SHENYANG[0] - 2 * KM, SHENYANG[1], 30.0, "苏家屯收费站"),
        RoadPost("G15", 44_000, SHENYANG[0] - 44 * KM, SHENYANG[1], 30.0, "辽阳收费站"),
    ]
    async with service.database.transaction() as tx:
        await put_posts(tx, [*posts, *gates])


async def say(agent: Client, ticket_id: str, text: str) -> dict:
    return await agent.post(f"/api/v1/tickets/{ticket_id}/sayings", {"text": text})


async def confirm(agent: Client, place: dict, ticket_id: str) -> dict:
    path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}/confirmation"
    return await agent.post(path, {"reason": "heard it" if place["doubts"] else None})


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("zh", "请从苏家屯收费站进入,往大连方向行驶约10公里"),
        ("en", "Enter at Sujiatun toll gate (苏家屯收费站), then 10 km towards Dalian"),
    ],
)
async def test_a_kilometre_post_brings_the_station_and_says_where_to_enter(
    service: Service, language: str, way: str
):
    agent, near = await service.agent(), await service.station("NEAR", -10, language=language)
    await road_through_shenyang(service)
    ticket_id = (await open_rescue(agent, expressway=True))["id"]
    understood = await say(agent, ticket_id, "沈海高速往大连方向十二公里五百米,车不动了")
    assert (understood["kind"], understood["ask"]) == ("post", [])
    place = understood["place"]
    assert place["doubts"] == []
    assert place["lat"] == pytest.approx(SHENYANG[0] - 12.5 * KM, abs=1e-6)
    assert 30 <= place["accuracy_m"] <= 200
    await confirm(agent, place, ticket_id)
    offer = await offer_for(near, ticket_id)
    seen = await near.get(f"/api/v1/offers/{offer['id']}")
    assert seen["job"]["place"]["on_road"]["post_m"] == 12_500
    message = await said(agent, ticket_id, "station_offer")
    assert "K12+500" in message["body"]
    assert way in message["body"]
    assert message["language"] == language


async def test_an_expressway_without_direction_is_asked_back_and_the_answer_settles_it(
    service: Service,
):
    agent, near = await service.agent(), await service.station("NEAR", -10)
    await road_through_shenyang(service)
    ticket_id = (await open_rescue(agent, expressway=True))["id"]
    place = (await say(agent, ticket_id, "G15 K20"))["place"]
    assert place["doubts"] == ["ask_direction"]
    path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}"
    with pytest.raises(Refused, match="place_needs_reason"):
        await agent.post(f"{path}/confirmation", {"reason": None})
    with pytest.raises(Refused, match="direction_unreadable"):
        await agent.post(f"{path}/direction", {"towards": "???"})
    told = await agent.post(f"{path}/direction", {"towards": "往大连方向"})
    assert (told["state"], told["doubts"]) == ("confirmed", [])
    assert told["on_road"]["sense"] == "up"
    places = (await agent.get(f"/api/v1/tickets/{ticket_id}/places"))["items"]
    assert [one["state"] for one in places] == ["dropped", "confirmed"]
    await offer_for(near, ticket_id)


async def test_a_form_with_a_city_in_the_middle_of_the_road_tells_the_carriageway_too(
    service: Service,
):
    agent = await service.agent()
    ticket_id = (await open_rescue(agent, expressway=True))["id"]
    here = {"lat": SHENYANG[0], "lon": SHENYANG[1]}
    for metres, sense in ((312_000, "up"), (1_150_000, "down"), (700_000, None)):
        on_road = {"road": "G1", "post_m": metres, "towards": "沈阳"}
        body = here | {"on_road": on_road}
        place = await agent.post(f"/api/v1/tickets/{ticket_id}/places", body)
        assert place["on_road"]["sense"] == sense


async def test_words_without_a_position_are_kept_and_asked_about(service: Service):
    agent = await service.agent()
    ticket_id = (await open_rescue(agent))["id"]
    understood = await say(agent, ticket_id, "我在高速上,朝阳区那边")
    assert understood["place"] is None
    assert understood["ask"]
    timeline = await agent.get(f"/api/v1/tickets/{ticket_id}/timeline")
    assert "朝阳区" in timeline["notes"][0]["words"]


async def test_words_without_any_place_are_asked_back(
    service: Service,
):
    agent = await service.agent()
    ticket_id = (await open_rescue(agent))["id"]
    understood = await say(agent, ticket_id, "车坏了,快来人")
    assert (understood["kind"], understood["ask"], understood["place"]) == (
        "nothing",
        ["place"],
        None,
    )
    reader = await service.client([Permission.PLACES_READ])
    said = {"text": "车坏了,快来人"}
    (asked,) = (await reader.post("/api/v1/places/reading", said, key="from-of-old"))["ask"]
    async with service.database.reading() as tx:
        kept = "select count(*) from idempotency_keys where key = 'from-of-old'"
        assert await tx.connection.fetchval(kept) == 0, "a reading writes nothing"
    assert asked["code"] == "place"
    assert "请说出公路名和公里数" in asked["words"]


async def _under_way(service: Service, text: str) -> tuple[Client, Client, str, dict]:
    agent, near = await service.agent(), await service.station("NEAR", -10)
    await road_through_shenyang(service)
    ticket_id = (await open_rescue(agent, expressway=True))["id"]
    place = (await say(agent, ticket_id, text))["place"]
    await confirm(agent, place, ticket_id)
    offer = await offer_for(near, ticket_id)
    await near.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    return agent, near, ticket_id, place


async def test_the_other_carriageway_counts_as_another_place(service: Service):
    agent, _, ticket_id, place = await _under_way(service, "G15 K20往大连方向")
    path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}/direction"
    await agent.post(path, {"towards": "往沈阳方向"})
    message = await said(agent, ticket_id, "station_other_carriageway")
    assert "请从辽阳收费站进入" in message["body"], "the gate on the other side"
    (moved,) = await happened(agent, ticket_id, "dispatch.place_moved")
    assert moved["facts"]["other_carriageway"]


async def test_a_direction_that_becomes_known_is_told_to_who_is_under_way(service: Service):
    agent, _, ticket_id, place = await _under_way(service, "G15 K20")
    path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}/direction"
    await agent.post(path, {"towards": "大连"})
    message = await said(agent, ticket_id, "station_way")
    assert "往大连方向" in message["body"]
    moved = await happened(agent, ticket_id, "dispatch.place_moved")
    assert moved == [], "the place itself has not changed"


async def test_open_offers_are_void_when_the_car_stands_on_the_other_side(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", -10)
    await road_through_shenyang(service)
    ticket_id = (await open_rescue(agent))["id"]
    place = (await say(agent, ticket_id, "G15 K20往大连方向"))["place"]
    await confirm(agent, place, ticket_id)
    first = await offer_for(near, ticket_id)
    path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}/direction"
    await agent.post(path, {"towards": "往沈阳方向"})
    await said(agent, ticket_id, "station_withdrawn_place_moved")
    second = await offer_for(near, ticket_id)
    assert second["id"] != first["id"]


async def test_cars_on_the_two_sides_of_an_expressway_are_two_breakdowns(service: Service):
    agent = await service.agent()
    await road_through_shenyang(service)
    like: dict[str, list[str]] = {}
    for towards in ("大连", "大连", "沈阳"):
        phone = f"1380013800{len(like)}"
        ticket_id = (await open_rescue(agent, expressway=True, caller_phone=phone))["id"]
        place = (await say(agent, ticket_id, f"G15 K20往{towards}方向"))["place"]
        await confirm(agent, place, ticket_id)
        seen = await agent.get(f"/api/v1/rescues/{ticket_id}/same-breakdown")
        like[ticket_id] = [one["ticket_id"] for one in seen["proposals"]]
    first, second, third = like
    assert first in like[second]
    assert like[third] == []
