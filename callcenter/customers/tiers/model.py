"""Rules of the tiers, and what they come to for one owner. Pure.

`decided` says the same as the statement that decides about all owners at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

ORDINARY = 0


class Measure(StrEnum):
    """What a threshold is about: cars that are not gone, visits and CNY spent in 12 months, whole
    years with us."""

    CARS = "cars"
    VISITS = "visits"
    SPEND = "spend"
    YEARS = "years"


@dataclass(frozen=True)
class Standing:
    """One row of `owner_standing`."""

    tier: int
    tier_set_by: str
    cars: int
    visits: int
    spend: Decimal
    years: int


@dataclass(frozen=True)
class TierRule:
    """Whoever reaches the thresholds has the tier: all of them, or any one."""

    tier: int
    needs_all: bool
    thresholds: Mapping[Measure, int]


@dataclass(frozen=True)
class TierRules:
    """One row of `tier_rules`; version 0 is before anybody has made any."""

    version: int
    rules: tuple[TierRule, ...]
    made_by: str
    made_at: datetime | None
    applied_at: datetime | None
    changed: int | None


NO_RULES = TierRules(0, (), "", None, None, None)


def reached(rule: TierRule, standing: Standing) -> list[Measure]:
    """The thresholds of the rule that he has reached."""
    needed = [measure for measure in Measure if measure in rule.thresholds]
    return [one for one in needed if getattr(standing, one) >= rule.thresholds[one]]


def is_met(rule: TierRule, standing: Standing) -> bool:
    """Whether the rule gives him its tier; one without thresholds gives it to nobody."""
    count = len(reached(rule, standing))
    return count > 0 and (not rule.needs_all or count == len(rule.thresholds))


def deciding(rules: Sequence[TierRule], standing: Standing) -> TierRule | None:
    """The rule of the highest tier among those that are met, None for an ordinary owner."""
    met = [rule for rule in rules if is_met(rule, standing)]
    return max(met, key=lambda rule: rule.tier, default=None)


def decided(rules: Sequence[TierRule], standing: Standing) -> int:
    """The tier by these rules, whatever a person has set."""
    rule = deciding(rules, standing)
    return rule.tier if rule else ORDINARY
