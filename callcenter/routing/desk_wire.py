"""What the desk's view of one rescue looks like on the wire."""

from datetime import datetime
from uuid import UUID

from callcenter.places.http import TowardsOut
from callcenter.routing.rescue_wire import PreviewOut, RescueOut, StationSeenOut
from callcenter.tickets.particulars import Energy
from callcenter.tickets.place_wire import PlaceOut
from callcenter.tickets.wire import EmergencyOut, TicketOut
from callcenter.web.wire import WireModel


class DeskPlaceOut(WireModel):
    """A place of the ticket, as people read it: `road` in words, the town nearby, and the ends of
    the road where the direction is not known."""

    place: PlaceOut
    road: str
    near: str
    towards: list[TowardsOut]


class LinkAnswerOut(WireModel):
    """What the caller sent by the location link besides a fix: words, or a photo's file."""

    id: UUID
    kind: str
    words: str | None
    file_id: UUID | None
    answered_at: datetime


class CarSeenOut(WireModel):
    """The car in words; empty where it is not known. What decides who can help: None where that
    is not known either."""

    model: str
    plate: str
    brand: str
    energy: Energy | None
    weight_kg: int | None
    height_limit_cm: int | None
    wheels_locked: bool
    low_clearance: bool
    off_road: bool


class RatingOut(WireModel):
    """The owner's own judgement, 1 to 5, in his words; a bad one has a complaint that is followed
    up."""

    score: int
    words: str
    rated_at: datetime
    follow_up_id: UUID | None


class RescueDeskOut(WireModel):
    """One rescue as it stood at `now`, by the database's clock: all that the desk looks at.

    `choice`: who would come to the place that counts (or the newest one named), while nobody holds
    the rescue. `stations`: every station named anywhere in it. `goes_on_for`: the rescues that were
    merged into it; what was told of them stands here, too.
    """

    now: datetime
    ticket: TicketOut
    car: CarSeenOut
    safety: str
    emergencies: list[EmergencyOut]
    places: list[DeskPlaceOut]
    answers: list[LinkAnswerOut]
    rating: RatingOut | None
    rescue: RescueOut
    choice: PreviewOut | None
    stations: list[StationSeenOut]
    owner_url: str
    goes_on_for: list[UUID]
