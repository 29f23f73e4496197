"""Valhalla's matrix: https://valhalla.github.io/valhalla/api/matrix/api-reference/."""

from collections.abc import Sequence
from typing import Any

import aiohttp

from callcenter.places.distance import distance_m
from callcenter.places.travel.router import FARTHEST_SNAP_M, Point, duration, json_of


class Valhalla:
    """`url` is what comes before /sources_to_targets. From 3.6 on: older ones do not say, or say
    wrongly, how far they moved a point, and nothing of theirs is believed."""

    name = "valhalla"

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def seconds_to(
        self, session: aiohttp.ClientSession, here: Point, origins: Sequence[Point]
    ) -> list[float | None]:
        """One row for each origin, one target; each cell tells where its way begins and ends."""
        asked = {
            "sources": [_location(origin) for origin in origins],
            "targets": [_location(here)],
            "costing": "auto",
        }
        async with session.post(f"{self._url}/sources_to_targets", json=asked) as answer:
            told = await json_of(answer)
        rows = zip(told["sources_to_targets"], origins, strict=True)
        return [_seconds(cell, origin, here) for (cell,), origin in rows]


def _location(point: Point) -> dict[str, float]:
    return {"lat": point[0], "lon": point[1]}


def _seconds(cell: Any, origin: Point, here: Point) -> float | None:
    seconds = duration(cell["time"])
    if seconds is None:
        return None
    begin, end = ((cell[f"{at}_lat"], cell[f"{at}_lon"]) for at in ("begin", "end"))
    moved_m = max(distance_m(origin, begin), distance_m(here, end))
    return seconds if moved_m <= FARTHEST_SNAP_M else None
