"""How far land is seen: the same in every direction, and not over the edge of what is kept."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.land import EAST, NORTH, SOUTH, WEST, Land
from callcenter.places.set_up_table import set_up_table

LATS, LONS = st.floats(SOUTH, NORTH), st.floats(WEST, EAST)
POINTS = st.tuples(LATS, LONS)


def one_cell(row: int, column: int) -> Land:
    cells = np.zeros(((NORTH - SOUTH) * 120, (EAST - WEST) * 120), dtype=np.bool_)
    cells[row, column] = True
    return Land(np.packbits(cells, axis=1))


ROCK = one_cell((NORTH - 30) * 120, (120 - WEST) * 120)
"""One cell of land, its middle at 29.99583 N 120.00417 E, 0.9 km high and 0.8 km wide."""


@pytest.mark.parametrize(
    ("north_km", "east_km", "near"),
    [
        (0, 0, True),
        (8.3, 0, True),
        (-8.3, 0, True),
        (0, 8.3, True),
        (0, -8.3, True),
        (6, 6, True),
        (-6, -6, True),
        (8.6, 0, False),
        (-8.6, 0, False),
        (0, 8.6, False),
        (0, -8.6, False),
        (6.2, 6.2, False),
        (-6.2, -6.2, False),
    ],
)
def test_eight_kilometres_from_its_edge_are_eight_in_every_direction(
    north_km: float, east_km: float, near: bool
):
    lat = 29.99583 + north_km / 111.195
    lon = 120.00417 + east_km / 111.195 / 0.8661
    assert ROCK.within(lat, lon, 8_000) is near


def test_on_land_there_is_land_at_no_distance():
    assert ROCK.within(29.992, 120.008, 0)
    assert not ROCK.within(29.991, 120.008, 0)


@given(POINTS, st.floats(1, 50_000))
def test_all_within_the_table_is_answered(point: tuple[float, float], metres: float):
    assert ROCK.within(*point, metres) in (True, False)


@pytest.mark.parametrize("point", [(NORTH + 0.1, 100), (-0.1, 100), (30, 65.9), (30, 145.1)])
def test_outside_of_the_table_no_land_is_known(point: tuple[float, float]):
    assert ROCK.within(*point, 100_000) is False


@pytest.mark.parametrize("corner", [(NORTH, WEST), (NORTH, EAST), (SOUTH, WEST), (SOUTH, EAST)])
def test_at_the_corners_it_does_not_look_over_the_edge(corner: tuple[float, float]):
    assert ROCK.within(*corner, 8_000) is False


def test_a_table_is_made_once_and_read_back(tmp_path: Path):
    made = []

    def make() -> bytes:
        made.append(1)
        return b"coast"

    file = tmp_path / "new" / "table.gz"
    assert set_up_table(file, make) == set_up_table(file, make) == b"coast"
    assert made == [1]
    assert gzip.decompress(file.read_bytes()) == b"coast"
    assert list(file.parent.iterdir()) == [file]
