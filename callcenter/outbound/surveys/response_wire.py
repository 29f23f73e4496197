"""What responses look like on the wire."""

from typing import Literal
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import about, ways
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.filling import with_facts
from callcenter.outbound.surveys.model import Question
from callcenter.outbound.surveys.parts import BothWords, Code, Language
from callcenter.outbound.surveys.response import Response, ResponseState, Via
from callcenter.web.wire import ListQuery, Moment, Page, QueryModel, WireModel


class ResponseDraft(WireModel):
    """Who is to be asked: by whom he is known, and about which ticket."""

    survey_id: UUID
    owner_id: UUID | None = None
    vehicle_id: UUID | None = None
    ticket_id: UUID | None = None
    language: Language = "zh"


class AnswerDraft(WireModel):
    """One answer, as the agent heard it."""

    question: Code
    answer: Answer
    via: Literal["agent_call"] = "agent_call"


class AskedOut(WireModel):
    """A question that was asked, with its answer and the way it came."""

    question: Question
    answer: Answer
    via: Via


class ResponseOut(WireModel):
    """A response as it stands: what was asked, what is next. Texts hold the owner's own facts.

    `takes_answers`: somebody may go on. `most_left`: how many questions at most. `page` is retired
    and always null: who holds that link answers as the owner. `opened_ticket_id`: the complaint out
    of a bad answer.
    """

    id: UUID
    survey_id: UUID
    edition: int
    title: BothWords
    intro: BothWords
    closing: BothWords
    state: ResponseState
    takes_answers: bool
    language: Language
    owner_id: UUID | None
    vehicle_id: UUID | None
    ticket_id: UUID | None
    touch_id: UUID | None
    about: dict[str, str]
    asked: list[AskedOut]
    next: Question | None
    most_left: int
    opened_at: Moment
    answered_at: Moment | None
    completed_at: Moment | None
    expires_at: Moment
    opened_ticket_id: UUID | None
    page: str | None


class ResponseLine(WireModel):
    """A response in a list."""

    id: UUID
    state: ResponseState
    owner_id: UUID | None
    ticket_id: UUID | None
    opened_at: Moment
    answered_at: Moment | None
    completed_at: Moment | None
    opened_ticket_id: UUID | None


ResponsePage = Page[ResponseLine]


class OwnResponse(WireModel):
    """One time this owner was asked; `title` of the survey."""

    id: UUID
    survey_id: UUID
    title: BothWords
    state: ResponseState
    ticket_id: UUID | None
    opened_at: Moment
    answered_at: Moment | None
    expires_at: Moment


class OwnResponses(WireModel):
    """The last of them, newest first."""

    items: list[OwnResponse]


class ResponsePath(QueryModel):
    """The response in the address."""

    response_id: UUID


class OwnResponsesQuery(QueryModel):
    """Whose."""

    owner_id: UUID


class ResponseQuery(ListQuery):
    """Which responses of a survey."""

    state: ResponseState | None = None


async def response_out(tx: Tx, found: Response) -> ResponseOut:
    """One response with the owner's facts in its texts."""
    facts = await about.personal(tx, found)
    stands, survey = found.stands, found.survey
    asked = [
        AskedOut(
            question=with_facts(survey.by_code[code], facts),
            answer=found.answers[code],
            via=found.via[code],
        )
        for code in stands.path
    ]
    coming = survey.by_code.get(stands.next or "") if found.takes_answers else None
    own = ResponseOut.model_fields.keys() & {*Response.__dataclass_fields__}
    fields = {name: getattr(found, name) for name in own} | {"about": dict(found.about)}
    return ResponseOut(
        title=with_facts(survey.title, facts),
        intro=with_facts(survey.intro, facts),
        closing=with_facts(closing_words(found), facts),
        takes_answers=found.takes_answers,
        asked=asked,
        next=with_facts(coming, facts) if coming else None,
        most_left=ways.most_left(survey, coming.code if coming else None),
        page=None,
        **fields,
    )


def closing_words(found: Response) -> BothWords:
    """The survey's last words, by how the response ended."""
    own: BothWords | None = getattr(found.survey, found.state.value, None)
    return own or found.survey.thanks
