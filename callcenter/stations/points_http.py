"""Where the stations of a list are, all of them: for the map beside it."""

from typing import Any
from uuid import UUID

from callcenter.stations import repository
from callcenter.stations.filters import StationFilter
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes(tags=["stations"])

MOST = 10_000


class StationPoint(WireModel):
    """A station's place (WGS-84) and names."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    lat: float
    lon: float
    suspended: bool


class StationPoints(WireModel):
    """Places of stations, in the order of their codes."""

    items: list[StationPoint]


@routes.get("/api/v1/stations/points", permission=Permission.STATIONS_READ)
async def list_points(call: Call, query: StationFilter) -> StationPoints:
    """Where the stations are that the list's filters let through."""
    rows = await repository.points(call.tx, limit=MOST, **query.model_dump(mode="json"))
    return StationPoints(items=[_point(row) for row in rows])


def _point(row: Any) -> StationPoint:
    return StationPoint(**{name: row[name] for name in StationPoint.model_fields})
