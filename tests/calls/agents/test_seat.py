"""Any order of what can happen to a seat: its strands never overlap, and nobody who is not ready
is ever rung. 10,000 orders by name (-m long), a cut of them here."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from callcenter.calls.agents import model
from callcenter.calls.agents.errors import SeatInContact, SeatMoveRefused, SeatNotReady
from callcenter.calls.agents.model import (
    MISSED,
    READY,
    SIGNED_OUT,
    Availability,
    AwayReason,
    Contact,
    Moment,
    Offer,
    Seat,
    Strand,
)

NOON = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
ME = UUID(int=1)
ONE_CALL, ANOTHER = UUID(int=2), UUID(int=3)
BREAK = Offer(Availability.AWAY, AwayReason.BREAK)
Move = Callable[[Seat, datetime], Seat]


def wishes(offer: Offer) -> Move:
    return lambda seat, now: model.wish_for(seat, offer, now)


def rings(call_id: UUID) -> Move:
    return lambda seat, now: model.offered(seat, call_id, now)


def taken(call_id: UUID) -> Move:
    return lambda seat, now: model.talks(seat, call_id, now)


MOVES: dict[str, Move] = {
    "wishes to be ready": wishes(READY),
    "wishes for a break": wishes(BREAK),
    "wishes to go home": wishes(SIGNED_OUT),
    "one rings": rings(ONE_CALL),
    "another rings": rings(ANOTHER),
    "takes one": taken(ONE_CALL),
    "takes another": taken(ANOTHER),
    "rings no more": model.released,
    "missed": model.missed,
    "hung up": model.hung_up,
    "wrapped up": model.wrapped_up,
    "browser lost": model.lost,
    "browser back": model.back,
}
ORDERS = st.lists(
    # Clocks of two transactions may be read in one order and act in the other.
    st.tuples(st.sampled_from(sorted(MOVES)), st.integers(-2, 30)),
    max_size=30,
)


def played(orders: list[tuple[str, int]]) -> list[Moment]:
    seat, now = model.taken(ME, READY, NOON), NOON
    began = model.moments(None, seat)
    for name, seconds in orders:
        now += timedelta(seconds=seconds)
        try:
            after = MOVES[name](seat, now)
        except (SeatInContact, SeatMoveRefused, SeatNotReady):
            continue
        if "rings" in name and name != "rings no more":
            assert seat.offer == READY, "rung while not ready"
            assert (seat.contact, seat.lost) == (Contact.NONE, False)
        began += model.moments(seat, after)
        seat = after
    return began


def overlapping(began: list[Moment]) -> list[tuple[Moment, Moment]]:
    """A beginning that lies before the one it ends."""
    strands = ([one for one in began if one.strand is strand] for strand in Strand)
    return [(a, b) for strand in strands for a, b in pairwise(strand) if b.since < a.since]


def check(orders: list[tuple[str, int]]) -> None:
    began = played(orders)
    assert overlapping(began) == []
    for strand in Strand:
        own = [one for one in began if one.strand is strand]
        said = [(one.what, one.reason, one.call_id, one.since) for one in own]
        assert all(a != b for a, b in pairwise(said)), "said twice"


@settings(max_examples=200)
@given(ORDERS)
def test_in_any_order_strands_follow_each_other_and_only_the_ready_are_rung(
    orders: list[tuple[str, int]],
):
    check(orders)


@pytest.mark.long
@settings(max_examples=10_000, derandomize=False)
@given(ORDERS)
def test_the_same_in_ten_thousand_orders(orders: list[tuple[str, int]]):
    check(orders)


@pytest.mark.xfail(strict=True, raises=AssertionError)
@settings(max_examples=200, report_multiple_bugs=False, phases=[Phase.generate])
@given(ORDERS)
def test_control_with_the_clock_as_it_was_read(orders: list[tuple[str, int]]):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "_after", lambda since, now: now)
        assert overlapping(played(orders)) == []


@pytest.mark.xfail(strict=True, raises=AssertionError)
@settings(max_examples=200, report_multiple_bugs=False, phases=[Phase.generate])
@given(ORDERS)
def test_control_with_the_three_things_as_one(orders: list[tuple[str, int]]):
    """Whoever is in no contact is rung, whatever he offers."""
    with pytest.MonkeyPatch.context() as patch:
        is_free = property(lambda seat: seat.contact is Contact.NONE)
        patch.setattr(Seat, "may_be_rung", is_free)
        played(orders)


def test_a_wish_waits_for_the_end_of_the_contact():
    now = NOON
    seat = model.talks(model.offered(model.taken(ME, READY, now), ONE_CALL, now), ONE_CALL, now)
    seat = model.wish_for(seat, BREAK, now)
    assert (seat.offer, seat.wish) == (READY, BREAK)
    seat = model.wrapped_up(model.hung_up(seat, now), now)
    assert (seat.offer, seat.wish, seat.contact) == (BREAK, None, Contact.NONE)


def test_who_misses_a_call_is_away_and_who_comes_back_is_as_he_was():
    seat = model.offered(model.taken(ME, READY, NOON), ONE_CALL, NOON)
    assert model.missed(seat, NOON).offer == MISSED
    gone = model.lost(model.taken(ME, BREAK, NOON), NOON)
    assert not gone.may_be_rung
    assert model.back(gone, NOON).offer == BREAK
