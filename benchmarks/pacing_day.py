"""A day of a campaign, event by event: who is dialled, who answers, which agent is at work.

Agents' talks are lognormal with a mean of 150 s, their wrap-up lognormal with a mean of 20 s. Who
answers does so after 4 s and an exponential time of 6 s; of the others some are busy or cannot be
reached (2 s), most ring until the switch gives up (26 s). Who answers and has no agent within 2 s
hears the message: abandoned.
"""

import heapq
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

HOURS = 8.0
TALK, WRAP = (150.0, 0.7), (20.0, 0.5)
"""Mean in seconds, and sigma of the logarithm."""

RING, PATIENCE = 26.0, 2.0
SHORT_SHARE, SHORT = 0.2, 2.0
"""Of those who do not answer: busy or out of reach, and how soon that is known."""


@dataclass(frozen=True)
class Floor:
    """What a rule sees at a second: agents free, seconds that the others have talked or written
    up, seconds that calls have rung, owners who wait for an agent."""

    now: float
    free: int
    talking: list[float]
    writing: list[float]
    ringing: list[float]
    waiting: int

    @property
    def agents(self) -> int:
        return self.free + len(self.talking) + len(self.writing)


class Rule(Protocol):
    """A way to pace: asked each second, told what has ended."""

    def lines(self, floor: Floor) -> int:
        """How many to dial now."""

    def rang(self, *, answered: bool, seconds: float) -> None:
        """A call is answered, or over without an answer."""

    def answered(self, *, abandoned: bool) -> None:
        """Who answered has an agent, or has heard the message."""

    def worked(self, *, talk: bool, seconds: float) -> None:
        """A talk or a wrap-up is over."""


@dataclass(frozen=True)
class Scenario:
    """How likely an owner answers at a time of the day (seconds), and how many agents there are."""

    name: str
    rate: Callable[[float], float]
    agents: Callable[[float], int]


@dataclass
class Day:
    """What came of a day."""

    answered: int = 0
    abandoned: int = 0
    dialled: int = 0
    busy: float = 0.0
    there: float = 0.0

    @property
    def abandoned_share(self) -> float:
        return self.abandoned / self.answered if self.answered else 0.0

    @property
    def busy_share(self) -> float:
        return self.busy / self.there if self.there else 0.0


def lognormal(chance: random.Random, mean_and_sigma: tuple[float, float]) -> float:
    """Seconds, with this mean."""
    mean, sigma = mean_and_sigma
    return chance.lognormvariate(math.log(mean) - sigma * sigma / 2, sigma)


@dataclass
class Play:
    """One day under one rule."""

    scenario: Scenario
    rule: Rule
    chance: random.Random
    hours: float = HOURS
    day: Day = field(default_factory=Day)
    events: list[tuple[float, int, Callable[[float], None]]] = field(default_factory=list)
    ringing: dict[int, float] = field(default_factory=dict)
    talking: dict[int, float] = field(default_factory=dict)
    writing: dict[int, float] = field(default_factory=dict)
    waiting: list[tuple[float, int]] = field(default_factory=list)
    free: int = 0
    leaving: int = 0
    number: int = 0

    def at(self, when: float, what: Callable[[float], None]) -> None:
        """It happens then."""
        self.number += 1
        heapq.heappush(self.events, (when, self.number, what))

    def run(self) -> Day:
        """The day, to its end."""
        self.free = self.scenario.agents(0.0)
        self.at(0.0, self.second)
        end = self.hours * 3600
        while self.events and self.events[0][0] < end:
            now, _, what = heapq.heappop(self.events)
            what(now)
        return self.day

    def second(self, now: float) -> None:
        """Shifts are kept, the rule is asked, figures are taken."""
        self.keep_shifts(now)
        at_work = len(self.talking) + len(self.writing)
        self.day.busy += at_work
        self.day.there += at_work + self.free
        floor = Floor(
            now,
            self.free,
            [now - since for since in self.talking.values()],
            [now - since for since in self.writing.values()],
            [now - since for since in self.ringing.values()],
            len(self.waiting),
        )
        for _ in range(self.rule.lines(floor)):
            self.dial(now)
        self.at(now + 1.0, self.second)

    def keep_shifts(self, now: float) -> None:
        """Who goes leaves at once if free, else after his talk; who comes is free."""
        there = self.free + len(self.talking) + len(self.writing) - self.leaving
        more = self.scenario.agents(now) - there
        if more > 0:
            stay = min(more, self.leaving)
            self.leaving -= stay
            for _ in range(more - stay):
                self.agent_free(now)
        elif more < 0:
            idle = min(-more, self.free)
            self.free -= idle
            self.leaving += -more - idle

    def dial(self, now: float) -> None:
        self.day.dialled += 1
        self.number += 1
        call = self.number
        self.ringing[call] = now
        draw, kind, to_answer = (self.chance.random() for _ in range(3))
        if draw < self.scenario.rate(now):
            after = 4.0 - 6.0 * math.log(1 - to_answer)
            if after < RING:
                return self.at(now + after, lambda when: self.answers(call, when))
        ends = SHORT if kind < SHORT_SHARE else RING
        return self.at(now + ends, lambda when: self.rings_out(call, when))

    def rings_out(self, call: int, now: float) -> None:
        self.rule.rang(answered=False, seconds=now - self.ringing.pop(call))

    def answers(self, call: int, now: float) -> None:
        self.rule.rang(answered=True, seconds=now - self.ringing.pop(call))
        self.day.answered += 1
        if self.free:
            self.free -= 1
            self.connect(now)
            return
        self.waiting.append((now, call))
        self.at(now + PATIENCE, lambda _: self.gives_up(call))

    def gives_up(self, call: int) -> None:
        for entry in self.waiting:
            if entry[1] == call:
                self.waiting.remove(entry)
                self.day.abandoned += 1
                self.rule.answered(abandoned=True)
                return

    def connect(self, now: float) -> None:
        self.rule.answered(abandoned=False)
        self.number += 1
        work = self.number
        self.talking[work] = now
        self.at(now + lognormal(self.chance, TALK), lambda when: self.talked(work, when))

    def talked(self, work: int, now: float) -> None:
        self.rule.worked(talk=True, seconds=now - self.talking.pop(work))
        self.writing[work] = now
        self.at(now + lognormal(self.chance, WRAP), lambda when: self.written(work, when))

    def written(self, work: int, now: float) -> None:
        self.rule.worked(talk=False, seconds=now - self.writing.pop(work))
        if self.leaving:
            self.leaving -= 1
        else:
            self.agent_free(now)

    def agent_free(self, now: float) -> None:
        if self.waiting:
            self.waiting.pop(0)
            self.connect(now)
        else:
            self.free += 1
