"""The port to a router, and the one way to ask it: briefly, and whatever it answers."""

import asyncio
import json
from collections.abc import Sequence
from math import isfinite
from typing import Any, Protocol

import aiohttp
import structlog

log = structlog.get_logger()

Point = tuple[float, float]
"""(lat, lon), degrees WGS-84."""
FARTHEST_SNAP_M = 1000.0
"""A point is moved to the nearest road. Farther than this it is not the same place any more."""


class Router(Protocol):
    """Something that knows roads. `name` is kept beside what it measured."""

    name: str

    async def seconds_to(
        self, session: aiohttp.ClientSession, here: Point, origins: Sequence[Point]
    ) -> list[float | None]:
        """Seconds from each origin to `here`, in one call; None where there is no way, or a point
        lies too far from any road. Raises whatever goes wrong."""


async def travel_seconds(
    router: Router, here: Point, origins: Sequence[Point], *, within_s: float
) -> list[float | None]:
    """Seconds by road, None where unknown; all unknown when no good answer comes in time."""
    unknown: list[float | None] = [None] * len(origins)
    if not origins:
        return unknown
    try:
        async with asyncio.timeout(within_s), aiohttp.ClientSession() as session:
            return await router.seconds_to(session, here, origins)
    # Silence, errors and nonsense are all the same here: the distance decides.
    except Exception as failure:
        log.warning("router_no_use", router=router.name, error=repr(failure))
        return unknown


async def json_of(answer: aiohttp.ClientResponse) -> Any:
    """The body of a good answer; raises for any other."""
    answer.raise_for_status()
    return json.loads(await answer.read())


def duration(value: Any) -> float | None:
    """One cell of a matrix; raises ValueError when it is neither a duration nor null."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"no duration: {value!r}")
    if not isfinite(value) or value < 0:
        raise ValueError(f"no duration: {value!r}")
    return float(value)
