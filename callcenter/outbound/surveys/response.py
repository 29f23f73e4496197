"""A response: one time somebody is asked; its states, its answers, what of them is bad. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.model import (
    Matrix,
    Multiple,
    Question,
    Scored,
    Single,
    Survey,
)
from callcenter.outbound.surveys.walk import Standing, standing


class ResponseState(StrEnum):
    """open -> complete | screened_out | over_quota | expired; nothing leads back."""

    OPEN = "open"
    COMPLETE = "complete"
    SCREENED_OUT = "screened_out"
    OVER_QUOTA = "over_quota"
    EXPIRED = "expired"


class Via(StrEnum):
    """The way an answer came."""

    AGENT_CALL = "agent_call"
    AUTOMATED_CALL = "automated_call"
    TEXT = "text"
    WEB = "web"


class SurveyState(StrEnum):
    """draft -> open <-> closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Response:
    """One row of `survey_responses` with its edition and its answers.

    `is_late`: its time is over by the database's clock, though nobody has written so yet.
    """

    id: UUID
    survey_id: UUID
    edition: int
    survey: Survey
    survey_state: SurveyState
    owner_id: UUID | None
    vehicle_id: UUID | None
    ticket_id: UUID | None
    touch_id: UUID | None
    language: str
    about: Mapping[str, str]
    state: ResponseState
    opened_at: datetime
    answered_at: datetime | None
    completed_at: datetime | None
    expires_at: datetime
    opened_ticket_id: UUID | None
    is_late: bool
    answers: Mapping[str, Answer]
    via: Mapping[str, Via]

    @property
    def stands(self) -> Standing:
        """Which question is next, by the answers there are."""
        return standing(self.survey, self.answers, self.about)

    @property
    def takes_answers(self) -> bool:
        """Whether somebody may go on with it."""
        is_open = self.survey_state is SurveyState.OPEN and self.state is ResponseState.OPEN
        return is_open and not self.is_late


def is_bad(question: Question, answer: Answer) -> bool:
    """Whether a person should speak with who said this."""
    if answer.passed:
        return False
    if isinstance(question, Scored):
        worst = question.bad_up_to
        return worst is not None and answer.score is not None and answer.score <= worst
    if isinstance(question, Single | Multiple):
        return any(one.bad and one.code in answer.chosen() for one in question.options)
    if isinstance(question, Matrix):
        return any(one.bad and one.code in answer.chosen() for one in question.columns)
    return False


def first_bad(survey: Survey, path: tuple[str, ...], answers: Mapping[str, Answer]) -> str | None:
    """The first question on the path with a bad answer."""
    bad = (code for code in path if is_bad(survey.by_code[code], answers[code]))
    return next(bad, None)
