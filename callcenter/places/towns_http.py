"""Routes of places: the towns that a map without any outside service writes on itself."""

from typing import Annotated

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel, WireModel

routes = Routes(tags=["places"])

A_DAY = "private, max-age=86400"
"""The table of places changes with an upgrade only."""

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class TownQuery(QueryModel):
    """A box in WGS-84 degrees, and how many towns at most."""

    south: Latitude
    west: Longitude
    north: Latitude
    east: Longitude
    limit: Annotated[int, Field(ge=1, le=200)] = 60


class TownOut(WireModel):
    """A populated place; `zh` is empty where no Chinese name is known."""

    zh: str
    en: str
    lat: float
    lon: float
    population: int


class TownList(WireModel):
    """Towns, the most populous first."""

    items: list[TownOut]


@routes.get("/api/v1/places/towns", permission=Permission.PLACES_READ, transaction=False)
async def list_towns(call: Call, query: TownQuery) -> TownList:
    """The largest towns in a box, for the names on a map."""
    gazetteer = call.part(Intake).gazetteer
    found = gazetteer.largest_in_box(query.south, query.west, query.north, query.east, query.limit)
    call.headers["Cache-Control"] = A_DAY
    names = TownOut.model_fields
    return TownList(items=[TownOut(**{n: getattr(town, n) for n in names}) for town in found])
