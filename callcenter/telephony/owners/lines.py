"""Calls that were begun for agents and have none yet, of all campaigns of this process.

An agent may be of several groups, and a campaign's group may be changed while it rings: who rings
is kept once, with the group that his call was begun for.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from callcenter.outbound.dialling.answer_rate import AnswerRate


@dataclass(frozen=True)
class Rings:
    """A telephone rings, since a moment of the loop's clock. `own_agent`: one is on the line for it
    already, so that it needs nobody."""

    group: str
    since: float
    answers: AnswerRate
    own_agent: bool = False


@dataclass(frozen=True)
class Lines:
    """By the call to the owner. `waiting`: he is there without an agent, who is to be of this
    group."""

    ringing: dict[UUID, Rings] = field(default_factory=dict)
    waiting: dict[UUID, str] = field(default_factory=dict)

    def rings(self, one: UUID, group: str, answers: AnswerRate, *, own_agent: bool = False) -> None:
        """From now on."""
        self.ringing[one] = Rings(group, now_s(), answers, own_agent)

    def rang(self, one: UUID) -> float | None:
        """It does not any more; for how many seconds it did, None: it did not."""
        rings = self.ringing.pop(one, None)
        return now_s() - rings.since if rings else None

    def over(self, one: UUID) -> None:
        """Whatever it was."""
        self.ringing.pop(one, None)
        self.waiting.pop(one, None)

    def chances(self, groups: Collection[str]) -> list[float]:
        """Of each that rings and may need an agent of these groups: that it is answered."""
        return [
            rings.answers.after(now_s() - rings.since)
            for rings in self.ringing.values()
            if rings.group in groups and not rings.own_agent
        ]

    def without_agent(self, groups: Collection[str]) -> int:
        """Owners who are there and may need an agent of these groups."""
        return sum(group in groups for group in self.waiting.values())


def now_s() -> float:
    """By the loop's clock."""
    return asyncio.get_running_loop().time()
