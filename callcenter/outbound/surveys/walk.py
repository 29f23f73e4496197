"""Where a response stands: which question is next. The same whatever way the answers came."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.conditions import About, holds_at_last
from callcenter.outbound.surveys.model import GoTo, Question, ScreenOut, Survey, Target


class Ending(StrEnum):
    """How the questions came to an end."""

    COMPLETE = "complete"
    SCREENED_OUT = "screened_out"


@dataclass(frozen=True)
class Standing:
    """`path`: the questions answered, in the order asked; then the next one, or an ending.

    Answers off the path were given before an earlier one was changed: they do not count.
    """

    path: tuple[str, ...]
    next: str | None = None
    ending: Ending | None = None

    def before(self, question: str) -> str | None:
        """The question asked before this one."""
        order = [*self.path, *([self.next] if self.next else [])]
        at = order.index(question) if question in order else 0
        return order[at - 1] if at else None


def standing(survey: Survey, answers: Mapping[str, Answer], about: About) -> Standing:
    """Walks from the first question on; a checked survey never leads in a circle."""
    heard: dict[str, Answer] = {}
    at = survey.questions[0].code if survey.questions else None
    while at is not None:
        question = survey.by_code[at]
        if question.only_if and not holds_at_last(question.only_if, heard, about):
            at = survey.following[at]
            continue
        if at not in answers:
            return Standing(tuple(heard), next=at)
        heard[at] = answers[at]
        to = _target(question, heard, about)
        if to is not None and not isinstance(to, GoTo):
            out = isinstance(to, ScreenOut)
            return Standing(tuple(heard), ending=Ending.SCREENED_OUT if out else Ending.COMPLETE)
        at = to.question if to else survey.following[at]
    return Standing(tuple(heard), ending=Ending.COMPLETE)


def _target(question: Question, heard: Mapping[str, Answer], about: About) -> Target | None:
    for branch in question.after:
        if branch.when is None or holds_at_last(branch.when, heard, about):
            return branch.to
    return None
