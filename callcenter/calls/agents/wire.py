"""What seats and profiles look like on the wire."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from callcenter.calls.agents.errors import AwayWithoutReason
from callcenter.calls.agents.model import Availability, AwayReason, Contact, Offer, Profile, Seat
from callcenter.calls.model import Disposition
from callcenter.web.wire import Moment, QueryModel, WireModel

Skill = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9_]+$")]
GroupName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9_]+$")]


class SeatWish(WireModel):
    """What the agent offers from now on, or when his contact is over; away with its reason."""

    availability: Availability
    reason: AwayReason | None = None

    def offer(self) -> Offer:
        """Raises AwayWithoutReason."""
        if (self.availability is Availability.AWAY) != (self.reason is not None):
            raise AwayWithoutReason
        return Offer(self.availability, self.reason)


class PassingOn(WireModel):
    """Why the call goes to another; the agent is away for it."""

    reason: AwayReason


class WrapUp(WireModel):
    """What came of the call."""

    disposition: Disposition
    note: Annotated[str, Field(max_length=2000)] | None = None


class SeatOut(WireModel):
    """An agent at the hotline: availability, current contact, next wish, and since when each is so.

    `lost`: the browser is gone; nothing is put through until it is back.
    """

    staff_id: UUID
    availability: Availability
    away_reason: AwayReason | None
    availability_since: Moment
    contact: Contact
    call_id: UUID | None
    contact_since: Moment
    wish: Availability | None
    wish_reason: AwayReason | None
    lost: bool

    @classmethod
    def of(cls, seat: Seat) -> Self:
        """As the model has it."""
        return cls(**seat_fields(seat))


def seat_fields(seat: Seat) -> dict[str, Any]:
    """The fields of SeatOut."""
    return {
        "staff_id": seat.staff_id,
        "availability": seat.offer.availability,
        "away_reason": seat.offer.reason,
        "availability_since": seat.availability_since,
        "contact": seat.contact,
        "call_id": seat.call_id,
        "contact_since": seat.contact_since,
        "wish": seat.wish.availability if seat.wish else None,
        "wish_reason": seat.wish.reason if seat.wish else None,
        "lost": seat.lost,
    }


class ProfileFields(WireModel):
    """Which calls an agent takes: of which groups, in which languages, with which skills."""

    groups: Annotated[list[GroupName], Field(max_length=20)]
    languages: Annotated[list[Literal["zh", "en"]], Field(min_length=1, max_length=2)]
    skills: Annotated[list[Skill], Field(default_factory=list, max_length=50)]

    def profile(self) -> Profile:
        """As the model has it."""
        return Profile(frozenset(self.groups), frozenset(self.languages), frozenset(self.skills))


def profile_fields(profile: Profile) -> dict[str, Any]:
    """The fields of ProfileFields."""
    names = ("groups", "languages", "skills")
    return {name: sorted(getattr(profile, name)) for name in names}


class AgentOut(SeatOut):
    """A seat with its agent: the name, and which calls he takes."""

    name: str
    groups: list[str]
    languages: list[str]
    skills: list[str]


class Agents(WireModel):
    """Everybody at the hotline now, by name."""

    items: list[AgentOut]


class AgentPath(QueryModel):
    """The colleague in the address."""

    staff_id: UUID
