"""The survey's pages: begun by anybody's link or gone on with by one's own, a question a page.

They work without scripts; looking uses nothing up, since previews of chat apps look, too.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from callcenter.outbound.surveys import links, repository, responses
from callcenter.outbound.surveys.errors import ResponseOver, SurveyLinkGone, SurveyNotFound
from callcenter.outbound.surveys.response import Response, SurveyState, Via
from callcenter.portal.attempt import Refused, attempt
from callcenter.portal.survey_form import answer_of_form
from callcenter.portal.survey_view import survey_begin_view, survey_view
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
Line = Annotated[str, Field(max_length=200)]


class SurveyTokenPath(QueryModel):
    """The signed link."""

    token: str


class QuestionQuery(QueryModel):
    """Which question to look at again; else the next one."""

    q: Annotated[str, Field(max_length=40)] = ""
    lang: str = ""


class BeginQuery(QueryModel):
    """Only the language."""

    lang: str = ""


class BeginForm(QueryModel):
    """The button alone."""


class SurveyForm(QueryModel):
    """One answer. Besides these, a checkbox `pick.CODE` for each option and a choice `row.CODE`
    for each row."""

    model_config = ConfigDict(extra="allow")

    question: Annotated[str, Field(max_length=40)]
    action: Literal["next", "pass"] = "next"
    choice: Line = ""
    score: Line = ""
    number: Line = ""
    day: Line = ""
    text: Annotated[str, Field(max_length=10_000)] = ""
    words: Annotated[str, Field(max_length=2000)] = ""


@routes.get("/survey/{token}", permission=Permission.PUBLIC)
async def survey_begin_page(call: Call, path: SurveyTokenPath, query: BeginQuery) -> Html:
    """What it is about, and a button to begin."""
    survey_id = _read(call, links.BEGIN, path.token)
    try:
        _, survey = await repository.edition(call.tx, survey_id)
    except SurveyNotFound:
        raise SurveyLinkGone from None
    is_open = (await repository.get(call.tx, survey_id)).state is SurveyState.OPEN
    return survey_begin_view(call, survey, is_open=is_open)


@routes.post("/survey/{token}", permission=Permission.PUBLIC)
async def begin_survey(call: Call, path: SurveyTokenPath, form: BeginForm) -> Redirect:
    """A response of somebody unknown; he goes on under its own address."""
    survey_id = _read(call, links.BEGIN, path.token)
    found = await responses.open_response(call.tx, survey_id, language=call.language)
    return Redirect(links.page_path(call.part(SignedLinks), found.id))


@routes.get("/q/{token}", permission=Permission.PUBLIC)
async def survey_page(call: Call, path: SurveyTokenPath, query: QuestionQuery) -> Html:
    """The next question, or one that was answered, to change it."""
    return await survey_view(call, await _response(call, path.token), query.q)


@routes.post("/q/{token}", permission=Permission.PUBLIC)
async def answer_on_page(call: Call, path: SurveyTokenPath, form: SurveyForm) -> Html | Redirect:
    """One answer, then the next question; refused, it stands there as it was written."""
    found = await _response(call, path.token)
    said = await attempt(call, _answer(call, found, form))
    if isinstance(said, Refused):
        return await survey_view(call, found, form.question, said, form)
    return Redirect(f"/q/{path.token}")


async def _answer(call: Call, found: Response, form: SurveyForm) -> None:
    """Sent from a tab that was left open when it ended elsewhere, it leads to the last words."""
    question = found.survey.by_code.get(form.question)
    if question is None or not found.takes_answers:
        return
    said = answer_of_form(question, form.model_dump())
    actor = f"link:response:{found.id}"
    try:
        await responses.answer(call.tx, actor, found.id, question.code, said, Via.WEB)
    except ResponseOver:
        return


async def _response(call: Call, token: str) -> Response:
    return await repository.response(call.tx, _read(call, links.GO_ON, token))


def _read(call: Call, purpose: str, token: str) -> UUID:
    subject = call.part(SignedLinks).read(purpose, token)
    if subject is None:
        raise SurveyLinkGone
    return subject
