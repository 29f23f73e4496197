"""Routes of days with hours of their own."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from callcenter.stations import overrides, repository
from callcenter.stations.model import AppliesTo, StationOverride
from callcenter.stations.wire import Hours, StationPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import Moment, Page, WireModel

routes = Routes(tags=["stations"])


def _of_our_time(day: date) -> date:
    if not 1970 <= day.year <= 2200:
        raise ValueError("the year must lie between 1970 and 2200")
    return day


Day = Annotated[date, AfterValidator(_of_our_time)]


class OverrideDraft(WireModel):
    """Hours of days, in OSM syntax; without hours the station is closed on them."""

    first_day: Day
    last_day: Day
    applies_to: AppliesTo = AppliesTo.BOTH
    hours: Hours | None = None
    reason: Annotated[str, Field(max_length=200)] = ""


class OverrideOut(WireModel):
    """Days with hours of their own."""

    id: UUID
    first_day: date
    last_day: date
    applies_to: AppliesTo
    hours: str | None
    reason: str
    made_at: Moment


OverridePage = Page[OverrideOut]


class OverridePath(StationPath):
    """The override in the address."""

    override_id: UUID


@routes.get("/api/v1/stations/{station_id}/hours-overrides", permission=Permission.STATIONS_READ)
async def list_overrides(call: Call, path: StationPath) -> OverridePage:
    """Days from yesterday on that have hours of their own, the newest made first."""
    station = await repository.get(call.tx, path.station_id)
    return OverridePage(items=[_out(one) for one in station.overrides])


@routes.post(
    "/api/v1/stations/{station_id}/hours-overrides",
    permission=Permission.STATIONS_WRITE,
    status=201,
)
async def override_hours(call: Call, path: StationPath, body: OverrideDraft) -> OverrideOut:
    """Set the hours of some days, over rule, calendar and roster."""
    made = await overrides.override_hours(
        call.tx,
        call.actor.id,
        path.station_id,
        days=(body.first_day, body.last_day),
        applies_to=body.applies_to,
        hours=body.hours,
        reason=body.reason,
    )
    return _out(made)


@routes.delete(
    "/api/v1/stations/{station_id}/hours-overrides/{override_id}",
    permission=Permission.STATIONS_WRITE,
)
async def remove_override(call: Call, path: OverridePath) -> None:
    """The rule counts again on these days; the second time nothing happens."""
    await overrides.remove_override(call.tx, call.actor.id, path.station_id, path.override_id)


def _out(one: StationOverride) -> OverrideOut:
    return OverrideOut(**{name: getattr(one, name) for name in OverrideOut.model_fields})
