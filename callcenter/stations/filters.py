"""What the list of stations can be narrowed down to."""

from typing import Annotated

from pydantic import Field

from callcenter.stations.model import StationKind
from callcenter.stations.wire import Province
from callcenter.web.wire import QueryModel


class StationFilter(QueryModel):
    """Filters of the list; `search` looks into code, names and cities."""

    province: Province | None = None
    simulated: bool | None = None
    kind: StationKind | None = None
    suspended: bool | None = None
    search: Annotated[str, Field(max_length=60)] | None = None


class StationQuery(StationFilter):
    """The filters, and which part of the list."""

    cursor: Annotated[str, Field(max_length=20, pattern=r"^[A-Z0-9-]+$")] | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50
