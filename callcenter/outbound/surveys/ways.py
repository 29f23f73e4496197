"""The ways through a survey as a graph, for its check and for "question 3 of about 7". Pure.

A condition may hold or not, so each branch is a way; one that always holds ends the list of them.
"""

from collections.abc import Iterator
from functools import cache

from callcenter.outbound.surveys.conditions import Between, Chosen
from callcenter.outbound.surveys.model import (
    Branch,
    GoTo,
    Question,
    Scored,
    ScreenOut,
    Single,
    Survey,
    bounds,
)
from callcenter.outbound.surveys.parts import OTHER

ENDS = "."
SCREENS_OUT = "!"
"""Where ways end; no question has such a code."""


def ways_on(survey: Survey, question: Question) -> Iterator[str]:
    """Codes of the questions that may come next, ENDS or SCREENS_OUT."""
    following = survey.following[question.code] or ENDS
    if question.only_if:
        yield following
    for branch in question.after:
        yield _named(branch)
        if branch.when is None:
            return
    if not _covered(question):
        yield following


def _named(branch: Branch) -> str:
    if isinstance(branch.to, GoTo):
        return branch.to.question
    return SCREENS_OUT if isinstance(branch.to, ScreenOut) else ENDS


def _covered(question: Question) -> bool:
    """Whether its own branches take every answer there can be, so that none goes on in order."""
    if not question.required:
        return False
    conditions = [branch.when for branch in question.after]
    if isinstance(question, Single):
        possible = {option.code for option in question.options} | (
            {OTHER} if question.other else set()
        )
        own = (c for c in conditions if isinstance(c, Chosen) and c.question == question.code)
        return bool(possible) and possible <= {code for one in own for code in one.any_of}
    if isinstance(question, Scored):
        low, high = bounds(question)
        own_spans = [
            c for c in conditions if isinstance(c, Between) and c.question == question.code
        ]
        return all(any(_takes(one, score) for one in own_spans) for score in range(low, high + 1))
    return False


def _takes(span: Between, score: int) -> bool:
    low_fits = span.low is None or score >= span.low
    return low_fits and (span.high is None or score <= span.high)


def reached(survey: Survey) -> set[str]:
    """Every question that somebody may come to."""
    return _behind(survey, [survey.questions[0].code]) if survey.questions else set()


def on_a_circle(survey: Survey) -> set[str]:
    """The questions from which ways lead back to themselves."""
    return {
        code
        for code, question in survey.by_code.items()
        if code in _behind(survey, ways_on(survey, question))
    }


def comes_before(survey: Survey, earlier: str, later: str) -> bool:
    """Whether some way leads from the earlier to the later."""
    return later in _behind(survey, ways_on(survey, survey.by_code[earlier]))


def completes_from(survey: Survey, code: str) -> bool:
    """Whether somebody who is asked this may still come to a complete end."""
    behind = {code} | _behind(survey, ways_on(survey, survey.by_code[code]))
    return any(ENDS in ways_on(survey, survey.by_code[one]) for one in behind)


def _behind(survey: Survey, begins: Iterator[str] | list[str]) -> set[str]:
    found: set[str] = set()
    ahead = [*begins]
    while ahead:
        code = ahead.pop()
        if code in survey.by_code and code not in found:
            found.add(code)
            ahead += ways_on(survey, survey.by_code[code])
    return found


def most_left(survey: Survey, code: str | None) -> int:
    """How many questions are still asked at most, this one counted; 0 for no question."""

    @cache
    def left(one: str) -> int:
        if one not in survey.by_code:
            return 0
        return 1 + max((left(way) for way in ways_on(survey, survey.by_code[one])), default=0)

    return left(code) if code else 0
