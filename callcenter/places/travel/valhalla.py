"""Valhalla's matrix: https://valhalla.github.io/valhalla/api/matrix/api-reference/."""

from collections.abc import Sequence
from typing import Any

import aiohttp

from callcenter.places.travel.router import FARTHEST_SNAP_M, Point, duration, json_of


class Valhalla:
    """`url` is what comes before /sources_to_targets."""

    name = "valhalla"

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def seconds_to(
        self, session: aiohttp.ClientSession, here: Point, origins: Sequence[Point]
    ) -> list[float | None]:
        """One row for each origin, one target. Its answer does not say how far a point was moved:
        it is told not to look farther, and then refuses the whole matrix."""
        asked = {
            "sources": [_location(origin) for origin in origins],
            "targets": [_location(here)],
            "costing": "auto",
        }
        async with session.post(f"{self._url}/sources_to_targets", json=asked) as answer:
            told = await json_of(answer)
        rows = zip(told["sources_to_targets"], origins, strict=True)
        return [duration(row[0]["time"]) for row, _ in rows]


def _location(point: Point) -> dict[str, Any]:
    return {"lat": point[0], "lon": point[1], "search_cutoff": FARTHEST_SNAP_M}
