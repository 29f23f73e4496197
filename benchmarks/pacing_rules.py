"""The rules that are held against each other: ours, progressive, and VICIdial's as published."""

from collections import deque

from benchmarks.pacing_day import HOURS, Floor
from callcenter.outbound.dialling.answer_rate import AnswerRate
from callcenter.outbound.dialling.at_work import AtWork
from callcenter.outbound.dialling.group import group_of
from callcenter.outbound.dialling.pacing import TUNING, Budget, Mode, Tuning, pace


class Counting:
    """What every rule may be told and does not heed."""

    def __init__(self) -> None:
        self.answers = self.abandons = 0

    def rang(self, *, answered: bool, seconds: float) -> None: ...

    def worked(self, *, talk: bool, seconds: float) -> None: ...

    def answered(self, *, abandoned: bool) -> None:
        self.answers += 1
        self.abandons += abandoned


class Progressive(Counting):
    """One line for each free agent."""

    def lines(self, floor: Floor) -> int:
        return max(floor.free - len(floor.ringing) - floor.waiting, 0)


class Vicidial(Counting):
    """VICIdial's adaptive level, TAPERED, from its published description.

    Each second ready agents and waiting calls are noted; every 15 s level *= 1 + (mean ready - mean
    waiting) / agents, not below 1 nor over `top`. More than half of over 20 calls of the last
    minute dropped: half. Over the cap after 50 calls: times hours left / 10, in the last hour 1.
    Lines: level * agents - live lines.
    """

    top = 3.0

    def __init__(self, cap: float = 0.03) -> None:
        super().__init__()
        self.cap, self.level, self.asked = cap, 1.0, 0
        self.seen: list[int] = []
        self.minute: deque[tuple[int, bool]] = deque()

    def answered(self, *, abandoned: bool) -> None:
        super().answered(abandoned=abandoned)
        self.minute.append((self.asked, abandoned))

    def lines(self, floor: Floor) -> int:
        self.asked += 1
        self.seen.append(floor.free - floor.waiting)
        if len(self.seen) == 15:
            self.adapt(floor)
        live = len(floor.ringing) + len(floor.talking) + floor.waiting
        return max(int(self.level * (floor.agents - len(floor.writing))) - live, 0)

    def adapt(self, floor: Floor) -> None:
        self.level *= 1 + sum(self.seen) / 15 / max(floor.agents, 1)
        self.seen.clear()
        while self.minute and self.minute[0][0] < self.asked - 60:
            self.minute.popleft()
        dropped = sum(was for _, was in self.minute)
        if len(self.minute) > 20 and dropped > len(self.minute) / 2:
            self.level /= 2
        if self.answers > 50 and self.abandons > self.cap * self.answers:
            left = HOURS - floor.now / 3600
            self.level *= left / 10 if left > 1 else 0
        self.level = min(max(self.level, 1.0), self.top)


class Ours(Counting):
    """The product's pacing, fed as the dialler feeds it."""

    def __init__(self, mode: Mode = Mode.PREDICTIVE, tuning: Tuning = TUNING) -> None:
        super().__init__()
        self.mode, self.tuning = mode, tuning
        self.rate = AnswerRate(0.3)
        self.work = AtWork()

    def rang(self, *, answered: bool, seconds: float) -> None:
        self.rate.learn(answered=answered, rang=seconds)

    def worked(self, *, talk: bool, seconds: float) -> None:
        (self.work.talked if talk else self.work.wrote_up)(seconds)

    def lines(self, floor: Floor) -> int:
        group = group_of(
            floor.free,
            talking=floor.talking,
            writing=floor.writing,
            ringing=[self.rate.after(since) for since in floor.ringing],
            waiting=floor.waiting,
            answers=self.rate,
            work=self.work,
        )
        budget = Budget(self.answers, self.abandons)
        return pace(self.mode, group, self.rate.now, budget, self.tuning).dial
