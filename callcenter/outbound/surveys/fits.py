"""Whether a condition fits the questions it asks about. Pure."""

from collections.abc import Iterator

from callcenter.outbound.surveys import ways
from callcenter.outbound.surveys.conditions import (
    Answered,
    Between,
    Chosen,
    Condition,
    Known,
    Plain,
    plain_parts,
)
from callcenter.outbound.surveys.faults import Fault, SurveyFault
from callcenter.outbound.surveys.model import (
    Matrix,
    Multiple,
    Number,
    Question,
    Scored,
    Single,
    Survey,
)
from callcenter.outbound.surveys.parts import OTHER, Code

F = SurveyFault


def of_condition(
    survey: Survey, at: Code, condition: Condition, *, itself: bool = False, anywhere: bool = False
) -> Iterator[Fault]:
    """The faults of a condition of question `at`. `itself`: it may ask about that question, too;
    `anywhere`: it is a quota's and may ask about all."""
    for part in plain_parts(condition):
        if isinstance(part, Known):
            continue
        question = survey.by_code.get(part.question)
        if question is None:
            yield Fault(F.QUESTION_UNKNOWN, at, {"name": part.question})
            continue
        is_before = anywhere or (itself and part.question == at)
        if not is_before and not ways.comes_before(survey, part.question, at):
            yield Fault(F.NOT_ASKED_BEFORE, at, {"name": part.question})
        if not _fits(part, question):
            yield Fault(F.CONDITION_MISFIT, at, {"name": part.question})
        elif isinstance(part, Chosen):
            yield from _of_options(at, part, question)


def _fits(part: Plain, question: Question) -> bool:
    if isinstance(part, Answered):
        return True
    if isinstance(part, Between):
        return isinstance(question, Scored | Number)
    if isinstance(question, Matrix):
        return part.row is None or part.row in {row.code for row in question.rows}
    return isinstance(question, Single | Multiple) and part.row is None


def _of_options(at: str, part: Chosen, question: Question) -> Iterator[Fault]:
    for code in part.any_of:
        if code not in option_codes(question):
            yield Fault(F.OPTION_UNKNOWN, at, {"question": question.code, "name": code})


def option_codes(question: Question) -> list[str]:
    """What may be chosen, in order, `other` last; of a matrix its columns."""
    if isinstance(question, Matrix):
        return [column.code for column in question.columns]
    if isinstance(question, Single | Multiple):
        codes = [option.code for option in question.options]
        return [*codes, OTHER] if question.other else codes
    return []
