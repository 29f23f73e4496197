"""Rules of the tiers, their preview, and why an owner has his tier, on the wire."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from callcenter.customers.tiers.model import (
    Measure,
    Standing,
    TierRule,
    TierRules,
    decided,
    deciding,
    reached,
)
from callcenter.customers.tiers.service import Move
from callcenter.web.wire import WireModel

MOST_RULES = 3


class Thresholds(WireModel):
    """At least so many cars that are not gone, visits and CNY in 12 months, whole years with us."""

    cars: Annotated[int, Field(ge=1, le=10_000)] | None = None
    visits: Annotated[int, Field(ge=1, le=10_000)] | None = None
    spend: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    years: Annotated[int, Field(ge=1, le=100)] | None = None


class TierRuleBody(WireModel):
    """Who reaches all (or any one) of these has the tier: 1 silver, 2 gold, 3 by invitation."""

    tier: Annotated[int, Field(ge=1, le=3)]
    needs: Literal["all", "any"]
    least: Thresholds

    @model_validator(mode="after")
    def _has_a_threshold(self) -> Self:
        if not self.least.model_dump(exclude_none=True):
            raise ValueError("a rule needs a threshold")
        return self


class TierRulesBody(WireModel):
    """The rules, one for a tier at most; who meets none is an ordinary owner."""

    rules: list[TierRuleBody] = Field(max_length=MOST_RULES)

    @model_validator(mode="after")
    def _one_for_a_tier(self) -> Self:
        if len({rule.tier for rule in self.rules}) < len(self.rules):
            raise ValueError("each tier has one rule")
        return self

    def as_rules(self) -> list[TierRule]:
        """As the model has them."""
        return [
            TierRule(
                tier=rule.tier,
                needs_all=rule.needs == "all",
                thresholds={
                    Measure(name): least
                    for name, least in rule.least.model_dump(exclude_none=True).items()
                },
            )
            for rule in self.rules
        ]


class TierRulesOut(WireModel):
    """The rules that count; version 0 before there are any. `changed`: owners, when they were
    last applied to all."""

    version: int
    rules: list[TierRuleBody]
    made_by_name: str | None
    made_at: datetime | None
    applied_at: datetime | None
    changed: int | None


class TierMove(WireModel):
    """So many owners would go from one tier to another."""

    was: int
    tier: int
    owners: int


class TierPreview(WireModel):
    """What the rules would change. `now` and `then`: owners by tier, from 0 to 3; `by_person`:
    owners who stay where they are because a person has set their tier."""

    owners: int
    changed: int
    by_person: int
    moves: list[TierMove]
    now: list[int]
    then: list[int]


class TierOut(WireModel):
    """Why an owner has his tier. `by_rules`: what the rules give; `because`: the thresholds of
    that rule that he has reached."""

    tier: int
    set_by: Literal["person", "rule"]
    by_rules: int
    because: list[Measure]
    cars: int
    visits: int
    spend: float
    years: int


def rules_out(rules: TierRules, made_by_name: str | None) -> TierRulesOut:
    """The rules on the wire."""
    bodies = [
        TierRuleBody(
            tier=rule.tier,
            needs="all" if rule.needs_all else "any",
            least=Thresholds(**{name.value: n for name, n in rule.thresholds.items()}),
        )
        for rule in rules.rules
    ]
    return TierRulesOut(
        version=rules.version,
        rules=bodies,
        made_by_name=made_by_name,
        made_at=rules.made_at,
        applied_at=rules.applied_at,
        changed=rules.changed,
    )


def preview_out(moves: Sequence[Move]) -> TierPreview:
    """The counts of a preview."""
    now, then = Counter[int](), Counter[int]()
    for one in moves:
        now[one.was] += one.owners
        then[one.was if one.by_person else one.tier] += one.owners
    changing = [one for one in moves if not one.by_person and one.was != one.tier]
    return TierPreview(
        owners=now.total(),
        changed=sum(one.owners for one in changing),
        by_person=sum(one.owners for one in moves if one.by_person),
        moves=[TierMove(was=one.was, tier=one.tier, owners=one.owners) for one in changing],
        now=[now[tier] for tier in range(4)],
        then=[then[tier] for tier in range(4)],
    )


def tier_out(rules: TierRules, standing: Standing) -> TierOut:
    """An owner's tier with its reason."""
    rule = deciding(rules.rules, standing)
    return TierOut(
        tier=standing.tier,
        set_by="person" if standing.tier_set_by == "person" else "rule",
        by_rules=decided(rules.rules, standing),
        because=reached(rule, standing) if rule else [],
        cars=standing.cars,
        visits=standing.visits,
        spend=float(standing.spend),
        years=standing.years,
    )
