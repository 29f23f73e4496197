"""The results of one campaign, read at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.model import Arm, Way
from callcenter.outbound.results.model import (
    Count,
    Effect,
    EffectCost,
    Moments,
    Uplift,
    Verdict,
    effect_cost,
    standardised_difference,
    unlike,
    uplift,
    verdict,
)

SQL = load_queries(__file__)
MARKS = ("tier", "age", "visits")


@dataclass(frozen=True)
class EffectResult:
    """One effect: treated against this campaign's hold-out, and against the hold-out of all."""

    effect: Effect
    treated: Count
    held_out: Count
    held_out_of_all: Count
    uplift: Uplift | None
    uplift_of_all: Uplift | None
    verdict: Verdict
    cost: EffectCost | None


@dataclass(frozen=True)
class Results:
    """Of a campaign: `settled` members have had all their days. `differences`: how unlike the arms
    were before, by mark."""

    members: Mapping[Arm, int]
    settled: int
    cost: Decimal
    effects: Sequence[EffectResult]
    differences: Mapping[str, float]
    unlike: bool


async def results(tx: Tx, campaign: Campaign) -> Results:
    """Within the days that the campaign's plan names."""
    days = campaign.plan.within_days
    asked = {"campaign_id": campaign.id}
    arms = {row["arm"]: row for row in await SQL.effects(tx.connection, **asked, days=days)}
    said = await SQL.said(tx.connection, **asked)
    cost = sum(
        (campaign.plan.costs.get(Way(row["channel"]), Decimal(0)) * row["touches"] for row in said),
        Decimal(0),
    )
    marks = {row["arm"]: row for row in await SQL.marks(tx.connection, **asked)}
    differences = _differences(marks)
    smaller = min((row["members"] for row in marks.values()), default=0)
    return Results(
        members={arm: arms[arm]["members"] if arm in arms else 0 for arm in Arm},
        settled=sum(row["settled"] for row in arms.values()),
        cost=cost,
        effects=[_effect(effect, arms, cost) for effect in Effect],
        differences=differences,
        unlike=unlike(list(differences.values()), smaller),
    )


def _effect(effect: Effect, arms: Mapping[str, Any], cost: Decimal) -> EffectResult:
    treated, held_out, of_all = (_count(arms.get(arm), effect) for arm in Arm)
    found = uplift(treated, held_out) if treated.members and held_out.members else None
    told = verdict(treated, held_out)
    clear = found is not None and told is not Verdict.TOO_FEW
    return EffectResult(
        effect=effect,
        treated=treated,
        held_out=held_out,
        held_out_of_all=of_all,
        uplift=found,
        uplift_of_all=uplift(treated, of_all) if treated.members and of_all.members else None,
        verdict=told,
        cost=effect_cost(cost, treated.members, found) if found and clear else None,
    )


def _count(row: Any, effect: Effect) -> Count:
    return Count(row["members"], row[effect.value]) if row else Count(0, 0)


def _differences(marks: Mapping[str, Any]) -> dict[str, float]:
    treated, held_out = marks.get(Arm.TREATED), marks.get(Arm.HELD_OUT)
    if treated is None or held_out is None:
        return {}
    return {
        mark: standardised_difference(_moments(treated, mark), _moments(held_out, mark))
        for mark in MARKS
    }


def _moments(row: Any, mark: str) -> Moments:
    return Moments(row["members"], row[f"{mark}_mean"], row[f"{mark}_variance"])
