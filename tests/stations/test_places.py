"""A station stands where one can be, and in the province it says."""

from typing import Any

import pytest

from tests.service import Refused, Service
from tests.stations.cast import edit, path_of

SHENYANG, HARBIN = (41.8057, 123.4315), (45.75, 126.65)
YANJIAO = (39.95, 116.82)
"""In Hebei, though every map shows a place of Beijing's nearer."""


def draft(point: tuple[float, float], **more: Any) -> dict[str, Any]:
    names = {"code": "NEW", "name_zh": "新站", "name_en": "New"}
    return {**names, "lat": point[0], "lon": point[1], **more}


async def test_the_province_follows_from_the_place(service: Service):
    agent = await service.agent()
    station = await agent.post("/api/v1/stations", draft(SHENYANG))
    assert station["province"] == "LN"
    shekou = await agent.post("/api/v1/stations", draft((22.488, 113.93), code="SHEKOU"))
    assert shekou["province"] == "GD", "though the nearest known place is of no province"
    named = draft(HARBIN, code="NAMED", province="HL")
    assert (await agent.post("/api/v1/stations", named))["province"] == "HL"


@pytest.mark.parametrize(
    ("point", "why"),
    [
        ((0.0, 0.0), "null_island"),
        ((123.4315, 41.8057), "swapped"),
        ((87.6, 43.8), "swapped"),
        ((120.0, 160.0), "out_of_range"),
        ((26.0, 132.0), "nowhere"),
        ((36.0, 120.9), "at_sea"),
        ((43.12, 131.9), "abroad"),
    ],
    ids=lambda given: given if isinstance(given, str) else f"{given[0]:g}",
)
async def test_a_station_in_the_sea_abroad_or_nowhere_is_refused(
    service: Service, point: tuple[float, float], why: str
):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    here = {"lat": point[0], "lon": point[1]}
    for ask in (
        agent.post("/api/v1/stations", draft(point)),
        agent.post("/api/v1/stations", draft(point, province="LN")),
        edit(agent, station, here),
    ):
        with pytest.raises(Refused) as refusal:
            await ask
        assert (refusal.value.status, refusal.value.code) == (422, "station_place_refused")
        assert [fault["code"] for fault in refusal.value.problem["errors"]] == [why] * 2
    assert (await agent.get("/api/v1/stations"))["items"] == [await agent.get(path_of(station))]


async def test_another_province_than_the_place_s_is_refused_and_both_are_named(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    for ask in (
        agent.post("/api/v1/stations", draft(SHENYANG, province="GD")),
        edit(agent, station, {"province": "GD"}),
    ):
        with pytest.raises(Refused) as refusal:
            await ask
        assert (refusal.value.status, refusal.value.code) == (422, "station_province_wrong")
        for word in ("辽宁", "LN", "广东", "GD"):
            assert word in refusal.value.problem["detail"]


async def test_a_province_that_does_not_exist_is_refused(service: Service):
    agent = await service.agent()
    with pytest.raises(Refused) as refusal:
        await agent.post("/api/v1/stations", draft(SHENYANG, province="ZZ"))
    assert refusal.value.status == 422
    assert [fault["pointer"] for fault in refusal.value.problem["errors"]] == ["#/body/province"]


async def test_a_station_beside_a_border_says_itself_on_which_side_it_stands(service: Service):
    agent = await service.agent()
    station = await agent.post("/api/v1/stations", draft(YANJIAO, province="HE"))
    assert station["province"] == "HE"
    path = f"/api/v1/stations/{station['id']}"
    moved = await agent.patch(path, {"lat": YANJIAO[0] + 0.001}, version=station["version"])
    assert moved["province"] == "HE", "a few metres do not carry it over the border"


async def test_a_station_that_moves_takes_its_province_along(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    moved = await edit(agent, station, {"lat": HARBIN[0], "lon": HARBIN[1], "city_zh": "哈尔滨"})
    assert (moved["province"], moved["city_zh"]) == ("HL", "哈尔滨")
    listed = await agent.get("/api/v1/stations", province="HL")
    assert [one["id"] for one in listed["items"]] == [str(station.station_id)]
