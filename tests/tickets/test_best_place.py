"""Of several doubtful places the best one known is sent to, and never one where nobody can be."""

from dataclasses import dataclass

import pytest

from callcenter.tickets.best_place import best_of, is_better, may_count_at_once


@dataclass(frozen=True)
class Named:
    doubts: tuple[str, ...] = ()
    accuracy_m: float | None = None


EXACT = Named((), 12)
COARSE = Named(("fix_too_coarse",), 900)
COARSER = Named(("fix_too_coarse",), 2500)
OLD_AND_COARSE = Named(("fix_too_old", "fix_too_coarse"), 300)
ABROAD = Named(("abroad",), 5)
AT_SEA = Named(("at_sea",), 5)


@pytest.mark.parametrize(
    ("one", "other", "better"),
    [
        (EXACT, COARSE, True),
        (COARSE, COARSER, True),
        (COARSER, COARSE, False),
        (COARSE, Named(("fix_too_coarse",), 1200), False),
        (COARSE, OLD_AND_COARSE, True),
        (OLD_AND_COARSE, COARSE, False),
        (COARSE, COARSE, False),
        (Named(("datum_unknown",), None), COARSER, True),
    ],
)
def test_clearly_better(one: Named, other: Named, better: bool):
    assert is_better(one, other) is better


@pytest.mark.parametrize(
    ("named", "best"),
    [
        ([], None),
        ([ABROAD], None),
        ([ABROAD, COARSER], COARSER),
        ([COARSER, COARSE, OLD_AND_COARSE], COARSE),
        ([AT_SEA], AT_SEA),
    ],
    ids=["nothing", "abroad", "abroad and here", "three", "a bridge"],
)
def test_the_best_one_known(named: list[Named], best: Named | None):
    assert best_of(named) == best


def test_of_equals_the_newest():
    first, second = Named(("fix_too_coarse",), 500), Named(("fix_too_coarse",), 501)
    assert best_of([first, second]) is second


def test_nobody_is_sent_abroad_or_nowhere_unasked():
    assert not may_count_at_once(["abroad"])
    assert not may_count_at_once(["fix_too_old", "nowhere"])
    assert may_count_at_once(["fix_too_old"])
