"""Geocoders: answers on WGS-84, several asked back, what goes wrong is no answer and no harm."""

import asyncio
import json
import logging
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.places.datum import from_wgs84
from callcenter.places.distance import distance_m
from callcenter.places.geocoding.asking import Geocoding
from callcenter.places.geocoding.cached import CachedGeocoder, geocoder_of
from callcenter.places.geocoding.port import Answer, Failure
from callcenter.places.model import Datum
from callcenter.settings import GeocodingSettings
from tests.places.geocoder_server import Service, serving

KEY = "a-key-nobody-may-read"
HOUSE = (41.8123, 123.4567)
WORDS = "沈阳市大东区东望街39号"


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with serving() as it:
        yield it


def said(service: Service, provider: str = "amap", **more: Any) -> GeocodingSettings:
    fields = {"timeout_s": 2, "rate_per_s": 1000} | more
    return GeocodingSettings.model_validate(
        {"provider": provider, "key": KEY, "domain": service.domain, "scheme": "http"} | fields
    )


async def asked(
    service: Service, provider: str = "amap", words: str = WORDS, **more: Any
) -> Answer:
    return await Geocoding(said(service, provider, **more)).find(words)


def of_amap(*points: tuple[float, float], level: str = "门牌号") -> dict[str, Any]:
    places = []
    for point in points:
        lat, lon = from_wgs84(*point, Datum.GCJ02)
        place = {"formatted_address": WORDS, "location": f"{lon:.6f},{lat:.6f}", "level": level}
        places.append(place | {"province": "辽宁省", "adcode": "210104", "street": []})
    return {"status": "1", "info": "OK", "infocode": "10000", "count": "1", "geocodes": places}


def of_amap_error(infocode: str, info: str) -> dict[str, Any]:
    return {"status": "0", "info": info, "infocode": infocode}


def answers() -> dict[str, Any]:
    """As each service answers about the house."""
    bd_lat, bd_lon = from_wgs84(*HOUSE, Datum.BD09)
    lat, lon = HOUSE
    place = {"keyWord": WORDS, "lon": lon, "lat": lat, "level": "门址", "score": 100}
    baidu = {"location": {"lng": bd_lon, "lat": bd_lat}, "comprehension": 100, "level": "门址"}
    box = [str(lat - 0.001), str(lat + 0.001), str(lon - 0.001), str(lon + 0.001)]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"name": "东望街39号", "type": "house", "city": "沈阳市"},
    }
    return {
        "amap": of_amap(HOUSE),
        "tianditu": {"status": "0", "msg": "ok", "location": place, "searchVersion": "6.4.9V"},
        "baidu": {"status": 0, "result": baidu},
        "nominatim": [
            {"lat": str(lat), "lon": str(lon), "display_name": WORDS, "boundingbox": box}
        ],
        "photon": {"type": "FeatureCollection", "features": [feature]},
    }


@pytest.mark.parametrize("provider", ["amap", "tianditu", "baidu", "nominatim", "photon"])
async def test_each_service_finds_the_house_on_wgs84(service: Service, provider: str):
    service.body = answers()[provider]
    answer = await asked(service, provider)
    (found,) = answer.found
    assert distance_m((found.lat, found.lon), HOUSE) < 1
    assert found.accuracy_m <= 200
    assert answer.failure is None
    assert answer.ask == []
    assert WORDS in str(service.asked[0][1].values())


@pytest.mark.parametrize(
    ("provider", "empty"),
    [
        ("amap", {"status": "1", "info": "OK", "infocode": "10000", "count": "0", "geocodes": []}),
        ("amap", of_amap_error("30001", "ENGINE_RESPONSE_DATA_ERROR")),
        ("tianditu", {"status": "101", "msg": "no result"}),
        ("nominatim", []),
        ("photon", {"type": "FeatureCollection", "features": []}),
        ("baidu", {"status": 0, "result": []}),
    ],
)
async def test_nothing_found_is_an_answer(service: Service, provider: str, empty: Any):
    service.body = empty
    assert await asked(service, provider) == Answer()


@pytest.mark.parametrize(
    ("infocode", "info", "failure"),
    [
        ("10001", "INVALID_USER_KEY", Failure.BAD_KEY),
        ("10003", "DAILY_QUERY_OVER_LIMIT", Failure.QUOTA),
        ("10009", "USERKEY_PLAT_NOMATCH", Failure.BAD_KEY),
        ("10021", "CUQPS_HAS_EXCEEDED_THE_LIMIT", Failure.RATE_LIMITED),
        ("10016", "SERVER_IS_BUSY", Failure.UNAVAILABLE),
        ("20000", "INVALID_PARAMS", Failure.REFUSED),
        ("99999", "A_CODE_OF_TOMORROW", Failure.UNAVAILABLE),
    ],
)
async def test_what_amap_refuses_has_a_code(
    service: Service, infocode: str, info: str, failure: Failure
):
    service.body = of_amap_error(infocode, info)
    assert await asked(service) == Answer(failure=failure)


@pytest.mark.parametrize(
    ("provider", "status", "body", "failure"),
    [
        ("tianditu", 200, {"status": "404", "msg": "wrong"}, Failure.REFUSED),
        ("tianditu", 200, {"status": "1", "msg": "error"}, Failure.UNAVAILABLE),
        ("tianditu", 403, {"code": 1, "msg": "非法Key"}, Failure.BAD_KEY),
        ("baidu", 200, {"status": 211, "message": "APP SN校验失败"}, Failure.BAD_KEY),
        ("baidu", 200, {"status": 302, "message": "天配额超限"}, Failure.QUOTA),
        ("nominatim", 429, {"error": "too many"}, Failure.RATE_LIMITED),
        ("photon", 500, {"message": "oh"}, Failure.UNAVAILABLE),
        ("photon", 502, {"message": "oh"}, Failure.UNAVAILABLE),
        ("amap", 503, {}, Failure.TIMEOUT),
    ],
)
async def test_what_others_refuse_has_a_code(
    service: Service, provider: str, status: int, body: Any, failure: Failure
):
    service.status, service.body = status, body
    assert await asked(service, provider) == Answer(failure=failure)


@pytest.mark.parametrize(
    "text",
    [
        '{"status": "1", "infocode"',
        "",
        "null",
        "[]",
        '"text"',
        '{"infocode": "10000", "geocodes": null}',
        '{"infocode": "10000", "geocodes": [{"location": []}]}',
        '{"infocode": "10000", "geocodes": [{"location": "x,y", "formatted_address": ""}]}',
        '{"infocode": "10000", "geocodes": [{"location": "NaN,NaN", "formatted_address": ""}]}',
        '{"infocode": "10000", "geocodes": [{"location": "1e999,2", "formatted_address": ""}]}',
        '{"infocode": "10000", "geocodes": [{"location": "500,95", "formatted_address": ""}]}',
        "<html>Please sign in to the hotel's network</html>",
    ],
)
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
async def test_a_broken_answer_is_none(service: Service, text: str, content_type: str):
    service.text, service.content_type = text, content_type
    answer = await asked(service)
    assert answer == Answer(failure=Failure.BROKEN_ANSWER)


async def test_the_wrong_content_type_does_not_matter(service: Service):
    service.body, service.content_type = of_amap(HOUSE), "text/plain"
    assert len((await asked(service)).found) == 1


@pytest.mark.parametrize("way", ["slow", "dripping"])
async def test_whoever_is_slow_is_not_waited_for(service: Service, way: str):
    setattr(service, way, True)
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await asked(service, timeout_s=0.3) == Answer(failure=Failure.TIMEOUT)
    assert loop.time() - began < 2


async def test_nobody_there_is_no_answer(service: Service, unused_tcp_port: int):
    it = said(service, domain=f"127.0.0.1:{unused_tcp_port}")
    geocoding = Geocoding(it)
    assert await geocoding.find(WORDS) == Answer(failure=Failure.UNAVAILABLE)


async def test_of_several_places_it_is_asked_which(service: Service):
    service.body = of_amap(HOUSE, (43.88, 125.32))
    answer = await asked(service)
    assert len(answer.found) == 2
    assert answer.ask == ["which"]


async def test_two_doors_of_one_house_are_one_place(service: Service):
    service.body = of_amap(HOUSE, (HOUSE[0] + 0.0004, HOUSE[1]))
    answer = await asked(service)
    assert len(answer.found) == 1
    assert answer.ask == []


@pytest.mark.parametrize(
    ("level", "least", "most"),
    [
        ("门牌号", 50, 200),
        ("道路", 1_000, 5_000),
        ("区县", 10_000, 50_000),
        ("未知", 1_000, 10_000),
    ],
)
async def test_the_level_says_how_exact(service: Service, level: str, least: float, most: float):
    service.body = of_amap(HOUSE, level=level)
    (found,) = (await asked(service)).found
    assert least <= found.accuracy_m <= most


async def test_no_more_are_asked_than_the_rate_allows(service: Service):
    service.body = of_amap(HOUSE)
    it = Geocoding(said(service, rate_per_s=20, timeout_s=0.4))
    loop = asyncio.get_running_loop()
    began = loop.time()
    answers = await asyncio.gather(*(it.find(WORDS) for _ in range(20)))
    failures = [answer.failure for answer in answers if answer.failure]
    assert loop.time() - began < 2
    assert 2 <= len(service.asked) <= 9
    assert set(failures) <= {Failure.RATE_LIMITED, Failure.TIMEOUT}
    assert len(failures) >= 11


async def test_the_key_and_the_words_are_in_no_log(
    service: Service, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        for status, body in ((200, of_amap(HOUSE)), (403, {"key": KEY}), (200, {"key": KEY})):
            service.status, service.body = status, body
            await asked(service)
    everything = caplog.text + json.dumps(lines, ensure_ascii=False)
    assert [line["failure"] for line in lines] == ["bad_key", "broken_answer"]
    assert KEY in str(service.asked)
    assert KEY not in everything
    assert WORDS not in everything
    assert KEY not in repr(said(service))


@pytest.mark.parametrize(
    ("given", "on"),
    [
        ({}, False),
        ({"provider": "amap"}, False),
        ({"provider": "amap", "key": " "}, False),
        ({"provider": "amap", "key": KEY}, True),
        ({"provider": "photon"}, False),
        ({"provider": "photon", "domain": "127.0.0.1:1"}, True),
        ({"key": KEY}, False),
    ],
)
async def test_it_is_off_until_it_is_told_whom_to_ask(given: dict[str, Any], on: bool):
    it = geocoder_of(GeocodingSettings.model_validate(given))
    assert (it is not None) is on


async def test_an_address_is_asked_once_and_its_answer_kept(service: Service, database: Database):
    service.body = of_amap(HOUSE, (43.88, 125.32))
    it = said(service)
    geocoding = Geocoding(it)
    cached = CachedGeocoder(geocoding, database, it)
    first = await cached.find(WORDS)
    assert await cached.find(f"  {WORDS}\n") == first
    assert len(service.asked) == 1
    rows = await database.pool.fetch("select * from geocode_answers")
    assert WORDS not in rows[0]["asked"]
    await database.pool.execute("update geocode_answers set at = now() - interval '31 days'")
    await cached.find(WORDS)
    assert len(service.asked) == 2
    await database.pool.execute("update geocode_answers set at = now() - interval '31 days'")
    await cached.find("别的地方")
    assert await database.pool.fetchval("select count(*) from geocode_answers") == 1


async def test_a_failure_is_not_kept(service: Service, database: Database):
    it = said(service)
    geocoding = Geocoding(it)
    cached = CachedGeocoder(geocoding, database, it)
    service.body = of_amap_error("10003", "DAILY_QUERY_OVER_LIMIT")
    assert (await cached.find(WORDS)).failure is Failure.QUOTA
    service.body = {"status": "1", "infocode": "10000", "geocodes": []}
    assert await cached.find(WORDS) == Answer()
    service.body = of_amap(HOUSE)
    assert await cached.find(WORDS) == Answer()
    assert len(service.asked) == 2


async def test_no_connection_is_held_while_it_is_asked(service: Service, database: Database):
    service.slow = True
    it = said(service, timeout_s=0.5)
    geocoding = Geocoding(it)
    asking = asyncio.create_task(CachedGeocoder(geocoding, database, it).find(WORDS))
    while not service.asked:
        await asyncio.sleep(0.01)
    assert database.pool.get_idle_size() == database.pool.get_size()
    assert (await asking).failure is Failure.TIMEOUT


FIELDS = """
infocode geocodes location status result lat lon lng level features properties geometry
coordinates boundingbox display_name formatted_address
"""
VALUES = st.none() | st.booleans() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    VALUES | st.sampled_from(["10000", "0", 0]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS.split()), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(body=JSON, provider=st.sampled_from(["amap", "tianditu", "baidu", "nominatim", "photon"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_an_answer_or_a_failure(body: Any, provider: str):
    async def ask() -> Answer:
        async with serving() as service:
            service.text = json.dumps(body)
            return await asked(service, provider)

    answer = asyncio.run(ask())
    assert all(math.isfinite(found.lat + found.lon + found.accuracy_m) for found in answer.found)
