"""Routes of whoever writes surveys."""

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import repository, response_http, service, ways
from callcenter.outbound.surveys.check import faults
from callcenter.outbound.surveys.earlier import used_codes
from callcenter.outbound.surveys.links import begin_path
from callcenter.outbound.surveys.repository import SQL, StoredSurvey
from callcenter.outbound.surveys.response import SurveyState
from callcenter.outbound.surveys.results import http as results_http
from callcenter.outbound.surveys.walk import standing
from callcenter.outbound.surveys.wire import (
    EditionOut,
    EditionPath,
    SurveyCheck,
    SurveyDraft,
    SurveyLine,
    SurveyLink,
    SurveyOut,
    SurveyPage,
    SurveyPath,
    SurveyQuery,
    SurveyToCheck,
    SurveyTrial,
    SurveyTried,
    fault_out,
    survey_out,
)
from callcenter.staff import repository as staff
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["surveys"])
READ, WRITE = Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE


@routes.get("/api/v1/surveys", permission=READ)
async def list_surveys(call: Call, query: SurveyQuery) -> SurveyPage:
    """Surveys, newest first, with how many have answered."""
    before = read_cursor(query.cursor)
    rows = await SQL.list_surveys(
        call.tx.connection,
        before=before[1] if before else None,
        state=query.state,
        limit=query.limit + 1,
    )
    items = [
        SurveyLine(**(dict(row) | {"state": SurveyState(row["state"])}))
        for row in rows[: query.limit]
    ]
    last = items[-1] if len(rows) > query.limit else None
    return SurveyPage(
        items=items, next_cursor=write_cursor(last.made_at, last.id) if last else None
    )


@routes.post("/api/v1/surveys", permission=WRITE, status=201)
async def draft_survey(call: Call, body: SurveyDraft) -> SurveyOut:
    """Begin a survey; nobody can answer it before it is published and opened."""
    made = await service.draft(call.tx, call.actor.id, body.name, body.survey)
    return await _out(call, call.tx, made)


@routes.post("/api/v1/surveys/check", permission=READ, reads=True)
async def check_survey(call: Call, body: SurveyToCheck) -> SurveyCheck:
    """What is wrong with a survey; nothing is kept."""
    published = await repository.editions(call.tx, body.survey_id) if body.survey_id else {}
    found = faults(body.survey, published)
    return SurveyCheck(faults=[fault_out(one, call.language) for one in found])


@routes.post("/api/v1/surveys/trial", permission=READ, reads=True, transaction=False)
async def try_survey(call: Call, body: SurveyTrial) -> SurveyTried:
    """Where answers lead in a survey; nothing is kept. One with faults is not walked."""
    if found := faults(body.survey):
        out = [fault_out(one, call.language) for one in found]
        return SurveyTried(path=[], next=None, ending=None, most_left=0, faults=out)
    stands = standing(body.survey, body.answers, body.about)
    return SurveyTried(
        path=list(stands.path),
        next=body.survey.by_code.get(stands.next or ""),
        ending=stands.ending,
        most_left=ways.most_left(body.survey, stands.next),
        faults=[],
    )


@routes.get("/api/v1/surveys/{survey_id}", permission=READ)
async def get_survey(call: Call, path: SurveyPath) -> SurveyOut:
    """One survey with its draft."""
    return await _out(call, call.tx, await repository.get(call.tx, path.survey_id))


@routes.patch("/api/v1/surveys/{survey_id}", permission=WRITE)
async def edit_survey(call: Call, path: SurveyPath, body: SurveyDraft) -> SurveyOut:
    """Change the draft; what was published stays as it was."""
    version = call.if_match or 0
    edited = await service.edit(
        call.tx, call.actor.id, path.survey_id, version, body.name, body.survey
    )
    return await _out(call, call.tx, edited)


@routes.post(
    "/api/v1/surveys/{survey_id}/editions",
    permission=WRITE,
    status=201,
    if_match=True,
    problems=(409,),
)
async def publish_survey(call: Call, path: SurveyPath) -> EditionOut:
    """Publish the draft as an edition that never changes; who has begun goes on with his.

    Refused with every fault that is in it.
    """
    version = call.if_match or 0
    number = await service.publish(call.tx, call.actor.id, path.survey_id, version)
    return await _edition(call.tx, EditionPath(survey_id=path.survey_id, edition=number))


@routes.get("/api/v1/surveys/{survey_id}/editions/{edition}", permission=READ)
async def get_survey_edition(call: Call, path: EditionPath) -> EditionOut:
    """What was published."""
    return await _edition(call.tx, path)


@routes.post("/api/v1/surveys/{survey_id}/opening", permission=WRITE, problems=(409,))
async def open_survey(call: Call, path: SurveyPath) -> SurveyOut:
    """Take answers from now on."""
    found = await service.open_survey(call.tx, call.actor.id, path.survey_id)
    return await _out(call, call.tx, found)


@routes.post("/api/v1/surveys/{survey_id}/closing", permission=WRITE)
async def close_survey(call: Call, path: SurveyPath) -> SurveyOut:
    """Take no more answers."""
    found = await service.close_survey(call.tx, call.actor.id, path.survey_id)
    return await _out(call, call.tx, found)


@routes.get("/api/v1/surveys/{survey_id}/link", permission=READ)
async def get_survey_link(call: Call, path: SurveyPath) -> SurveyLink:
    """The address under which anybody may answer while the survey is open."""
    await repository.get(call.tx, path.survey_id)
    below = begin_path(call.part(SignedLinks), path.survey_id)
    return SurveyLink(url=call.settings.base_url + below)


async def _edition(tx: Tx, path: EditionPath) -> EditionOut:
    number, survey = await repository.edition(tx, path.survey_id, path.edition)
    return EditionOut(survey_id=path.survey_id, edition=number, survey=survey)


async def _out(call: Call, tx: Tx, found: StoredSurvey) -> SurveyOut:
    used = used_codes((await repository.editions(tx, found.id)).values())
    return survey_out(found, await staff.names_of(tx, [found.made_by]), used)


for _part in (response_http, results_http):
    routes += _part.routes
