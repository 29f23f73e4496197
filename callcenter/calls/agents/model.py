"""A seat and the moves of its three strands. Pure: `now` is an argument.

Availability is what the agent offers, the contact what he is in, the wish what he will be when the
contact is over. One field for all three is where calls go to absent agents.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.calls.agents.errors import SeatInContact, SeatMoveRefused, SeatNotReady
from callcenter.staff.model import Role


class Availability(StrEnum):
    """What an agent offers to the queue."""

    READY = "ready"
    AWAY = "away"
    SIGNED_OUT = "signed_out"


class AwayReason(StrEnum):
    """Why nobody is put through; `missed`: a call rang and was not taken."""

    BREAK = "break"
    MEAL = "meal"
    TRAINING = "training"
    MEETING = "meeting"
    DESK_WORK = "desk_work"
    MISSED = "missed"
    OTHER = "other"


class Contact(StrEnum):
    """none -> offered -> talking -> wrap_up -> none."""

    NONE = "none"
    OFFERED = "offered"
    TALKING = "talking"
    WRAP_UP = "wrap_up"


class Strand(StrEnum):
    """Which of the three things began."""

    AVAILABILITY = "availability"
    CONTACT = "contact"
    WISH = "wish"


LOST = "lost"
"""Beginning in the strand of availability: the browser is gone; what he offered is kept."""

NOTHING = "none"
"""Beginning in the strand of wishes: there is none any more."""


@dataclass(frozen=True)
class Offer:
    """What an agent offers, and why not when he is away."""

    availability: Availability
    reason: AwayReason | None = None

    def __post_init__(self) -> None:
        if (self.availability is Availability.AWAY) != (self.reason is not None):
            raise ValueError("a reason belongs to being away, and to nothing else")


READY = Offer(Availability.READY)
MISSED = Offer(Availability.AWAY, AwayReason.MISSED)
SIGNED_OUT = Offer(Availability.SIGNED_OUT)


@dataclass(frozen=True)
class Seat:
    """One row of `seats`: an agent as he is now, and since when each strand is so."""

    staff_id: UUID
    offer: Offer
    availability_since: datetime
    contact: Contact
    call_id: UUID | None
    contact_since: datetime
    wish: Offer | None
    wish_since: datetime
    lost: bool

    @property
    def may_be_rung(self) -> bool:
        """Ready, here, and in no contact."""
        return self.offer == READY and not self.lost and self.contact is Contact.NONE


@dataclass(frozen=True)
class Moment:
    """A beginning; the next one of its strand ends it."""

    strand: Strand
    what: str
    reason: AwayReason | None
    call_id: UUID | None
    since: datetime


@dataclass(frozen=True)
class Profile:
    """Which calls an agent can take."""

    groups: frozenset[str]
    languages: frozenset[str]
    skills: frozenset[str]


CALLS = frozenset({"rescue", "complaint", "technical", "desk"})
GROUPS = {
    Role.AGENT: CALLS,
    Role.SUPERVISOR: CALLS,
    Role.EXPERT: frozenset({"expert"}),
}


def profile_of(role: Role) -> Profile:
    """Of one for whom nothing was written down."""
    return Profile(GROUPS.get(role, frozenset()), frozenset({"zh"}), frozenset())


def taken(staff_id: UUID, offer: Offer, now: datetime) -> Seat:
    """A new seat, without a contact."""
    return Seat(staff_id, offer, now, Contact.NONE, None, now, None, now, lost=False)


def wish_for(seat: Seat, offer: Offer, now: datetime) -> Seat:
    """At once without a contact, else when it is over.

    A call that rings at him has to go to another first, by `released`. Raises SeatInContact.
    """
    if seat.contact is Contact.OFFERED:
        raise SeatInContact
    if seat.contact is Contact.NONE:
        return _no_wish(_offering(seat, offer, now), now)
    return replace(seat, wish=offer, wish_since=_after(seat.wish_since, now))


def offered(seat: Seat, call_id: UUID, now: datetime) -> Seat:
    """The call rings at this seat; raises SeatNotReady."""
    if not seat.may_be_rung:
        raise SeatNotReady
    return _in_contact(seat, Contact.OFFERED, call_id, now)


def talks(seat: Seat, call_id: UUID, now: datetime) -> Seat:
    """He has picked up: what rang at him, or a call he reached for himself without being rung.

    Raises SeatMoveRefused while he is in another contact.
    """
    reached_for = seat.contact is Contact.NONE and seat.offer != SIGNED_OUT
    if not reached_for and (seat.contact, seat.call_id) != (Contact.OFFERED, call_id):
        raise SeatMoveRefused(contact=seat.contact.value)
    return _in_contact(seat, Contact.TALKING, call_id, now)


def released(seat: Seat, now: datetime) -> Seat:
    """The contact is over with nothing to write up: it rings no more, or nobody was reached."""
    if seat.contact not in (Contact.OFFERED, Contact.TALKING):
        raise SeatMoveRefused(contact=seat.contact.value)
    return _free(seat, now)


def missed(seat: Seat, now: datetime) -> Seat:
    """It rang to the end. Nobody is rung twice who is not there."""
    _must_be(seat, Contact.OFFERED)
    return _offering(_free(seat, now), MISSED, now)


def hung_up(seat: Seat, now: datetime) -> Seat:
    """The talk is over; what is left is to write it up."""
    _must_be(seat, Contact.TALKING)
    return _in_contact(seat, Contact.WRAP_UP, seat.call_id, now)


def wrapped_up(seat: Seat, now: datetime) -> Seat:
    """Written up: what he wished for begins."""
    _must_be(seat, Contact.WRAP_UP)
    return _free(seat, now)


def lost(seat: Seat, now: datetime) -> Seat:
    """His browser is gone: nothing more is put through. A talk goes on by the telephone."""
    return replace(seat, lost=True, availability_since=_after(seat.availability_since, now))


def back(seat: Seat, now: datetime) -> Seat:
    """Here again, with all as it was."""
    return replace(seat, lost=False, availability_since=_after(seat.availability_since, now))


def moments(before: Seat | None, after: Seat) -> list[Moment]:
    """What began between the two."""
    strands = ((s, _now_in(before, s) if before else None, _now_in(after, s)) for s in Strand)
    return [new for strand, old, new in strands if new != old and (before or strand != Strand.WISH)]


def _now_in(seat: Seat, strand: Strand) -> Moment:
    if strand is Strand.CONTACT:
        return Moment(strand, seat.contact.value, None, seat.call_id, seat.contact_since)
    if strand is Strand.WISH:
        wish = seat.wish
        what, reason = (wish.availability.value, wish.reason) if wish else (NOTHING, None)
        return Moment(strand, what, reason, None, seat.wish_since)
    if seat.lost:
        return Moment(strand, LOST, None, None, seat.availability_since)
    what = seat.offer.availability.value
    return Moment(strand, what, seat.offer.reason, None, seat.availability_since)


def _after(since: datetime, now: datetime) -> datetime:
    """Two transactions may read their clocks in one order and lock the seat in the other: then
    what went between is of no length, and still nothing overlaps."""
    return max(since, now)


def _must_be(seat: Seat, contact: Contact) -> None:
    if seat.contact is not contact:
        raise SeatMoveRefused(contact=seat.contact.value)


def _free(seat: Seat, now: datetime) -> Seat:
    free = _in_contact(seat, Contact.NONE, None, now)
    return free if free.wish is None else _no_wish(_offering(free, free.wish, now), now)


def _offering(seat: Seat, offer: Offer, now: datetime) -> Seat:
    if seat.offer == offer:
        return seat
    return replace(seat, offer=offer, availability_since=_after(seat.availability_since, now))


def _in_contact(seat: Seat, contact: Contact, call_id: UUID | None, now: datetime) -> Seat:
    since = _after(seat.contact_since, now)
    return replace(seat, contact=contact, call_id=call_id, contact_since=since)


def _no_wish(seat: Seat, now: datetime) -> Seat:
    if seat.wish is None:
        return seat
    return replace(seat, wish=None, wish_since=_after(seat.wish_since, now))
