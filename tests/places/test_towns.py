"""The towns that a map writes on itself: the largest of a box, each of them inside it."""

import pytest

from callcenter.web.permission import Permission
from tests.service import Refused, Service

LIAONING = {"south": 38.5, "west": 118.5, "north": 43.5, "east": 126.0}


async def test_the_largest_towns_of_the_box_come_first_with_both_names(service: Service):
    client = await service.client([Permission.PLACES_READ])
    towns = (await client.get("/api/v1/places/towns", **LIAONING, limit=20))["items"]
    assert [town["zh"].removesuffix("市") for town in towns[:2]] == ["沈阳", "大连"]
    sizes = [town["population"] for town in towns]
    assert sizes == sorted(sizes, reverse=True)
    assert all(38.5 <= t["lat"] <= 43.5 and 118.5 <= t["lon"] <= 126 for t in towns)


async def test_a_box_of_the_sea_has_none(service: Service):
    client = await service.client([Permission.PLACES_READ])
    sea = {"south": 18, "west": 130, "north": 20, "east": 132}
    assert (await client.get("/api/v1/places/towns", **sea))["items"] == []


async def test_a_box_beyond_the_poles_is_refused(service: Service):
    client = await service.client([Permission.PLACES_READ])
    with pytest.raises(Refused):
        await client.get("/api/v1/places/towns", **LIAONING | {"north": 95})
