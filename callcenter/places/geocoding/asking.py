"""Asks a geopy geocoder so that nothing of it reaches us but places, in time, or a code."""

import asyncio
import logging
from math import isfinite
from typing import Any

import structlog
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeopyError,
)

from callcenter.places.datum import to_wgs84
from callcenter.places.distance import distance_m
from callcenter.places.geocoding.port import Answer, Failure, Found
from callcenter.places.geocoding.providers import COARSEST_M, PROVIDERS, made
from callcenter.settings import GeocodingSettings

FAILURES: tuple[tuple[type[Exception], Failure], ...] = (
    (GeocoderTimedOut, Failure.TIMEOUT),
    (TimeoutError, Failure.TIMEOUT),
    (GeocoderRateLimited, Failure.RATE_LIMITED),
    (GeocoderQuotaExceeded, Failure.QUOTA),
    (GeocoderAuthenticationFailure, Failure.BAD_KEY),
    (GeocoderInsufficientPrivileges, Failure.BAD_KEY),
    (GeocoderParseError, Failure.BROKEN_ANSWER),
    (GeocoderQueryError, Failure.REFUSED),
    (GeopyError, Failure.UNAVAILABLE),
)
BROKEN = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, UserWarning)
"""What parsing raises when an answer is not of the form that the service once published; geopy
warns of a latitude beyond the poles, where warnings are errors."""

LONGEST, MOST = 200, 10
"""Signs that are asked about, and places that are kept."""

log = structlog.get_logger()
# It logs whole addresses, with the key in them.
logging.getLogger("geopy").setLevel(logging.CRITICAL)


class Geocoding:
    """A geocoder behind our port; this process asks it no more often than the settings say. Each
    question has a connection of its own: there are few, and none is left open."""

    def __init__(self, settings: GeocodingSettings) -> None:
        self.provider = settings.provider
        self._settings = settings
        self._kind = PROVIDERS[settings.provider]
        self._next_at = 0.0

    async def find(self, words: str) -> Answer:
        """Never raises; ends within the timeout of the settings."""
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                return Answer(self._read(await self._ask(words[:LONGEST])))
        # First: some of them are also of those that parsing raises.
        except (GeopyError, TimeoutError) as error:
            kinds = (failure for kind, failure in FAILURES if isinstance(error, kind))
            return self._failed(next(kinds))
        except BROKEN:
            return self._failed(Failure.BROKEN_ANSWER)

    def _failed(self, failure: Failure) -> Answer:
        # Neither the words nor what the service said: both may tell what is not for a log.
        log.warning("geocoder_gave_no_answer", provider=self.provider, failure=failure.value)
        return Answer(failure=failure)

    async def _ask(self, words: str) -> list[Any]:
        await self._turn()
        async with made(self._settings) as geocoder:
            found = await geocoder.geocode(words, exactly_one=self._kind.one)
        if found is None:
            return []
        return [found] if self._kind.one else list(found)

    async def _turn(self) -> None:
        """Wait for a place in the row; the time is taken before waiting, so that none is shared."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next_at)
        if at - now > self._settings.timeout_s:
            raise GeocoderRateLimited("the row is too long")
        self._next_at = at + 1 / self._settings.rate_per_s
        await asyncio.sleep(at - now)

    def _read(self, locations: list[Any]) -> tuple[Found, ...]:
        apart: list[Found] = []
        for found in map(self._found, locations[:MOST]):
            if not any(_is_same(found, other) for other in apart):
                apart.append(found)
        return tuple(apart)

    def _found(self, location: Any) -> Found:
        lat, lon = to_wgs84(location.latitude, location.longitude, self._kind.datum)
        if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
            raise ValueError("no degrees")
        accuracy_m = self._kind.accuracy_m(location.raw)
        if not 0 <= accuracy_m < 20 * COARSEST_M:
            raise ValueError("no metres")
        return Found(lat, lon, accuracy_m, str(location.address or "")[:LONGEST])


def _is_same(one: Found, other: Found) -> bool:
    """Two entrances of one house are one place."""
    apart_m = distance_m((one.lat, one.lon), (other.lat, other.lon))
    return apart_m <= max(one.accuracy_m, other.accuracy_m)
