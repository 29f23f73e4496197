"""Results of a campaign on the wire. Rates and their differences are shares, 0 to 1."""

from math import isfinite
from typing import Annotated, Any

from pydantic import Field

from callcenter.outbound.results.compared import Compared
from callcenter.outbound.results.model import Count, Effect, EffectCost, Uplift, Verdict
from callcenter.outbound.results.of_all import ResultsOfAll
from callcenter.outbound.results.service import EffectResult, Results
from callcenter.outbound.results.words import effect_words
from callcenter.web.wire import Moment, QueryModel, WireModel


class ArmCount(WireModel):
    """Members of an arm and how many of them with the effect."""

    members: int
    effects: int
    rate: float


class UpliftOut(WireModel):
    """The treated's rate less the other's, with its 95 % interval."""

    value: float
    low: float
    high: float


class EffectCostOut(WireModel):
    """Money for one effect more, CNY, with its 95 % interval; `high` is null when there may have
    been none more."""

    value: str
    low: str
    high: str | None


class MissingOut(WireModel):
    """How many more are needed of those spoken to, of those held out, and with the effect, before
    anything may be said; for satisfaction, of those who have said how it was."""

    treated: int
    held_out: int
    effects: int


class ComparedOut(WireModel):
    """One effect, by the arm each was drawn into. `verdict`: more, fewer, not_clear, too_few,
    no_hold_out; `words` says it. Of `satisfied` the members are those who have said, by stars or in
    a survey, how it was."""

    effect: Effect
    treated: ArmCount
    held_out: ArmCount
    uplift: UpliftOut | None
    verdict: Verdict
    missing: MissingOut
    words: str
    cost_per_effect: EffectCostOut | None


class EffectResultOut(ComparedOut):
    """The same of a campaign, against those held out of all campaigns, too."""

    held_out_of_all: ArmCount
    uplift_of_all: UpliftOut | None


class ResultsOut(WireModel):
    """What came of a campaign within `within_days` of each owner's first run in it: however often
    it runs, he is one member. `settled` members have had all these days, the last of them has by
    `final_on`. `cost` in CNY is that of all that was said; `cost_counted` that of what was said to
    members in runs that began within their days, of which `cost_per_effect` is reckoned.
    `unlike`: the arms differed before by more than chance leaves, so that the difference may not be
    the campaign's; `differences` in standard deviations, null where one cannot be told."""

    within_days: int
    members: dict[str, int]
    settled: int
    final_on: Moment | None
    cost: str
    cost_counted: str
    effects: list[EffectResultOut]
    differences: dict[str, float | None]
    unlike: bool


class ResultsOfAllQuery(QueryModel):
    """The last so many days."""

    days: Annotated[int, Field(ge=1, le=730)] = 365


class ResultsOfAllOut(WireModel):
    """All owners: those to whom no campaign speaks, but about safety and their own tickets, against
    the others. `since`: the first run within the days asked for; null: none has begun, and nothing
    is compared. `cost` in CNY is that of all that `campaigns` have said since."""

    since: Moment | None
    campaigns: int
    treated: int
    held_out: int
    cost: str
    effects: list[ComparedOut]


def results_out(found: Results, within_days: int, language: str) -> ResultsOut:
    """In this language."""
    return ResultsOut(
        within_days=within_days,
        members={arm.value: many for arm, many in found.members.items()},
        settled=found.settled,
        final_on=found.final_on,
        cost=f"{found.cost:.2f}",
        cost_counted=f"{found.cost_counted:.2f}",
        effects=[_effect_out(one, language) for one in found.effects],
        differences={
            mark: off if isfinite(off) else None for mark, off in found.differences.items()
        },
        unlike=found.unlike,
    )


def results_of_all_out(found: ResultsOfAll, language: str) -> ResultsOfAllOut:
    """In this language."""
    return ResultsOfAllOut(
        since=found.since,
        campaigns=found.campaigns,
        treated=found.treated,
        held_out=found.held_out,
        cost=f"{found.cost:.2f}",
        effects=[ComparedOut(**_compared(one, language)) for one in found.effects],
    )


def _effect_out(one: EffectResult, language: str) -> EffectResultOut:
    return EffectResultOut(
        **_compared(one, language),
        held_out_of_all=_count_out(one.held_out_of_all),
        uplift_of_all=_uplift_out(one.uplift_of_all),
    )


def _compared(one: Compared, language: str) -> dict[str, Any]:
    return {
        "effect": one.effect,
        "treated": _count_out(one.treated),
        "held_out": _count_out(one.held_out),
        "uplift": _uplift_out(one.uplift),
        "verdict": one.verdict,
        "missing": MissingOut(**vars(one.missing)),
        "words": effect_words(language, one),
        "cost_per_effect": _cost_out(one.cost),
    }


def _cost_out(cost: EffectCost | None) -> EffectCostOut | None:
    if cost is None:
        return None
    high = None if cost.high is None else str(cost.high)
    return EffectCostOut(value=str(cost.value), low=str(cost.low), high=high)


def _count_out(count: Count) -> ArmCount:
    return ArmCount(members=count.members, effects=count.effects, rate=count.rate)


def _uplift_out(found: Uplift | None) -> UpliftOut | None:
    return None if found is None else UpliftOut(value=found.value, low=found.low, high=found.high)
