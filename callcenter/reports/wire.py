"""The supervisor's board on the wire: figures, what each counts, and the map."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.tickets.model import Kind, Stage
from callcenter.web.wire import ListQuery, Page, QueryModel, WireModel

Count = Annotated[int, Field(ge=0)]
RescueStage = Literal["opened", "dispatching", "assigned", "en_route", "on_site", "handed_over"]
"""Where a rescue stands while it is on the board."""


class BoardOut(WireModel):
    """The figures of one moment, without drills.

    `snapshot` is PostgreSQL's, xmin:xmax:in-progress: an event of the log (its id on the feed is
    transaction-sequence) is in the figures exactly when its transaction is visible in it. `cursor`:
    from here the feed brings every event that is not.
    """

    at: datetime
    snapshot: str = Field(examples=["795:799:795,797"])
    cursor: str = Field(examples=["794-1203"])
    rescues: dict[RescueStage, Count]
    offers: Count
    next_deadline_at: datetime | None
    alarms: Count
    oldest_alarm_at: datetime | None
    opened_today: Count
    closed_today: Count
    handovers: Count
    oldest_handover_at: datetime | None


class RescueQuery(ListQuery):
    """Rescues in one stage."""

    stage: RescueStage


class DayQuery(ListQuery):
    """Tickets opened today, or ended today: closed, cancelled, merged."""

    day: Literal["opened", "closed"]


class BoardTicket(WireModel):
    """A ticket that a figure counts."""

    id: UUID
    number: str
    kind: Kind
    stage: Stage
    stage_since: datetime
    opened_at: datetime
    closed_at: datetime | None
    priority: int
    assignee_id: UUID | None


class BoardOffer(WireModel):
    """A station that is asked, and until when."""

    id: UUID
    ticket_id: UUID
    number: str
    station_id: UUID
    name_zh: str
    name_en: str
    made_at: datetime
    expires_at: datetime
    seen_at: datetime | None


class BoardAlarm(WireModel):
    """An alarm that nobody has taken, and since when it sounds."""

    id: UUID
    kind: str
    reason: str
    ticket_id: UUID | None
    number: str | None
    station_id: UUID | None
    since: datetime


class BoardHandover(WireModel):
    """What was handed to a name that has not seen it yet."""

    id: UUID
    ticket_id: UUID | None
    number: str | None
    alarm_id: UUID | None
    alarm_kind: str | None
    from_id: UUID
    from_name: str
    to_id: UUID
    to_name: str
    note: str
    made_at: datetime
    seen_at: datetime | None


Hours = Annotated[list[Count], Field(min_length=24, max_length=24)]
"""A number for each hour of China's day."""


class BoardHours(WireModel):
    """Tickets opened and ended by the hour, without drills; `snapshot` as the board's.

    `before`: the sums of the whole days before today that the centre was at work, seven at most;
    `days`: how many these are.
    """

    at: datetime
    snapshot: str = Field(examples=["795:799:795,797"])
    days: Annotated[int, Field(ge=0, le=7)]
    opened_today: Hours
    closed_today: Hours
    opened_before: Hours
    closed_before: Hours


BoardTickets = Page[BoardTicket]
BoardOffers = Page[BoardOffer]
BoardAlarms = Page[BoardAlarm]
BoardHandovers = Page[BoardHandover]


class MapQuery(QueryModel):
    """Stations stand still: who has them asks for the rescues alone."""

    stations: bool = True


class MapRescue(WireModel):
    """Where an open rescue is. `rings`: an alarm about it that nobody has taken."""

    id: UUID
    number: str
    stage: RescueStage
    stage_since: datetime
    rings: bool
    lat: float
    lon: float


class StationState(StrEnum):
    """How a station stands now: the first of these that is true."""

    SUSPENDED = "suspended"
    OFF_DUTY = "off_duty"
    BUSY = "busy"
    FREE = "free"


class MapStation(WireModel):
    """Where a station is, and whether it could be asked."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    lat: float
    lon: float
    state: StationState


class MapOut(WireModel):
    """What a map of the country shows; WGS-84. Rescues without a confirmed place are not on it."""

    rescues: list[MapRescue]
    stations: list[MapStation]
