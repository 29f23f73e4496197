"""When an agent at work will be free again, learnt from the talks that have ended. Pure."""

from bisect import bisect_right, insort
from collections import deque

AGE_STEP_S = 5
"""Ages are told apart by so many seconds."""
PARTS = 4
"""Into so many the time ahead is cut, for a talk that ends within it and its wrap-up."""
STALE_AFTER = 10
"""So many pieces of work are learnt before chances are reckoned anew."""


class Lengths:
    """Empirical hazard of one kind of work over the last `kept` pieces of it, mixed with an
    exponential of mean `at_first` seconds for as long as there are few."""

    ENOUGH = 30

    def __init__(self, at_first: float, *, kept: int = 400) -> None:
        self._at_first = at_first
        self._kept = kept
        self._in_turn: deque[float] = deque()
        self._sorted: list[float] = []

    def learn(self, seconds: float) -> None:
        """A piece of work has ended that lasted so long."""
        self._in_turn.append(seconds)
        insort(self._sorted, seconds)
        if len(self._in_turn) > self._kept:
            oldest = self._in_turn.popleft()
            del self._sorted[bisect_right(self._sorted, oldest) - 1]

    def over_within(self, seconds: float, *, lasted: float) -> float:
        """Chance that work which has lasted so long is over within so many seconds more."""
        known = len(self._sorted)
        longer = known - bisect_right(self._sorted, lasted)
        ending = longer - (known - bisect_right(self._sorted, lasted + seconds))
        # At least one made-up piece: beyond the longest seen there is still a hazard.
        made_up = max(self.ENOUGH - known, 1)
        return (ending + made_up * min(seconds / self._at_first, 1.0)) / (longer + made_up)


class AtWork:
    """Talks and the wrap-ups behind them; `talk_s`, `wrap_s`: their means at first."""

    def __init__(self, talk_s: float = 120.0, wrap_s: float = 30.0) -> None:
        self._talks, self._wraps = Lengths(talk_s), Lengths(wrap_s)
        self._known: dict[tuple[bool, int, int], float] = {}
        self._news = 0

    def talked(self, seconds: float) -> None:
        """A talk is over."""
        self._talks.learn(seconds)
        self._learnt()

    def wrote_up(self, seconds: float) -> None:
        """A wrap-up is over."""
        self._wraps.learn(seconds)
        self._learnt()

    def free_within(self, seconds: int, *, since: float, talks: bool) -> float:
        """Chance that an agent who has talked (or else written up) since so long is free in so many
        seconds."""
        step = int(since) // AGE_STEP_S
        key = (talks, step, seconds)
        if key not in self._known:
            lasted = (step + 0.5) * AGE_STEP_S
            reckon = self._from_talk if talks else self._from_wrap
            self._known[key] = reckon(float(seconds), lasted)
        return self._known[key]

    def _from_wrap(self, seconds: float, lasted: float) -> float:
        return self._wraps.over_within(seconds, lasted=lasted)

    def _from_talk(self, seconds: float, lasted: float) -> float:
        part = seconds / PARTS
        over = [self._talks.over_within(part * n, lasted=lasted) for n in range(PARTS + 1)]
        return sum(
            (over[n + 1] - over[n]) * self._wraps.over_within(seconds - part * (n + 0.5), lasted=0)
            for n in range(PARTS)
        )

    def _learnt(self) -> None:
        self._news += 1
        if self._news >= STALE_AFTER:
            self._news = 0
            self._known.clear()
