"""Towards a city in the middle of a road: the side that the car is on tells the carriageway."""

import pytest

from callcenter.db.transaction import Tx
from callcenter.places.intake import Intake
from callcenter.places.roads.posts import RoadPost, put_posts
from callcenter.places.saying import read_saying
from callcenter.places.saying_words import candidates_words, understood_words
from callcenter.places.understood import Understood, understand

# Made up: one post each 10 km along a line from north to south, the city's centre at K1300.
SHANGHAI = 31.23, 121.47
POSTS = [
    RoadPost("G15", km * 1000, SHANGHAI[0] + (1300 - km) / 111, SHANGHAI[1], 50.0)
    for km in range(900, 1700, 10)
]


async def read(tx: Tx, intake: Intake, text: str) -> Understood:
    return await understand(tx, read_saying(text, intake.districts), intake)


def sense(it: Understood) -> str | None:
    return it.on_road.sense if it.on_road else None


@pytest.mark.parametrize(
    ("text", "known", "asks"),
    [
        ("G15沈海高速K1200上海方向", "up", False),
        ("G15沈海高速K1400上海方向", "down", False),
        ("G15沈海高速K1305上海方向", None, True),
        ("G15上海方向 32.5012,121.4701", "up", False),
        ("G15上海方向 30.2012,121.4701", "down", False),
        ("G15上海方向 31.2512,121.4701", None, True),
        ("G15往上海", None, False),
        ("G15沈海高速K1200,烟台往上海", "up", False),
    ],
)
async def test_the_posts_tell_on_which_side_of_the_city_the_car_is(
    tx: Tx, intake: Intake, text: str, known: str | None, asks: bool
):
    await put_posts(tx, POSTS)
    it = await read(tx, intake, text)
    assert sense(it) == known
    assert ("direction" in it.ask) == asks


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("G1京哈高速K312沈阳方向", "up"),
        ("G1京哈高速K1150沈阳方向", "down"),
        ("G1京哈高速K700沈阳方向", None),
        ("G15沈海高速K1200上海方向", None),
        ("G2京沪高速K1100济南方向", "down"),
    ],
)
async def test_without_posts_the_order_of_the_cities_tells_it_or_it_is_asked(
    tx: Tx, intake: Intake, text: str, known: str | None
):
    it = await read(tx, intake, text)
    assert sense(it) == known
    assert ("direction" in it.ask) == (known is None)


async def test_a_kilometre_of_the_trunk_outside_the_section_is_a_contradiction(
    tx: Tx, intake: Intake
):
    near_beijing = [RoadPost("G4", 20_000, 39.75, 116.25, 50.0)]
    in_dongguan = [RoadPost("G4", 2_120_000, 23.0, 113.75, 50.0)]
    await put_posts(tx, near_beijing + in_dongguan)
    assert "conflict" in (await read(tx, intake, "广深高速K20往深圳")).ask
    assert (await read(tx, intake, "广深高速K2120往深圳")).ask == ("direction",)
    assert (await read(tx, intake, "G4 K20往深圳")).ask == ()


def test_what_people_call_the_road_is_kept_and_several_are_named(intake: Intake):
    saying = read_saying("沈大高速K255往大连", intake.districts)
    assert "沈大高速" in understood_words("zh", saying, saying.on_road)
    assert candidates_words(read_saying("沪宁高速K1150", intake.districts)) == [
        "G2京沪高速",
        "G42沪蓉高速",
    ]
