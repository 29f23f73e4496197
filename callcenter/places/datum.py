"""WGS-84, GCJ-02 and BD-09: conversion both ways, at the edges only.

GCJ-02 is the public polynomial of the "eviltransform" description over the Krasovsky ellipsoid;
its inverse is found by fixed-point iteration (round trip below 1 mm). BD-09 shifts GCJ-02 once
more in polar form. No shift outside the mainland.
"""

from math import atan2, cos, hypot, pi, radians, sin, sqrt

from callcenter.places.model import Datum

KRASOVSKY_A = 6378245.0
KRASOVSKY_EE = 0.00669342162296594323
BAIDU_PI = pi * 3000.0 / 180.0
ROUNDS = 6

Point = tuple[float, float]
"""(lat, lon) in degrees."""


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
    hong_kong = 22.13 <= lat <= 22.52 and 113.83 <= lon <= 114.45
    macau = 22.10 <= lat <= 22.217 and 113.52 <= lon <= 113.61
    return not (taiwan or hong_kong or macau)


def _wgs84_to_gcj02(lat: float, lon: float) -> Point:
    if not is_shifted(lat, lon):
        return lat, lon
    x, y = lon - 105.0, lat - 35.0
    d_lat, d_lon = _lat_polynomial(x, y), _lon_polynomial(x, y)
    phi = radians(lat)
    magic = 1 - KRASOVSKY_EE * sin(phi) ** 2
    root = sqrt(magic)
    metres_lat = (KRASOVSKY_A * (1 - KRASOVSKY_EE)) / (magic * root) * pi / 180.0
    metres_lon = KRASOVSKY_A / root * cos(phi) * pi / 180.0
    return lat + d_lat / metres_lat, lon + d_lon / metres_lon


def _gcj02_to_wgs84(lat: float, lon: float) -> Point:
    if not is_shifted(lat, lon):
        return lat, lon
    guess = lat, lon
    for _ in range(ROUNDS):
        there = _wgs84_to_gcj02(*guess)
        guess = guess[0] - (there[0] - lat), guess[1] - (there[1] - lon)
    return guess


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
