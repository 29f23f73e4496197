"""What happens to surveys and their responses. Ids and codes only, never what was said."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact

STAFF = frozenset({"supervisor", "expert"})
DESK = frozenset({"agent", "supervisor", "expert"})


class SurveyDrafted(Fact):
    """A new survey, or a change of its draft."""

    kind: ClassVar[str] = "survey.drafted"
    roles: ClassVar[frozenset[str]] = STAFF
    survey_id: UUID


class SurveyPublished(Fact):
    """An edition that will never change."""

    kind: ClassVar[str] = "survey.published"
    roles: ClassVar[frozenset[str]] = STAFF
    survey_id: UUID
    edition: int


class SurveyMoved(Fact):
    """It takes answers now, or does not any more."""

    kind: ClassVar[str] = "survey.moved"
    roles: ClassVar[frozenset[str]] = STAFF
    survey_id: UUID
    state: str


class SurveyAnswered(Fact):
    """One answer of a response. `first`: the survey has begun with it."""

    kind: ClassVar[str] = "survey.answered"
    roles: ClassVar[frozenset[str]] = DESK
    response_id: UUID
    survey_id: UUID
    touch_id: UUID | None
    question: str
    channel: str
    first: bool


class SurveyCompleted(Fact):
    """All that was asked is answered."""

    kind: ClassVar[str] = "survey.completed"
    roles: ClassVar[frozenset[str]] = DESK
    response_id: UUID
    survey_id: UUID
    touch_id: UUID | None


class SurveyEnded(Fact):
    """It ended without being complete: screened_out, over_quota or expired."""

    kind: ClassVar[str] = "survey.ended"
    roles: ClassVar[frozenset[str]] = DESK
    response_id: UUID
    survey_id: UUID
    touch_id: UUID | None
    state: str


class SurveyFollowedUp(Fact):
    """A bad answer has its ticket: the one this is about."""

    kind: ClassVar[str] = "survey.followed_up"
    roles: ClassVar[frozenset[str]] = DESK
    response_id: UUID
    survey_id: UUID
    ticket_id: UUID
    asked_about: UUID
    question: str


class ResponsesExported(Fact):
    """Answers left the house as a file."""

    kind: ClassVar[str] = "survey.exported"
    rows: int
    survey_id: UUID
    filters: dict[str, str]
