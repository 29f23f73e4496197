"""A survey as it is written: its questions, where they lead, its quotas. Whether it fits together:
check.py. What may be left out here (a language, an option) is left to the check, which names it."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from callcenter.outbound.surveys.conditions import Condition
from callcenter.outbound.surveys.parts import NONE, BothWords, Code, Option, Part

MOST_QUESTIONS = 100
Options = Annotated[tuple[Option, ...], Field(max_length=30)]


class GoTo(Part):
    """Go on with this question."""

    kind: Literal["goto"] = "goto"
    question: Code


class End(Part):
    """That was the last question."""

    kind: Literal["end"] = "end"


class ScreenOut(Part):
    """He is none of those who are asked: it ends politely and is not counted as complete."""

    kind: Literal["screen_out"] = "screen_out"


Target = Annotated[GoTo | End | ScreenOut, Field(discriminator="kind")]


class Branch(Part):
    """Where it goes on after a question, when the condition holds (without one: always)."""

    when: Condition | None = None
    to: Target


class Asked(Part):
    """What all questions have. `only_if`: skipped unless this holds. `after`: the first branch that
    holds is taken, else the next question in order."""

    code: Code
    words: BothWords
    hint: BothWords = NONE
    required: bool = True
    only_if: Condition | None = None
    after: Annotated[tuple[Branch, ...], Field(max_length=20)] = ()


class Single(Asked):
    """One of the options; with `other`, or in his own words."""

    type: Literal["single"] = "single"
    options: Options = ()
    other: BothWords | None = None


class Multiple(Asked):
    """Several of the options."""

    type: Literal["multiple"] = "multiple"
    options: Options = ()
    other: BothWords | None = None
    at_least: Annotated[int, Field(ge=1, le=30)] = 1
    at_most: Annotated[int, Field(ge=1, le=30)] | None = None


class Scored(Asked):
    """Base of what is answered by a whole number. `bad_up_to`: this score and those below it are
    followed up after a rescue or a complaint."""

    low_words: BothWords = NONE
    high_words: BothWords = NONE
    bad_up_to: Annotated[int, Field(ge=0, le=10)] | None = None


class Scale(Scored):
    """From `low` to `high`."""

    type: Literal["scale"] = "scale"
    low: Annotated[int, Field(ge=0, le=10)] = 1
    high: Annotated[int, Field(ge=0, le=10)] = 5


class Nps(Scored):
    """Would he recommend us, 0 to 10 (Reichheld, HBR 12/2003)."""

    type: Literal["nps"] = "nps"


class Csat(Scored):
    """How satisfied he is, 1 to 5. `is_rating`: of a rescue it is the rating that the owner's page
    asks for, too: given there or here, it is one."""

    type: Literal["csat"] = "csat"
    is_rating: bool = False


class Ces(Scored):
    """ "It was made easy for me", 1 (disagree) to 7 (agree)."""

    type: Literal["ces"] = "ces"


class FreeText(Asked):
    """In his own words."""

    type: Literal["text"] = "text"
    max_length: Annotated[int, Field(ge=1, le=2000)] = 1000


class Number(Asked):
    """A number with so many decimals."""

    type: Literal["number"] = "number"
    low: float | None = None
    high: float | None = None
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    unit: BothWords = NONE


class Day(Asked):
    """A date."""

    type: Literal["date"] = "date"
    not_before: date | None = None
    not_after: date | None = None


class Matrix(Asked):
    """One of the columns for each row."""

    type: Literal["matrix"] = "matrix"
    rows: Options = ()
    columns: Options = ()


Question = Annotated[
    Single | Multiple | Scale | Nps | Csat | Ces | FreeText | Number | Day | Matrix,
    Field(discriminator="type"),
]
QuestionType = Literal[
    "single", "multiple", "scale", "nps", "csat", "ces", "text", "number", "date", "matrix"
]


class Quota(Part):
    """So many complete answers of whom the condition holds (without one: of all), and no more."""

    code: Code
    words: BothWords
    target: Annotated[int, Field(ge=0, le=10_000_000)]
    when: Condition | None = None


class Survey(Part):
    """All of it. `place_held_min`: how long a place in a quota is kept for who falls silent."""

    title: BothWords
    intro: BothWords = NONE
    thanks: BothWords = NONE
    screened_out: BothWords = NONE
    over_quota: BothWords = NONE
    questions: Annotated[tuple[Question, ...], Field(max_length=MOST_QUESTIONS)] = ()
    quotas: Annotated[tuple[Quota, ...], Field(max_length=100)] = ()
    place_held_min: Annotated[int, Field(ge=1, le=1440)] = 30
    lives_days: Annotated[int, Field(ge=1, le=365)] = 14

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Each question by its code."""
        return {question.code: question for question in self.questions}

    @cached_property
    def following(self) -> dict[str, str | None]:
        """Question -> the next one in order; None after the last."""
        codes = [question.code for question in self.questions]
        return dict(zip(codes, [*codes[1:], None], strict=True))


def bounds(question: Scored) -> tuple[int, int]:
    """The lowest and the highest score."""
    if isinstance(question, Scale):
        return question.low, question.high
    return {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}[getattr(question, "type", "")]
