"""A router on loopback that answers as OSRM and Valhalla do, well or badly."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from callcenter.places.distance import METRES_A_DEGREE

Point = tuple[float, float]


@dataclass
class FakeRoads:
    """`seconds` from an origin (lat, lon) to the car, None where there is no way; `snapped_m` how
    far a point was moved to a road; `spoil` makes the whole answer something else."""

    seconds: Callable[[Point], float | None] = lambda _: 60.0
    snapped_m: Callable[[Point], float] = lambda _: 3.0
    spoil: Callable[[Any], web.Response] | None = None
    silent_s: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def table(self, request: web.Request) -> web.Response:
        """OSRM: GET /table/v1/driving/{lon,lat;...}?sources=...&destinations=..."""
        lon_lats = [pair.split(",") for pair in request.match_info["points"].split(";")]
        points = [(float(lat), float(lon)) for lon, lat in lon_lats]
        sources = [points[int(at)] for at in request.query["sources"].split(";")]
        destinations = [points[int(at)] for at in request.query["destinations"].split(";")]
        self.asked.append({"sources": sources, "destinations": destinations})
        return await self._answer(
            {
                "code": "Ok",
                "durations": [[self.seconds(source)] for source in sources],
                "sources": [self._waypoint(source) for source in sources],
                "destinations": [self._waypoint(point) for point in destinations],
            }
        )

    async def matrix(self, request: web.Request) -> web.Response:
        """Valhalla: POST /sources_to_targets."""
        asked = await request.json()
        sources = [(one["lat"], one["lon"]) for one in asked["sources"]]
        targets = [(one["lat"], one["lon"]) for one in asked["targets"]]
        self.asked.append({"sources": sources, "destinations": targets, "body": asked})
        rows = [[self._cell(at, source, targets[0])] for at, source in enumerate(sources)]
        told = {"sources_to_targets": rows, "units": "kilometers", "algorithm": "costmatrix"}
        return await self._answer(told)

    async def _answer(self, told: Any) -> web.Response:
        await asyncio.sleep(self.silent_s)
        return self.spoil(told) if self.spoil else web.json_response(told)

    def _cell(self, at: int, source: Point, target: Point) -> dict[str, Any]:
        cell: dict[str, Any] = {"from_index": at, "to_index": 0, "time": self.seconds(source)}
        if cell["time"] is None:
            return cell | {"distance": None, "cost": None}
        ends = {"begin": self._snapped(source), "end": self._snapped(target)}
        for name, (lat, lon) in ends.items():
            cell |= {f"{name}_lat": lat, f"{name}_lon": lon, f"{name}_heading": 0.0}
        return cell | {"distance": 1.0, "cost": 60.0}

    def _snapped(self, point: Point) -> Point:
        return point[0] + self.snapped_m(point) / METRES_A_DEGREE, point[1]

    def _waypoint(self, point: Point) -> dict[str, Any]:
        lat, lon = point
        return {"hint": "", "name": "", "location": [lon, lat], "distance": self.snapped_m(point)}


@asynccontextmanager
async def served(roads: FakeRoads) -> AsyncIterator[str]:
    """Its address."""
    app = web.Application()
    app.router.add_get("/table/v1/driving/{points}", roads.table)
    app.router.add_post("/sources_to_targets", roads.matrix)
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        await server.close()


def failing(_: Any) -> web.Response:
    return web.Response(status=500, text="oops")


def cut_short(told: Any) -> web.Response:
    return web.Response(text=json.dumps(told)[:-9], content_type="application/json")


def of_another_shape(_: Any) -> web.Response:
    return web.json_response({"code": "Ok", "durations": "many", "sources_to_targets": [1]})


def one_row_missing(told: Any) -> web.Response:
    for name in ("durations", "sources_to_targets"):
        if name in told:
            told[name] = told[name][1:]
    return web.json_response(told)


def negative(told: Any) -> web.Response:
    text = json.dumps(told).replace("60.0", "-60.0")
    return web.Response(text=text, content_type="application/json")


def refused(_: Any) -> web.Response:
    """As Valhalla refuses, for one point far from every road, the whole."""
    why = "Locations are in unconnected regions. Go check/edit the map at osm.org"
    told = {"error_code": 170, "error": why, "status_code": 400, "status": "Bad Request"}
    return web.json_response(told, status=400)


SPOILT = [failing, refused, cut_short, of_another_shape, one_row_missing, negative]
