"""How likely a number that rings is answered, learnt from the calls that have ended. Pure."""

from dataclasses import dataclass, field
from math import sqrt

from callcenter.outbound.dialling.pacing import Rate

LONGEST = 60
"""Seconds; what rang longer counts as this long."""

TWO_SIDED_95 = 1.96


@dataclass
class RingTimes:
    """How long calls of one kind ring, in whole seconds, older calls weighing less."""

    kept: float
    counts: list[float] = field(default_factory=lambda: [0.0] * (LONGEST + 1))
    total: float = 0.0

    def learn(self, seconds: float) -> None:
        """One more call that rang so long."""
        self.counts = [count * self.kept for count in self.counts]
        self.counts[min(int(seconds), LONGEST)] += 1
        self.total = self.total * self.kept + 1

    def beyond(self) -> list[float]:
        """For each second: the share of calls that rang at least so long; with none seen, all."""
        if not self.total:
            return [1.0] * (LONGEST + 1)
        shares, left = [], self.total
        for count in self.counts:
            shares.append(max(left / self.total, 0.0))
            left -= count
        return shares

    def mean(self, otherwise: float) -> float:
        """Seconds."""
        if not self.total:
            return otherwise
        return sum((second + 0.5) * count for second, count in enumerate(self.counts)) / self.total


class AnswerRate:
    """Exponentially weighted share of calls that are answered, with its interval.

    `memory` is how many calls count, as 1 / (1 - weight of a call against the next one). It begins
    with `weight` calls of the rate `at_first`.
    """

    def __init__(self, at_first: float, *, memory: float = 150.0, weight: float = 10.0) -> None:
        self._kept = 1 - 1 / memory
        self._answered = at_first * weight
        self._calls = weight
        self._answers = RingTimes(self._kept)
        self._others = RingTimes(self._kept)
        self._by_age: list[float] | None = None

    def learn(self, *, answered: bool, rang: float) -> None:
        """A call has been answered, or has ended otherwise, after ringing so many seconds."""
        self._answered = self._answered * self._kept + answered
        self._calls = self._calls * self._kept + 1
        (self._answers if answered else self._others).learn(rang)
        self._by_age = None

    @property
    def now(self) -> Rate:
        """Of a number that is dialled now; the interval is the normal one, by the number of calls
        that still count."""
        mean = min(max(self._answered / self._calls, 0.01), 0.99)
        return Rate(mean, TWO_SIDED_95 * sqrt(mean * (1 - mean) / self._calls))

    @property
    def seconds_to_answer(self) -> float:
        """Mean, of those who answer."""
        return self._answers.mean(10.0)

    def after(self, seconds: float) -> float:
        """Chance that a call is still answered that has rung so long (Bayes, on the rate and on
        the ring times of both kinds)."""
        if self._by_age is None:
            mean = self.now.mean
            will = [mean * share for share in self._answers.beyond()]
            wont = [(1 - mean) * share for share in self._others.beyond()]
            both = zip(will, wont, strict=True)
            self._by_age = [yes / (yes + no) if yes + no > 0 else 0.0 for yes, no in both]
        return self._by_age[min(int(seconds), LONGEST)]
