"""Seats between the database and the model."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.calls.agents.errors import SeatMissing
from callcenter.calls.agents.model import (
    Availability,
    AwayReason,
    Contact,
    Moment,
    Offer,
    Profile,
    Seat,
    moments,
    profile_of,
)
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.staff.model import Role

SQL = load_queries(__file__)


async def take(tx: Tx, staff_id: UUID, offer: Offer) -> tuple[Seat, bool]:
    """The agent's seat, locked, and whether it is new."""
    row = await SQL.take_seat(
        tx.connection,
        staff_id=staff_id,
        availability=offer.availability.value,
        away_reason=offer.reason,
    )
    seat = seat_of(row)
    if row["is_new"]:
        await _keep_moments(tx, staff_id, moments(None, seat))
    return seat, row["is_new"]


async def lock(tx: Tx, staff_id: UUID) -> Seat:
    """The agent's seat; raises SeatMissing."""
    row = await SQL.lock_seat(tx.connection, staff_id=staff_id)
    if row is None:
        raise SeatMissing
    return seat_of(row)


async def lock_of_call(tx: Tx, call_id: UUID) -> Seat | None:
    """The seat that this call rings at or is talked at."""
    row = await SQL.lock_seat_of_call(tx.connection, call_id=call_id)
    return seat_of(row) if row else None


async def get(tx: Tx, staff_id: UUID) -> Seat:
    """As it is now; raises SeatMissing."""
    row = await SQL.get_seat(tx.connection, staff_id=staff_id)
    if row is None:
        raise SeatMissing
    return seat_of(row)


async def keep(tx: Tx, before: Seat, after: Seat) -> None:
    """The new state of a locked seat, and what began with it."""
    wish = after.wish
    await SQL.keep_seat(
        tx.connection,
        staff_id=after.staff_id,
        availability=after.offer.availability.value,
        away_reason=after.offer.reason,
        availability_since=after.availability_since,
        contact=after.contact.value,
        call_id=after.call_id,
        contact_since=after.contact_since,
        wish=wish.availability.value if wish else None,
        wish_reason=wish.reason if wish else None,
        wish_since=after.wish_since,
        lost=after.lost,
    )
    await _keep_moments(tx, after.staff_id, moments(before, after))


async def silent(tx: Tx, silence: timedelta) -> list[tuple[UUID, UUID | None]]:
    """Who has not been heard of for so long, and the call that rings at him or is talked."""
    rows = await SQL.silent_seats(tx.connection, silence=silence)
    return [(row["staff_id"], row["call_id"]) for row in rows]


async def lock_silent(tx: Tx, staff_id: UUID, silence: timedelta) -> Seat | None:
    """The seat, when it still has not been heard of."""
    row = await SQL.lock_silent_seat(tx.connection, staff_id=staff_id, silence=silence)
    return seat_of(row) if row else None


async def profile(tx: Tx, staff_id: UUID) -> Profile:
    """What was written down for him, or what his role takes."""
    return profile_in(await SQL.get_profile(tx.connection, staff_id=staff_id))


def profile_in(row: Any) -> Profile:
    """Of a row that holds the profile's columns, or nulls in their place, and the role."""
    if row["groups"] is None:
        return profile_of(Role(row["role"]))
    return Profile(*(frozenset(row[name]) for name in ("groups", "languages", "skills")))


def seat_of(row: Any) -> Seat:
    """A row of `seats`."""
    return Seat(
        staff_id=row["staff_id"],
        offer=_offer(row["availability"], row["away_reason"]),
        availability_since=row["availability_since"],
        contact=Contact(row["contact"]),
        call_id=row["call_id"],
        contact_since=row["contact_since"],
        wish=_offer(row["wish"], row["wish_reason"]) if row["wish"] else None,
        wish_since=row["wish_since"],
        lost=row["lost"],
    )


def _offer(availability: str, reason: str | None) -> Offer:
    return Offer(Availability(availability), AwayReason(reason) if reason else None)


async def _keep_moments(tx: Tx, staff_id: UUID, began: Sequence[Moment]) -> None:
    if not began:
        return
    await SQL.keep_moments(
        tx.connection,
        ids=[new_id() for _ in began],
        staff_ids=[staff_id] * len(began),
        strands=[one.strand.value for one in began],
        whats=[one.what for one in began],
        reasons=[one.reason.value if one.reason else None for one in began],
        call_ids=[one.call_id for one in began],
        sinces=[one.since for one in began],
    )
