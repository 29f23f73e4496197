"""What surveys look like on the wire."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.earlier import UsedCodes
from callcenter.outbound.surveys.faults import Fault, SurveyFault
from callcenter.outbound.surveys.model import Question, Survey
from callcenter.outbound.surveys.parts import Code
from callcenter.outbound.surveys.repository import StoredSurvey
from callcenter.outbound.surveys.response import SurveyState
from callcenter.outbound.surveys.walk import Ending
from callcenter.web.wire import ListQuery, Moment, Page, QueryModel, WireModel

Name = Annotated[str, Field(min_length=1, max_length=120)]
Answers = Annotated[dict[Code, Answer], Field(max_length=100)]


class SurveyDraft(WireModel):
    """A survey as it is written. It need not fit together before it is published."""

    name: Name
    survey: Survey


class SurveyToCheck(WireModel):
    """A survey to be looked at, not kept. `survey_id`: the stored one whose draft it is to be;
    its codes are then held against those of the editions that were published."""

    survey: Survey
    survey_id: UUID | None = None


class SurveyFaultOut(WireModel):
    """What is wrong and where, by its code and in the reader's words."""

    code: SurveyFault
    at: str
    words: str


class SurveyCheck(WireModel):
    """All that is wrong; a survey without faults can be published."""

    faults: list[SurveyFaultOut]


class SurveyTrial(WireModel):
    """A survey and answers to try it with; nothing is kept. `about`: facts of whoever is asked."""

    survey: Survey
    answers: Answers = Field(default_factory=dict)
    about: Annotated[dict[str, str], Field(max_length=8)] = Field(default_factory=dict)


class SurveyTried(WireModel):
    """Where such answers lead: the questions asked so far, then the next one or how it ends.
    `most_left`: how many are still asked at most."""

    path: list[str]
    next: Question | None
    ending: Ending | None
    most_left: int
    faults: list[SurveyFaultOut]


class UsedCodesOut(WireModel):
    """Codes that published editions have used, which nothing new should have: of questions, each
    with those of its options, rows and columns; and of quotas."""

    questions: dict[Code, list[Code]]
    quotas: list[Code]


class SurveyOut(WireModel):
    """A survey with its draft; `edition` is the newest published one, null before the first."""

    id: UUID
    name: str
    state: SurveyState
    draft: Survey
    edition: int | None
    made_by: str
    maker: str | None
    made_at: Moment
    version: int
    used_codes: UsedCodesOut


class SurveyLine(WireModel):
    """A survey in the list, with how many have answered all of it and how many have begun."""

    id: UUID
    name: str
    state: SurveyState
    edition: int | None
    complete: int
    under_way: int
    made_at: Moment
    version: int


SurveyPage = Page[SurveyLine]


class EditionOut(WireModel):
    """What was published, as it will always be."""

    survey_id: UUID
    edition: int
    survey: Survey


class SurveyLink(WireModel):
    """Where anybody may answer it, without being known."""

    url: str


class SurveyPath(QueryModel):
    """The survey in the address."""

    survey_id: UUID


class EditionPath(SurveyPath):
    """One of its editions."""

    edition: Annotated[int, Field(ge=1, le=999_999)]


class SurveyQuery(ListQuery):
    """Which surveys."""

    state: SurveyState | None = None


def survey_out(found: StoredSurvey, names: Mapping[str, str], used: UsedCodes) -> SurveyOut:
    """One survey; `names` of who may have made it, `used` by its editions."""
    own = SurveyOut.model_fields.keys() - {"maker", "used_codes"}
    fields = {name: getattr(found, name) for name in own}
    codes = UsedCodesOut(questions=dict(used.questions), quotas=used.quotas)
    return SurveyOut(maker=names.get(found.made_by), used_codes=codes, **fields)


def fault_out(fault: Fault, language: str) -> SurveyFaultOut:
    """One fault for this reader."""
    return SurveyFaultOut(code=fault.code, at=fault.at, words=fault.words(language))
