"""The results of one campaign, read at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from callcenter.db.patient import Patient
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import ABOUT_CARS, Campaign
from callcenter.outbound.campaigns.plan import Plan
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
    """Of a campaign, its members being owners, each in his first run: `settled` of them have had
    all their days, the last of them has by `final_on`. `cost`: CNY of all that was said;
    `cost_counted`: of what may have had a part in the effects. `differences`: how unlike the arms
    were before, by mark."""

    members: Mapping[Arm, int]
    settled: int
    final_on: datetime | None
    cost: Decimal
    cost_counted: Decimal
    effects: Sequence[EffectResult]
    differences: Mapping[str, float]
    unlike: bool


async def results(tx: Tx, campaign: Campaign) -> Results:
    """Within the days that the campaign's plan names, behind each owner's first run.

    The first alone: into a later one come the held out who have not come by themselves yet, each
    time anew, and of those spoken to only whom the first has not moved. Counted run by run, the
    same bookings would stand in several runs of one arm and in one of the other.
    """
    about = {
        "campaign_id": campaign.id,
        "days": campaign.plan.within_days,
        "by_car": campaign.kind in ABOUT_CARS,
    }
    patient = Patient(tx.connection)
    arms = {row["arm"]: row for row in await SQL.effects(patient, **about, good=GOOD)}
    said = await SQL.said(patient, **about)
    cost, counted = (_cost(campaign.plan, said, which) for which in ("touches", "counted"))
    rows = await SQL.marks(patient, campaign_id=campaign.id)
    marks = {row["arm"]: row for row in rows}
    differences = _differences(marks)
    smaller = min((row["members"] for row in marks.values()), default=0)
    return Results(
        members={arm: arms[arm]["members"] if arm in arms else 0 for arm in Arm},
        settled=sum(row["settled"] for row in arms.values()),
        final_on=max((row["final_on"] for row in arms.values()), default=None),
        cost=cost,
        cost_counted=counted,
        effects=[_effect(effect, arms, counted) for effect in Effect],
        differences=differences,
        unlike=unlike(list(differences.values()), smaller),
    )


def _cost(plan: Plan, said: Sequence[Any], which: str) -> Decimal:
    each = (plan.costs.get(Way(row["channel"]), Decimal(0)) * row[which] for row in said)
    return sum(each, Decimal(0))


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
