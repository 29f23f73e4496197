"""Routes of an agent who asks the questions, and of who looks at what was answered."""

from callcenter.outbound.surveys import repository, responses
from callcenter.outbound.surveys.repository import SQL, survey_of
from callcenter.outbound.surveys.response import Response, ResponseState, Via
from callcenter.outbound.surveys.response_wire import (
    AnswerDraft,
    OwnResponse,
    OwnResponses,
    OwnResponsesQuery,
    ResponseDraft,
    ResponseLine,
    ResponseOut,
    ResponsePage,
    ResponsePath,
    ResponseQuery,
    response_out,
)
from callcenter.outbound.surveys.wire import SurveyPath
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["surveys"])
ASKS, HEARS = Permission.CALLS_WRITE, Permission.CALLS_READ


@routes.post("/api/v1/survey-responses", permission=ASKS, status=201, problems=(409,))
async def open_response(call: Call, body: ResponseDraft) -> ResponseOut:
    """Begin to ask somebody; of one ticket a survey asks once: then it is the response there is."""
    fields = body.model_dump()
    found = await responses.open_response(call.tx, fields.pop("survey_id"), **fields)
    return await _out(call, found)


@routes.get("/api/v1/survey-responses", permission=HEARS)
async def list_responses_of_owner(call: Call, query: OwnResponsesQuery) -> OwnResponses:
    """What an owner was asked of late, half done or whole."""
    rows = await SQL.responses_of_owner(call.tx.connection, owner_id=query.owner_id)
    own = OwnResponse.model_fields.keys() - {"title", "state"}
    return OwnResponses(
        items=[
            OwnResponse(
                title=survey_of(row["questions"]).title,
                state=ResponseState(row["state"]),
                **{name: row[name] for name in own},
            )
            for row in rows
        ]
    )


@routes.get("/api/v1/survey-responses/{response_id}", permission=HEARS)
async def get_response(call: Call, path: ResponsePath) -> ResponseOut:
    """A response as it stands, and the question that is next."""
    return await _out(call, await repository.response(call.tx, path.response_id))


@routes.post("/api/v1/survey-responses/{response_id}/answers", permission=ASKS, problems=(409,))
async def answer_question(call: Call, path: ResponsePath, body: AnswerDraft) -> ResponseOut:
    """Write down one answer: to the question that is next, or anew to one asked before."""
    found = await responses.answer(
        call.tx, call.actor.id, path.response_id, body.question, body.answer, Via(body.via)
    )
    return await _out(call, found)


@routes.get("/api/v1/surveys/{survey_id}/responses", permission=Permission.OUTBOUND_READ)
async def list_responses(call: Call, path: SurveyPath, query: ResponseQuery) -> ResponsePage:
    """Responses of a survey that were begun, newest first."""
    before = read_cursor(query.cursor)
    rows = await SQL.list_responses(
        call.tx.connection,
        survey_id=path.survey_id,
        state=query.state,
        before_at=before[0] if before else None,
        before_id=before[1] if before else None,
        limit=query.limit + 1,
    )
    own = ResponseLine.model_fields.keys() - {"state"}
    items = [
        ResponseLine(state=ResponseState(row["state"]), **{name: row[name] for name in own})
        for row in rows[: query.limit]
    ]
    last = items[-1] if len(rows) > query.limit else None
    return ResponsePage(
        items=items, next_cursor=write_cursor(last.opened_at, last.id) if last else None
    )


async def _out(call: Call, found: Response) -> ResponseOut:
    return await response_out(call.tx, found)
