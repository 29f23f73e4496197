"""The nearest of many places, exactly and quickly: a tree pre-selects, the geodesic decides.

A place is the unit vector of its geodetic latitude and longitude. Along any path each metre of the
WGS-84 ellipsoid is between 1/6,399,594 and 1/6,335,439 of a radian on that sphere (the radii of
curvature at the pole, and of the meridian at the equator), so that the longest and the shortest
differ by a factor of 1.01013. Whoever is among the nearest on the ellipsoid therefore lies within
1.0115 times the great-circle distance of the last of them, and only those are measured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import asin, cos, inf, pi, radians, sin
from uuid import UUID

from scipy.spatial import cKDTree

from callcenter.places.distance import WGS84, unit_vectors

PROOF = 1.0115
LEAST_M_A_RADIAN = 6_335_439.0
FIRST_LOOK = 16
WIDER = 4
ROUNDING = 1 + 1e-9


@dataclass(frozen=True)
class Nearest:
    """(metres, number of the place), nearest first; `is_whole` when there is nothing more within
    reach."""

    found: list[tuple[float, int]]
    is_whole: bool


class NearestIndex:
    """Places by number, 0 to n-1, at (lat, lon); `ids`, in the same order, break ties."""

    def __init__(self, points: Sequence[tuple[float, float]], ids: Sequence[UUID]) -> None:
        self._ids = ids
        self._lats = [float(lat) for lat, _ in points]
        self._lons = [float(lon) for _, lon in points]
        self._tree = cKDTree(unit_vectors(points))

    def up_to(
        self,
        lat: float,
        lon: float,
        count: int,
        passes: Callable[[int], bool],
        *,
        within_m: float = inf,
    ) -> Nearest:
        """Every place up to and including the `count`-th that passes, by (metres, id).

        Those that do not pass but lie nearer, or exactly as far, are among them. When fewer pass,
        every place within `within_m` (metres, inclusive).
        """
        phi, lam = radians(lat), radians(lon)
        here = cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)
        reach = _chord(within_m / LEAST_M_A_RADIAN) * ROUNDING
        everywhere = len(self._ids)
        look = FIRST_LOOK
        while everywhere:
            # One more than asked for, so that the answer is always an array.
            chords, numbers = self._tree.query(here, look + 1, distance_upper_bound=reach)
            near = _enough(chords.tolist(), numbers.tolist(), count, passes)
            if near is not None:
                return self._measured(lat, lon, near, count, passes, within_m)
            look *= WIDER
        return Nearest([], is_whole=True)

    def _measured(
        self,
        lat: float,
        lon: float,
        near: list[int],
        count: int,
        passes: Callable[[int], bool],
        within_m: float,
    ) -> Nearest:
        lats, lons, ids = self._lats, self._lons, self._ids
        there = [lons[number] for number in near], [lats[number] for number in near]
        # Lists, not arrays: for a handful of points the driver is quicker with them.
        metres = WGS84.inv([lon] * len(near), [lat] * len(near), *there)[2]
        found: list[tuple[float, int]] = []
        for away_m, _, number in sorted(zip(metres, [ids[n] for n in near], near, strict=True)):
            if away_m > within_m:
                return Nearest(found, is_whole=count > 0)
            found.append((away_m, number))
            if count > 0 and passes(number):
                count -= 1
                if count == 0:
                    within_m = away_m
        return Nearest(found, is_whole=count > 0)


def _enough(
    chords: list[float], numbers: list[int], count: int, passes: Callable[[int], bool]
) -> list[int] | None:
    """The numbers that must be measured; None when more must be looked at to know them."""
    passed, limit = 0, inf
    for at, chord in enumerate(chords):
        # The tree fills up with infinity where nothing more lies within reach.
        if chord > limit or chord == inf:
            return numbers[:at]
        if passed < count and passes(numbers[at]):
            passed += 1
            if passed == count:
                limit = _chord(PROOF * 2 * asin(min(chord / 2, 1.0))) * ROUNDING
    return None


def _chord(angle: float) -> float:
    """Of an angle (radians) on the unit sphere."""
    return 2.0 * sin(min(angle, pi) / 2)
