"""Distance on the WGS-84 ellipsoid, exactly: the geodesic (Karney 2013), never a sphere."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

WGS84 = Geod(ellps="WGS84")

METRES_A_DEGREE = 111_195.0
"""Of a great circle on the sphere: for limits, never for a distance that is told."""


def unit_vectors(points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """(lat, lon) in degrees as rows of x, y, z on the unit sphere, for indexes; none for none."""
    lats, lons = np.radians(np.asarray(points, dtype=np.float64).reshape(-1, 2)).T
    return np.stack(
        [np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)], axis=1
    )


def distance_m(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Metres between two (lat, lon) points."""
    return float(WGS84.inv(here[1], here[0], there[1], there[0])[2])


def distances_from(lat: float, lon: float, points: Sequence[tuple[float, float]]) -> list[float]:
    """Metres from one point to each of the others, in their order."""
    if not points:
        return []
    lats, lons = np.asarray(points, dtype=float).T
    _, _, metres = WGS84.inv(np.full(len(lats), lon), np.full(len(lats), lat), lons, lats)
    return [float(metre) for metre in metres]
