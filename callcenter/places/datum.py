"""WGS-84, GCJ-02 and BD-09: conversion both ways, at the edges only.

GCJ-02 is the public polynomial of the "eviltransform" description over the Krasovsky ellipsoid;
its inverse is found by fixed-point iteration (round trip below 1 mm). BD-09 shifts GCJ-02 once
more in polar form, and it does so everywhere.

Where it shifts is a decision, because the maps publish none: inside of the customary box, which
reaches over the borders (whoever stands abroad is asked about anyway), but not in Hong Kong, Macau
and on Taiwan (its islands before the coast of Fujian are taken for that coast). Implementations
that know the box only, such as npm's gcoord, shift there too.
"""

from math import atan2, cos, hypot, pi, radians, sin, sqrt

from numpy import interp

from callcenter.places.model import Datum

KRASOVSKY_A = 6378245.0
KRASOVSKY_EE = 0.00669342162296594323
BAIDU_PI = pi * 3000.0 / 180.0
ROUNDS = 6

Point = tuple[float, float]
"""(lat, lon) in degrees."""

HONG_KONG_NORTH = (
    (113.83, 113.88, 113.95, 114.01, 114.06, 114.11, 114.16, 114.23, 114.45),
    (22.41, 22.43, 22.47, 22.50, 22.515, 22.53, 22.55, 22.55, 22.56),
)
"""Longitudes and the latitudes of Hong Kong's northern boundary there, to about a kilometre."""


def to_wgs84(lat: float, lon: float, datum: Datum) -> Point:
    """A point of any datum in WGS-84."""
    if datum is Datum.WGS84:
        return lat, lon
    if datum is Datum.BD09:
        lat, lon = _bd09_to_gcj02(lat, lon)
    return _gcj02_to_wgs84(lat, lon)


def from_wgs84(lat: float, lon: float, datum: Datum) -> Point:
    """A WGS-84 point as a map of that datum expects it."""
    if datum is Datum.WGS84:
        return lat, lon
    shifted = _wgs84_to_gcj02(lat, lon)
    return _gcj02_to_bd09(*shifted) if datum is Datum.BD09 else shifted


def is_shifted(lat: float, lon: float) -> bool:
    """Whether Chinese maps shift here: the customary box, less Taiwan, Hong Kong and Macau,
    where the same maps draw WGS-84."""
    if not (0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347):
        return False
    taiwan = 21.7 <= lat <= 25.45 and 119.9 <= lon <= 122.1
    return not (taiwan or _in_hong_kong(lat, lon) or _in_macau(lat, lon))


def _in_hong_kong(lat: float, lon: float) -> bool:
    """Below the line along Deep Bay and the Shenzhen River: Shekou and Futian lie north of it."""
    return 113.83 <= lon <= 114.45 and 22.13 <= lat <= float(interp(lon, *HONG_KONG_NORTH))


def _in_macau(lat: float, lon: float) -> bool:
    """The peninsula, and the islands east of the channel to Hengqin."""
    west = 113.53 if lat > 22.17 else 113.548
    return 22.10 <= lat <= 22.216 and west <= lon <= 113.61


def _wgs84_to_gcj02(lat: float, lon: float) -> Point:
    return _shift(lat, lon) if is_shifted(lat, lon) else (lat, lon)


def _shift(lat: float, lon: float) -> Point:
    x, y = lon - 105.0, lat - 35.0
    d_lat, d_lon = _lat_polynomial(x, y), _lon_polynomial(x, y)
    phi = radians(lat)
    magic = 1 - KRASOVSKY_EE * sin(phi) ** 2
    root = sqrt(magic)
    metres_lat = (KRASOVSKY_A * (1 - KRASOVSKY_EE)) / (magic * root) * pi / 180.0
    metres_lon = KRASOVSKY_A / root * cos(phi) * pi / 180.0
    return lat + d_lat / metres_lat, lon + d_lon / metres_lon


def _gcj02_to_wgs84(lat: float, lon: float) -> Point:
    guess = lat, lon
    for _ in range(ROUNDS):
        there = _shift(*guess)
        guess = guess[0] - (there[0] - lat), guess[1] - (there[1] - lon)
    # Where the point comes from decides: the shift itself may have carried it over a boundary.
    return guess if is_shifted(*guess) else (lat, lon)


def _gcj02_to_bd09(lat: float, lon: float) -> Point:
    radius = hypot(lon, lat) + 0.00002 * sin(lat * BAIDU_PI)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * BAIDU_PI)
    return radius * sin(angle) + 0.006, radius * cos(angle) + 0.0065


def _bd09_to_gcj02(lat: float, lon: float) -> Point:
    guess = lat - 0.006, lon - 0.0065
    for _ in range(ROUNDS):
        there = _gcj02_to_bd09(*guess)
        guess = guess[0] - (there[0] - lat), guess[1] - (there[1] - lon)
    return guess


def _lat_polynomial(x: float, y: float) -> float:
    base = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    return base + _waves(x, y, 160.0, 320.0)


def _lon_polynomial(x: float, y: float) -> float:
    base = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return base + _waves(x, x, 150.0, 300.0)


def _waves(x: float, along: float, twelfth: float, thirtieth: float) -> float:
    total = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    total += 20.0 * sin(along * pi) + 40.0 * sin(along / 3.0 * pi)
    total += twelfth * sin(along / 12.0 * pi) + thirtieth * sin(along / 30.0 * pi)
    return total * 2.0 / 3.0
