"""Results of a campaign on the wire. Rates and their differences are shares, 0 to 1."""

from math import isfinite

from callcenter.outbound.results.model import Count, Effect, Uplift, Verdict
from callcenter.outbound.results.service import EffectResult, Results
from callcenter.outbound.results.words import effect_words
from callcenter.web.wire import WireModel


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


class EffectResultOut(WireModel):
    """One effect, by the arm each member was drawn into. `verdict`: more, fewer, not_clear,
    too_few, no_hold_out; `words` says it."""

    effect: Effect
    treated: ArmCount
    held_out: ArmCount
    held_out_of_all: ArmCount
    uplift: UpliftOut | None
    uplift_of_all: UpliftOut | None
    verdict: Verdict
    words: str
    cost_per_effect: EffectCostOut | None


class ResultsOut(WireModel):
    """What came of a campaign within `within_days` of each member's run. `settled` members have had
    all these days; `cost` in CNY is that of what was said. `unlike`: the arms differed before by
    more than chance leaves, so that the difference may not be the campaign's; `differences` in
    standard deviations, null where one cannot be told."""

    within_days: int
    members: dict[str, int]
    settled: int
    cost: str
    effects: list[EffectResultOut]
    differences: dict[str, float | None]
    unlike: bool


def results_out(found: Results, within_days: int, language: str) -> ResultsOut:
    """In this language."""
    return ResultsOut(
        within_days=within_days,
        members={arm.value: many for arm, many in found.members.items()},
        settled=found.settled,
        cost=f"{found.cost:.2f}",
        effects=[_effect_out(one, language) for one in found.effects],
        differences={
            mark: off if isfinite(off) else None for mark, off in found.differences.items()
        },
        unlike=found.unlike,
    )


def _effect_out(one: EffectResult, language: str) -> EffectResultOut:
    cost = one.cost
    return EffectResultOut(
        effect=one.effect,
        treated=_count_out(one.treated),
        held_out=_count_out(one.held_out),
        held_out_of_all=_count_out(one.held_out_of_all),
        uplift=_uplift_out(one.uplift),
        uplift_of_all=_uplift_out(one.uplift_of_all),
        verdict=one.verdict,
        words=effect_words(language, one),
        cost_per_effect=None
        if cost is None
        else EffectCostOut(
            value=str(cost.value),
            low=str(cost.low),
            high=None if cost.high is None else str(cost.high),
        ),
    )


def _count_out(count: Count) -> ArmCount:
    return ArmCount(members=count.members, effects=count.effects, rate=count.rate)


def _uplift_out(found: Uplift | None) -> UpliftOut | None:
    return None if found is None else UpliftOut(value=found.value, low=found.low, high=found.high)
