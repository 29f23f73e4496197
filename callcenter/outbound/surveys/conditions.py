"""Conditions on what has been answered, and on what is known of who answers. Pure."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.parts import Code, Part

FactName = Literal["tier", "province", "model", "car_age"]
"""What is kept of the owner with a response: his tier, the code of his province, his car's model,
its age in whole years since delivery."""
About = Mapping[str, str]


class Chosen(Part):
    """One of these options was chosen; of a matrix, in this row (without one: in any)."""

    kind: Literal["chosen"] = "chosen"
    question: Code
    any_of: Annotated[tuple[Code, ...], Field(min_length=1, max_length=60)]
    row: Code | None = None


class Between(Part):
    """The score or number lies between, both ends counted."""

    kind: Literal["between"] = "between"
    question: Code
    low: float | None = None
    high: float | None = None


class Answered(Part):
    """It was answered, not passed over."""

    kind: Literal["answered"] = "answered"
    question: Code


class Known(Part):
    """A fact of the owner is one of these; `car_age` in whole years."""

    kind: Literal["known"] = "known"
    fact: FactName
    any_of: Annotated[tuple[str, ...], Field(min_length=1, max_length=60)]


class AllAnswers(Part):
    """Every one of them."""

    kind: Literal["all"] = "all"
    of: Annotated[tuple["Condition", ...], Field(min_length=1, max_length=20)]


class AnyAnswer(Part):
    """At least one of them."""

    kind: Literal["any"] = "any"
    of: Annotated[tuple["Condition", ...], Field(min_length=1, max_length=20)]


class NotSo(Part):
    """The contrary."""

    kind: Literal["not"] = "not"
    of: "Condition"


Condition: TypeAlias = Annotated[
    Chosen | Between | Answered | Known | AllAnswers | AnyAnswer | NotSo,
    Field(discriminator="kind"),
]
Plain = Chosen | Between | Answered
for _model in (AllAnswers, AnyAnswer, NotSo):
    _model.model_rebuild()


def holds(condition: Condition, answers: Mapping[str, Answer], about: About) -> bool | None:
    """Whether it holds by what is known so far; None while that depends on what was not asked yet.

    Kleene's strong three-valued logic (Introduction to Metamathematics, 1952, section 64).
    """
    if isinstance(condition, NotSo):
        inner = holds(condition.of, answers, about)
        return None if inner is None else not inner
    if isinstance(condition, AllAnswers | AnyAnswer):
        decisive = isinstance(condition, AnyAnswer)
        found = [holds(one, answers, about) for one in condition.of]
        if decisive in found:
            return decisive
        return None if None in found else not decisive
    if isinstance(condition, Known):
        return about.get(condition.fact, "") in condition.any_of
    answer = answers.get(condition.question)
    return None if answer is None else _is_so(condition, answer)


def holds_at_last(condition: Condition, answers: Mapping[str, Answer], about: About) -> bool:
    """The same when nothing more will be asked: what was never asked was not chosen."""
    if isinstance(condition, NotSo):
        return not holds_at_last(condition.of, answers, about)
    if isinstance(condition, AllAnswers):
        return all(holds_at_last(one, answers, about) for one in condition.of)
    if isinstance(condition, AnyAnswer):
        return any(holds_at_last(one, answers, about) for one in condition.of)
    return holds(condition, answers, about) is True


def _is_so(condition: Plain, answer: Answer) -> bool:
    if answer.passed or isinstance(condition, Answered):
        return not answer.passed and isinstance(condition, Answered)
    if isinstance(condition, Chosen):
        return bool(answer.chosen(condition.row) & set(condition.any_of))
    value = answer.value
    low, high = condition.low, condition.high
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def plain_parts(condition: Condition) -> Iterator[Plain | Known]:
    """The conditions without further ones in them."""
    if isinstance(condition, NotSo):
        yield from plain_parts(condition.of)
    elif isinstance(condition, AllAnswers | AnyAnswer):
        for one in condition.of:
            yield from plain_parts(one)
    else:
        yield condition
