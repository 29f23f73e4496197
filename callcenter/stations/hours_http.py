"""What hours would mean: a look ahead before somebody writes them to a station."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from callcenter.clock import CHINA
from callcenter.hours import DayHours, DayKind, HoursOverride, hours_of_days
from callcenter.stations import repository
from callcenter.stations.model import AppliesTo
from callcenter.stations.overrides_http import Day
from callcenter.stations.wire import Hours
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel, WireModel

routes = Routes(tags=["stations"])

HOUR = 60


def _one_of_them(which: AppliesTo) -> AppliesTo:
    if which is AppliesTo.BOTH:
        raise ValueError("workshop or rescue")
    return which


class HoursQuery(QueryModel):
    """Hours in OSM syntax and the days to look at, today first when no other is named.

    With a station, the days that have hours of their own there count: `which` says of what.
    """

    hours: Hours
    first_day: Day | None = None
    days: Annotated[int, Field(ge=1, le=31)] = 14
    station_id: UUID | None = None
    which: Annotated[AppliesTo, AfterValidator(_one_of_them)] = AppliesTo.RESCUE


class SpanOut(WireModel):
    """Open from and until, as clocks show it; `over_midnight`: until is on the next day."""

    begins: str = Field(examples=["08:30"])
    ends: str = Field(examples=["17:30"])
    over_midnight: bool


class DayHoursOut(WireModel):
    """When it is open on one day; the night belongs to the day it begins on."""

    day: date
    kind: DayKind
    by_hand: bool
    spans: list[SpanOut]


class HoursPreview(WireModel):
    """Day by day, with China's holidays and make-up days."""

    hours: str
    days: list[DayHoursOut]


@routes.get("/api/v1/hours/preview", permission=Permission.STATIONS_READ)
async def preview_hours(call: Call, query: HoursQuery) -> HoursPreview:
    """When a station with these hours would be open; nothing is written."""
    first = query.first_day or (await call.tx.now()).astimezone(CHINA).date()
    overrides: list[HoursOverride] = []
    if query.station_id is not None:
        station = await repository.get(call.tx, query.station_id)
        overrides = station.overrides_of(query.which)
    found = hours_of_days(query.hours, first, query.days, overrides)
    return HoursPreview(hours=query.hours, days=[_day_out(one) for one in found])


def _day_out(one: DayHours) -> DayHoursOut:
    spans = [
        SpanOut(begins=_clock(begin), ends=_clock(end), over_midnight=end > 24 * HOUR)
        for begin, end in one.spans
    ]
    return DayHoursOut(day=one.day, kind=one.kind, by_hand=one.is_by_hand, spans=spans)


def _clock(minute: int) -> str:
    """24:00 stays 24:00; what lies behind it is the next day's."""
    of_day = minute if minute <= 24 * HOUR else minute - 24 * HOUR
    return f"{of_day // HOUR:02}:{of_day % HOUR:02}"
