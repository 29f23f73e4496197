"""Routes of audiences."""

from collections.abc import Sequence

from callcenter.customers import service as customers
from callcenter.outbound.audiences import questions, service
from callcenter.outbound.audiences.rules import SQL, names_in
from callcenter.outbound.audiences.service import Audience
from callcenter.outbound.audiences.told import audience_out, explained_out, sampled_out
from callcenter.outbound.audiences.wire import (
    AudienceDraft,
    AudienceOut,
    AudiencePage,
    AudiencePatch,
    AudiencePath,
    AudienceQuery,
    ChoicesOut,
    CountOut,
    ExplainAsk,
    ExplainOut,
    RuleAsk,
    SampleOut,
    named,
)
from callcenter.staff import repository as staff
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["audiences"])
READ, WRITE = Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE


@routes.get("/api/v1/audiences", permission=READ)
async def list_audiences(call: Call, query: AudienceQuery) -> AudiencePage:
    """All audiences, newest first."""
    found = await service.listed(call.tx, read_cursor(query.cursor), query.limit + 1)
    shown = found[: query.limit]
    more = len(found) > query.limit
    cursor = write_cursor(shown[-1].made_at, shown[-1].id) if more else None
    return AudiencePage(items=await _out(call, shown), next_cursor=cursor)


@routes.post("/api/v1/audiences", permission=WRITE, status=201)
async def make_audience(call: Call, body: AudienceDraft) -> AudienceOut:
    """A new audience."""
    return (await _out(call, [await service.make(call.tx, call.actor.id, body.name, body.rule)]))[0]


@routes.get("/api/v1/audiences/choices", permission=READ)
async def list_audience_choices(call: Call) -> ChoicesOut:
    """What conditions can name: models, cities, campaigns, other audiences."""
    ask = call.tx.connection
    return ChoicesOut(
        models=[row["model"] for row in await SQL.models(ask)],
        cities=[row["city"] for row in await SQL.cities(ask)],
        campaigns=named(await SQL.campaigns(ask)),
        audiences=named(await SQL.audiences(ask)),
    )


@routes.get("/api/v1/audiences/{audience_id}", permission=READ)
async def get_audience(call: Call, path: AudiencePath) -> AudienceOut:
    """One audience."""
    return (await _out(call, [await service.get(call.tx, path.audience_id)]))[0]


@routes.patch("/api/v1/audiences/{audience_id}", permission=WRITE)
async def edit_audience(call: Call, path: AudiencePath, body: AudiencePatch) -> AudienceOut:
    """Change its name or its rule."""
    audience = await service.get(call.tx, path.audience_id)
    call.expects(audience.version)
    rule = body.rule if "rule" in body.model_fields_set else audience.rule
    name = body.name if "name" in body.model_fields_set else audience.name
    return (await _out(call, [await service.edit(call.tx, call.actor.id, audience, name, rule)]))[0]


@routes.delete("/api/v1/audiences/{audience_id}", permission=WRITE, if_match=True, problems=(409,))
async def delete_audience(call: Call, path: AudiencePath) -> None:
    """Take away one that no campaign and no other audience uses."""
    audience = await service.get(call.tx, path.audience_id)
    call.expects(audience.version)
    await service.delete(call.tx, call.actor.id, audience)


@routes.post("/api/v1/audiences/count", permission=READ, reads=True, transaction=False)
async def count_audience(call: Call, body: RuleAsk) -> CountOut:
    """How many owners a rule finds, and why some of them would not be spoken to; keeps nothing."""
    return await questions.ask(call, lambda inner: questions.counted(inner, body))


@routes.post("/api/v1/audiences/sample", permission=READ, reads=True, transaction=False)
async def sample_audience(call: Call, body: RuleAsk) -> SampleOut:
    """Twenty of those whom a rule finds, each with the reason; keeps nothing."""

    async def work(inner: Call) -> SampleOut:
        asked, found = await questions.sampled(inner, body)
        names = await names_in(inner.tx, [body.rule], inner.language)
        return SampleOut(items=await sampled_out(inner, asked, found, names))

    return await questions.ask(call, work)


@routes.post(
    "/api/v1/audiences/explain", permission=READ, reads=True, transaction=False, problems=(409,)
)
async def explain_owner(call: Call, body: ExplainAsk) -> ExplainOut:
    """Whether a rule finds this owner, and which conditions keep him out; keeps nothing."""

    async def work(inner: Call) -> ExplainOut:
        await customers.get_owner(inner.tx, body.owner_id)
        asked, cars, standing = await questions.looked_at(inner, body)
        names = await names_in(inner.tx, [body.rule], inner.language)
        return ExplainOut(
            is_in=any(car.fits(asked) for car in cars),
            needs_car=not any(car.vehicle_id for car in cars) and questions.is_of_cars(asked),
            standing=standing,
            cars=await explained_out(inner, asked, body.owner_id, cars, names),
        )

    return await questions.ask(call, work)


async def _out(call: Call, audiences: Sequence[Audience]) -> list[AudienceOut]:
    names = await names_in(call.tx, [one.rule for one in audiences], call.language)
    makers = await staff.names_of(call.tx, {one.made_by for one in audiences})
    return [audience_out(one, call.language, names, makers) for one in audiences]
