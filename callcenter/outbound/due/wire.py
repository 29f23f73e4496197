"""Due dates on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from callcenter.outbound.due.model import Because, DueDate, NextService
from callcenter.outbound.due.words import due_words
from callcenter.web.wire import ListQuery, Page, QueryModel, WireModel


def _of_our_time(day: date) -> date:
    if not 2000 <= day.year <= 2200:
        raise ValueError("the year must lie between 2000 and 2200")
    return day


Day = Annotated[date, AfterValidator(_of_our_time)]
Share = Annotated[float, Field(ge=0, le=1)]


class VehiclePath(QueryModel):
    """The car in the address."""

    vehicle_id: UUID


class DueDateOut(WireModel):
    """When a car is due: in one case of ten it comes before `p10`, in five before `p50`, in nine
    before `p90`. `still_ours`: how likely the owner still comes to us. `words`: why then."""

    vehicle_id: UUID
    next_service: NextService
    because: Because
    words: str
    p10: date
    p50: date
    p90: date
    still_ours: Share
    km_per_day: float
    visits: int
    last_visit_on: date | None
    last_km: int | None
    booked_for: datetime | None
    scored_at: datetime


class WeeksQuery(QueryModel):
    """How many weeks, this one with its past days first."""

    weeks: Annotated[int, Field(ge=1, le=26)] = 8


class DueWeek(WireModel):
    """Cars that are due in the week from `monday` on, of a region (code of the province, ""
    unknown): all, those with an appointment, and how many owners of them are expected to be still
    ours."""

    monday: date
    region: str
    due: int
    booked: int
    expected: float


class DueWeeks(WireModel):
    """By week and region; none where no car is due."""

    since: date
    weeks: int
    items: list[DueWeek]


class DueCarsQuery(ListQuery):
    """Cars due in the week from this day on; of a region."""

    monday: Day
    region: Annotated[str, Field(max_length=10)] | None = None


class DueCar(WireModel):
    """A car behind a figure."""

    vehicle_id: UUID
    owner_id: UUID | None
    plate: str | None
    model: str
    region: str
    next_service: NextService
    because: Because
    p50: date
    still_ours: Share
    booked_for: datetime | None


DueCars = Page[DueCar]


def due_date_out(due: DueDate, language: str) -> DueDateOut:
    """In this language."""
    fields = {name: getattr(due, name) for name in DueDateOut.model_fields if name != "words"}
    return DueDateOut(**fields, words=due_words(language, due))
