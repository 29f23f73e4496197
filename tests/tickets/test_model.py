"""The life lines, pair by pair, and the number that is told over the phone."""

from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.tickets.errors import MoveRefused
from callcenter.tickets.model import (
    Kind,
    Stage,
    Ticket,
    check_move,
    is_ticket_number,
    priority_of,
    ticket_number,
)

# Typed out by hand from the procedure, not derived from the table under test.
RESCUE_LINES = """
opened: dispatching handed_over resolved cancelled merged
dispatching: assigned handed_over resolved cancelled merged
assigned: en_route on_site dispatching handed_over cancelled merged
en_route: on_site dispatching handed_over cancelled merged
on_site: resolved dispatching handed_over cancelled merged
handed_over: dispatching resolved cancelled merged
resolved: closed opened
closed: opened
cancelled: opened
merged: opened
"""
DESK_LINES = """
opened: in_progress resolved cancelled
in_progress: resolved cancelled
resolved: closed in_progress
closed: in_progress
cancelled: in_progress
"""


def legal(lines: str) -> set[tuple[str, str]]:
    pairs = set()
    for line in lines.strip().splitlines():
        was, _, to = line.partition(": ")
        pairs |= {(was, stage) for stage in to.split()}
    return pairs


def ticket(kind: Kind, stage: Stage) -> Ticket:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Ticket(
        UUID(int=1), "1", kind, stage, 2, 0, False, False, False, None, None, None, None, "zh",
        None, "", {}, None, None, "staff:1", now, now, None, 1,
    )  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_every_pair_of_stages_is_either_in_the_book_or_refused(kind: Kind):
    book = legal(RESCUE_LINES if kind is Kind.RESCUE else DESK_LINES)
    for was, to in product(Stage, Stage):
        if (was.value, to.value) in book:
            check_move(ticket(kind, was), to)
        else:
            with pytest.raises(MoveRefused):
                check_move(ticket(kind, was), to)


def test_danger_comes_before_the_expressway_and_both_before_the_rest():
    assert [
        priority_of(danger=True, expressway=False),
        priority_of(danger=False, expressway=True),
        priority_of(danger=False, expressway=False),
    ] == [0, 1, 2]


@given(st.integers(100_000, 10**9), st.data())
def test_a_misheard_digit_or_two_swapped_ones_are_noticed(sequence: int, data: st.DataObject):
    number = ticket_number(sequence)
    assert is_ticket_number(number)
    at = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda d: d != number[at]))
    assert not is_ticket_number(number[:at] + other + number[at + 1 :])
    if at + 1 < len(number) and number[at] != number[at + 1]:
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert not is_ticket_number(swapped)
