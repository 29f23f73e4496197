"""The results of one campaign, read at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.model import Arm, Way
from callcenter.outbound.results.compared import Compared, compared, count_of
from callcenter.outbound.results.model import (
    GOOD,
    Count,
    Effect,
    Moments,
    Uplift,
    standardised_difference,
    unlike,
    uplift,
)

SQL = load_queries(__file__)
MARKS = ("tier", "age", "visits")


@dataclass(frozen=True)
class EffectResult(Compared):
    """One effect: treated against this campaign's hold-out, and against the hold-out of all."""

    held_out_of_all: Count
    uplift_of_all: Uplift | None


@dataclass(frozen=True)
class Results:
    """Of a campaign: `settled` members have had all their days, the last of them has by `final_on`.
    `differences`: how unlike the arms were before, by mark."""

    members: Mapping[Arm, int]
    settled: int
    final_on: datetime | None
    cost: Decimal
    effects: Sequence[EffectResult]
    differences: Mapping[str, float]
    unlike: bool


async def results(tx: Tx, campaign: Campaign) -> Results:
    """Within the days that the campaign's plan names."""
    days = campaign.plan.within_days
    asked = {"campaign_id": campaign.id}
    arms = {
        row["arm"]: row for row in await SQL.effects(tx.connection, **asked, days=days, good=GOOD)
    }
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
        final_on=max((row["final_on"] for row in arms.values()), default=None),
        cost=cost,
        effects=[_effect(effect, arms, cost) for effect in Effect],
        differences=differences,
        unlike=unlike(list(differences.values()), smaller),
    )


def _effect(effect: Effect, arms: Mapping[str, Any], cost: Decimal) -> EffectResult:
    drawn = arms.get(Arm.HELD_OUT)
    treated, held_out, of_all = (count_of(arms.get(arm), effect) for arm in Arm)
    found = compared(effect, treated, held_out, cost, drawn["members"] if drawn else 0)
    return EffectResult(
        **vars(found),
        held_out_of_all=of_all,
        uplift_of_all=uplift(treated, of_all) if treated.members and of_all.members else None,
    )


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
