"""A part of the simulated days of benchmarks/pacing.py: the cap holds, and agents are busier."""

import random
from dataclasses import replace

import pytest

from benchmarks.pacing_day import Day, Play, Rule
from benchmarks.pacing_rules import Ours, Progressive, Vicidial
from benchmarks.pacing_scenarios import drift, log_out, shock
from callcenter.outbound.dialling.pacing import TUNING, Budget

HOURS = 3.0


def played(scenario: object, agents: int, rule: Rule, seed: int) -> Day:
    chance = random.Random(seed)
    return Play(scenario(agents, chance), rule, chance, HOURS).run()  # type: ignore[operator]


@pytest.mark.parametrize("scenario", [drift, shock, log_out])
def test_busier_than_progressive_within_the_cap(scenario: object) -> None:
    ours = played(scenario, 20, Ours(), 7)
    assert ours.abandoned_share <= 0.03
    assert ours.busy_share >= played(scenario, 20, Progressive(), 7).busy_share + 0.05


def test_busier_than_the_published_rule_with_fewer_abandoned() -> None:
    ours, theirs = played(drift, 20, Ours(), 8), played(drift, 20, Vicidial(), 8)
    assert ours.busy_share > theirs.busy_share + 0.05
    assert ours.abandoned_share < theirs.abandoned_share


def test_five_agents_are_paced_progressively() -> None:
    ours, one_each = played(shock, 5, Ours(), 9), played(shock, 5, Progressive(), 9)
    assert (ours.abandoned, ours.busy_share) == (one_each.abandoned, one_each.busy_share)


def test_the_budget_stops_what_is_steered_too_high() -> None:
    """Whatever a single look ahead may lose: beyond the cap each owner has an agent of his own."""
    careless = replace(TUNING, aim=8.0, least_margin=-1e9)
    assert played(drift, 20, Ours(tuning=careless), 7).abandoned_share <= 0.03


@pytest.mark.xfail(strict=True, raises=AssertionError)
def test_without_a_budget_the_cap_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Budget, "is_spent", property(lambda _: False))
    test_the_budget_stops_what_is_steered_too_high()
