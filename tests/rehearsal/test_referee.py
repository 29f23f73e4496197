"""What the referee counts, and what it must not count. Pure."""

import pytest

from callcenter.rehearsal.referee import GRACE_S, LATE_S, Referee
from callcenter.rehearsal.tally import Tally


def referee_with_offer(deadline: float = 100.0) -> Referee:
    referee = Referee()
    referee.offer_open("o", deadline)
    return referee


@pytest.mark.parametrize("asked_at", [99.0, 100.0 + LATE_S])
def test_a_yes_that_was_sent_in_time_is_in_time_however_slow_the_answer(asked_at: float):
    referee = referee_with_offer()
    referee.accepted("o", asked_at)
    assert referee.is_content


def test_a_yes_that_was_sent_too_late_and_counted_is_a_broken_invariant():
    referee = referee_with_offer()
    # The feed has told its end already: the offer is not looked at any more.
    referee.offer_ended("o")
    referee.accepted("o", 101.0)
    assert referee.overdue_offers == 1
    assert not referee.is_content


def test_an_offer_that_is_open_behind_its_deadline_is_overdue_once():
    referee = referee_with_offer()
    assert referee.due_for_a_look(100.0 + GRACE_S) == []
    assert referee.due_for_a_look(100.1 + GRACE_S) == ["o"]
    assert referee.due_for_a_look(200.0) == []
    referee.found_late("o", "offered")
    referee.accepted("o", 103.0)
    assert referee.overdue_offers == 1


def test_an_offer_whose_end_was_told_is_not_looked_at():
    referee = referee_with_offer()
    referee.offer_ended("o")
    assert referee.due_for_a_look(200.0) == []


def test_two_holders_at_one_time_are_counted_one_after_the_other_is_not():
    referee = Referee()
    referee.holds("t", "s1", "d1")
    referee.lets_go("t", "s1")
    referee.holds("t", "s2", "d2")
    assert referee.is_content
    referee.holds("t", "s1", "d3")
    assert referee.double_held == 1


def test_another_number_and_a_dispatch_that_is_not_there_are_lost():
    referee = Referee()
    for ticket_id in ("t1", "t2", "t3"):
        referee.ticket_acknowledged(ticket_id, "R-1")
    referee.read_back("t1", "R-1")
    referee.read_back("t2", "R-2")
    referee.read_back("t3", None)
    referee.dispatch_read_back(found=False)
    assert referee.lost == 3


def test_a_tally_in_which_nothing_closed_is_not_complete():
    tally = Tally(1)
    assert not tally.is_complete
    tally.counts["closed"] = 1
    assert tally.is_complete
    tally.missed.append("an offer")
    assert not tally.is_complete


def test_a_few_may_wait_but_most_must_close():
    tally = Tally(20)
    tally.counts["closed"] = 17
    assert tally.counts_enough
    tally.counts["closed"] = 16
    assert not tally.counts_enough
    tally.counts["closed"] = 20
    tally.broken_off = True
    assert not tally.counts_enough
