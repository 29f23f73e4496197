"""How many owners to dial now. Pure.

Preview: none, the agent dials. Progressive: one for each agent who is free, who is kept for him.
Predictive: looks ahead as far as the abandon budget goes, and is progressive where that would be a
gamble. Where the budget for owners who find no agent is used up, one for each free agent, who is on
the line before the owner is rung.
"""

from dataclasses import dataclass
from enum import StrEnum

from callcenter.outbound.dialling.look_ahead import Some, most_dialled


class Mode(StrEnum):
    """Who decides when an owner is dialled."""

    PREVIEW = "preview"
    PROGRESSIVE = "progressive"
    PREDICTIVE = "predictive"


class PaceReason(StrEnum):
    """Why it is as many as it is."""

    BY_HAND = "by_hand"
    ASKED_FOR = "asked_for"
    SMALL_GROUP = "small_group"
    RATE_UNSURE = "rate_unsure"
    NO_MARGIN = "no_margin"
    BUDGET_SPENT = "budget_spent"
    NO_VOICE = "no_voice"
    LOOK_AHEAD = "look_ahead"
    INBOUND_WAITS = "inbound_waits"


@dataclass(frozen=True)
class Group:
    """How a group stands at this second.

    `talking`, `writing`: agents at work, with the chance that they still are when an owner dialled
    now answers. `ringing`: calls, with the chance that they are answered. `waiting`: owners who
    have answered and have no agent yet.
    """

    free: int
    talking: Some
    writing: Some
    ringing: Some
    waiting: int = 0

    @property
    def agents(self) -> int:
        return self.free + self.talking.count + self.writing.count


@dataclass(frozen=True)
class Rate:
    """Chance that a number dialled now is answered, and half the width of its 95 % interval."""

    mean: float
    half_width: float


@dataclass(frozen=True)
class Budget:
    """Of a campaign's last `hours`: who answered, who of them found no agent, the share that
    may."""

    answered: int
    abandoned: int
    cap: float = 0.03
    hours: int = 24

    @property
    def share(self) -> float:
        return self.abandoned / self.answered if self.answered else 0.0

    @property
    def margin(self) -> float:
        """How many more may find no agent, if nobody else answered."""
        return self.cap * self.answered - self.abandoned

    @property
    def is_spent(self) -> bool:
        """Somebody has found no agent, and one more would break the cap. Of few calls the first
        one does, whatever is done: until then they are dialled like others."""
        return self.abandoned > 0 and self.margin < 1


@dataclass(frozen=True)
class Tuning:
    """Found by simulation, on other seeds than those that benchmarks/pacing.py judges by.

    `aim`: part of the cap that is steered to; `gain`: how hard; `most`: the largest share of those
    who answer that a single look ahead may lose.
    """

    smallest_group: int = 8
    widest: float = 0.15
    least_margin: float = 1.0
    aim: float = 0.57
    gain: float = 3.0
    most: float = 0.2


TUNING = Tuning()


@dataclass(frozen=True)
class Pace:
    """How many to dial now, in which mode that is, and why. `own_agent`: each has an agent on the
    line before it rings, so that nobody who answers can find none."""

    dial: int
    mode: Mode
    because: PaceReason
    own_agent: bool = False


def pace(mode: Mode, group: Group, rate: Rate, budget: Budget, tuning: Tuning = TUNING) -> Pace:
    """How many to dial at this second."""
    if mode is Mode.PREVIEW:
        return Pace(0, mode, PaceReason.BY_HAND)
    if budget.is_spent:
        return with_own_agents(group, PaceReason.BUDGET_SPENT)
    if mode is Mode.PROGRESSIVE:
        return Pace(one_each(group), mode, PaceReason.ASKED_FOR)
    if gamble := would_be_a_gamble(group, rate, budget, tuning):
        return Pace(one_each(group), Mode.PROGRESSIVE, gamble)
    dial = most_dialled(
        group.agents,
        (group.talking, group.writing),
        group.ringing,
        rate.mean,
        allowed_share(budget, tuning),
        waiting=group.waiting,
    )
    return Pace(dial, mode, PaceReason.LOOK_AHEAD)


def with_own_agents(group: Group, because: PaceReason) -> Pace:
    """One for each free agent, who is on the line first."""
    return Pace(one_each(group), Mode.PROGRESSIVE, because, own_agent=True)


def one_each(group: Group) -> int:
    """One for each free agent whom no call that rings may need."""
    return max(group.free - group.ringing.count - group.waiting, 0)


def would_be_a_gamble(
    group: Group, rate: Rate, budget: Budget, tuning: Tuning = TUNING
) -> PaceReason | None:
    """Why not to look ahead: too few agents to even out, a rate nobody knows yet, or a single
    abandoned call that would break the cap."""
    if group.agents < tuning.smallest_group:
        return PaceReason.SMALL_GROUP
    if rate.half_width > tuning.widest:
        return PaceReason.RATE_UNSURE
    if budget.margin < tuning.least_margin:
        return PaceReason.NO_MARGIN
    return None


def allowed_share(budget: Budget, tuning: Tuning = TUNING) -> float:
    """a_t = clamp(aim + gain * (aim - r_t)), r_t the share abandoned in the last 24 h."""
    aim = tuning.aim * budget.cap
    return min(max(aim + tuning.gain * (aim - budget.share), 0.0), tuning.most)
