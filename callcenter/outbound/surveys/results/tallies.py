"""What was answered to one question, counted, and the figures out of it. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.fits import option_codes
from callcenter.outbound.surveys.model import Ces, Csat, Matrix, Nps, Question, Scored, bounds
from callcenter.outbound.surveys.results import figures
from callcenter.outbound.surveys.results.figures import Interval

SATISFIED_FROM = {Csat: 4, Ces: 5}


@dataclass
class Tally:
    """How often each answer was given: by option, by score or number, by day; of a matrix by row.
    `answered` counts who said something, `passed` who passed over it."""

    answered: int = 0
    passed: int = 0
    options: Counter[str] = field(default_factory=Counter)
    values: Counter[float] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    rows: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, answer: Answer, times: int = 1) -> None:
        """So many said this."""
        if answer.passed:
            self.passed += times
            return
        self.answered += times
        if answer.rows is not None:
            for row, column in answer.rows.items():
                self.rows.setdefault(row, Counter())[column] += times
        elif answer.value is not None:
            self.values[answer.value] += times
        elif answer.day is not None:
            self.days[answer.day.isoformat()] += times
        else:
            self.options.update({code: times for code in answer.chosen()})


@dataclass(frozen=True)
class Share:
    """One possible answer: how many gave it, and which share of those who answered."""

    code: str
    count: int
    share: Interval


@dataclass(frozen=True)
class Figures:
    """All figures of one question; those that mean nothing for its type are empty."""

    shares: tuple[Share, ...]
    rows: dict[str, tuple[Share, ...]]
    mean: Interval | None
    median: float | None
    nps: Interval | None
    satisfied: Interval | None


def figures_of(question: Question, tally: Tally) -> Figures:
    """The figures of a question by its type."""
    values: Counter[float] = tally.values
    span = bounds(question) if isinstance(question, Scored) else None
    from_score = SATISFIED_FROM.get(type(question))
    return Figures(
        shares=_shares(question, tally),
        rows=_rows(question, tally),
        mean=figures.mean(values, span),
        median=figures.median(values),
        nps=figures.nps(values) if isinstance(question, Nps) else None,
        satisfied=figures.satisfied(values, from_score) if from_score else None,
    )


def _shares(question: Question, tally: Tally) -> tuple[Share, ...]:
    if isinstance(question, Matrix):
        return ()
    if isinstance(question, Scored):
        low, high = bounds(question)
        counted = {str(score): tally.values[score] for score in range(low, high + 1)}
    elif tally.days:
        counted = dict(sorted(tally.days.items()))
    else:
        # An option that an older edition had stays in sight.
        codes = dict.fromkeys([*option_codes(question), *sorted(tally.options)])
        counted = {code: tally.options[code] for code in codes}
    return _each(counted.items(), tally.answered)


def _rows(question: Question, tally: Tally) -> dict[str, tuple[Share, ...]]:
    if not isinstance(question, Matrix):
        return {}
    codes = option_codes(question)
    counted = {row.code: tally.rows.get(row.code, Counter()) for row in question.rows}
    return {
        row: _each(((code, cells[code]) for code in codes), sum(cells.values()))
        for row, cells in counted.items()
    }


def _each(counted: Iterable[tuple[str, int]], n: int) -> tuple[Share, ...]:
    return tuple(Share(code, times, figures.wilson(times, n)) for code, times in counted)
