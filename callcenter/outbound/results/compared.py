"""Two arms compared by one effect: what may be said, what it lacks, what it has cost. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from callcenter.outbound.results.model import (
    Count,
    Effect,
    EffectCost,
    Missing,
    Uplift,
    Verdict,
    effect_cost,
    missing,
    uplift,
    verdict,
)


@dataclass(frozen=True)
class Compared:
    """One effect of those spoken to and of those held out. `cost`: of one effect more."""

    effect: Effect
    treated: Count
    held_out: Count
    uplift: Uplift | None
    verdict: Verdict
    missing: Missing
    cost: EffectCost | None


def compared(
    effect: Effect, treated: Count, held_out: Count, cost: Decimal, drawn: int
) -> Compared:
    """`cost`: of what was said to those who count; `drawn`: how many are held out, whether they
    count or not."""
    found = uplift(treated, held_out) if treated.members and held_out.members else None
    told = verdict(treated, held_out, drawn)
    clear = found is not None and told is not Verdict.TOO_FEW
    return Compared(
        effect=effect,
        treated=treated,
        held_out=held_out,
        uplift=found,
        verdict=told,
        missing=missing(treated, held_out),
        cost=effect_cost(cost, treated.members, found) if found and clear else None,
    )


def count_of(row: Mapping[str, Any] | None, effect: Effect) -> Count:
    """Of one arm's row: its members, for satisfaction those of them who have said something."""
    if row is None:
        return Count(0, 0)
    members = row["said"] if effect is Effect.SATISFIED else row["members"]
    return Count(members, row[effect.value])
