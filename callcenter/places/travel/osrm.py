"""OSRM's table service: https://project-osrm.org/docs/v5.24.0/api/#table-service."""

from collections.abc import Sequence
from typing import Any

import aiohttp

from callcenter.places.travel.router import FARTHEST_SNAP_M, Point, duration, json_of


class Osrm:
    """`url` is what comes before /table/v1."""

    name = "osrm"

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def seconds_to(
        self, session: aiohttp.ClientSession, here: Point, origins: Sequence[Point]
    ) -> list[float | None]:
        """One row for each origin, one column; the snapped points tell how far they were moved."""
        points = ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in (here, *origins))
        numbers = ";".join(str(at) for at in range(1, len(origins) + 1))
        asked = {"sources": numbers, "destinations": "0", "annotations": "duration"}
        async with session.get(f"{self._url}/table/v1/driving/{points}", params=asked) as answer:
            told = await json_of(answer)
        if told["code"] != "Ok":
            raise ValueError(told["code"])
        (destination,) = told["destinations"]
        rows = zip(told["durations"], told["sources"], origins, strict=True)
        measured = [(duration(row[0]), _is_near(snapped)) for row, snapped, _ in rows]
        here_is_near = _is_near(destination)
        return [seconds if near and here_is_near else None for seconds, near in measured]


def _is_near(snapped: Any) -> bool:
    moved_m = duration(snapped["distance"])
    return moved_m is not None and moved_m <= FARTHEST_SNAP_M
