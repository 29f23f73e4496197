"""Routes of campaigns, for supervisors; who approves is another than who hands in."""

from collections.abc import Sequence
from uuid import UUID

from callcenter.outbound.campaigns import by_fact, repository, service
from callcenter.outbound.campaigns.counting import Counts
from callcenter.outbound.campaigns.model import BY_FACT, Campaign, CampaignKind
from callcenter.outbound.campaigns.people import Addressed
from callcenter.outbound.campaigns.plan import USUAL
from callcenter.outbound.campaigns.repository import SQL, campaign_of, run_of
from callcenter.outbound.campaigns.survey_words import open_of
from callcenter.outbound.campaigns.templates import template, templates
from callcenter.outbound.campaigns.trial import SAMPLE, Sampler, all_faults, told, tried
from callcenter.outbound.campaigns.trial_wire import (
    PlanTrial,
    PlanTried,
    fault_out,
    person_told,
)
from callcenter.outbound.campaigns.wire import (
    CampaignDraft,
    CampaignOut,
    CampaignPage,
    CampaignPatch,
    CampaignPath,
    CampaignQuery,
    ProgressOut,
    TemplateList,
    WhyBody,
    campaign_out,
    run_out,
    template_out,
    touch_count,
)
from callcenter.outbound.campaigns.words import FACTS
from callcenter.staff import repository as staff
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])
READ, WRITE = Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE
APPROVE = Permission.OUTBOUND_APPROVE
ONE = "/api/v1/campaigns/{campaign_id}"
LAST_RUNS = 30
SHOWN = 20


@routes.get("/api/v1/campaign-templates", permission=WRITE, transaction=False)
async def list_campaign_templates(call: Call) -> TemplateList:
    """A whole plan to begin with, for each kind of campaign."""
    return TemplateList(
        items=[template_out(one, call.language) for one in templates()],
        usual=dict(USUAL),
        facts=sorted(FACTS),
    )


@routes.get("/api/v1/campaigns", permission=READ)
async def list_campaigns(call: Call, query: CampaignQuery) -> CampaignPage:
    """Newest first."""
    rows = await SQL.list_campaigns(
        call.tx.connection, state=query.state, before=query.cursor, limit=query.limit + 1
    )
    shown = [campaign_of(row) for row in rows[: query.limit]]
    more = len(rows) > query.limit
    return CampaignPage(
        items=await _all_out(call, shown), next_cursor=str(shown[-1].id) if more else None
    )


@routes.post("/api/v1/campaigns", permission=WRITE, status=201)
async def draft_campaign(call: Call, body: CampaignDraft) -> CampaignOut:
    """A new draft; without a plan it begins with that of its kind."""
    usual = template(body.kind)
    fields = {name: getattr(body, name) for name in CampaignDraft.model_fields}
    fields["plan"] = body.plan or usual.plan
    fields["purpose"] = body.purpose or usual.purpose
    return await _out(call, await service.draft(call.tx, call.actor.id, fields))


@routes.post("/api/v1/campaign-trials", permission=WRITE, reads=True, transaction=False)
async def try_campaign(call: Call, body: PlanTrial) -> PlanTried:
    """What real people of the audience would be told, and what is wrong. Nothing is kept."""
    # Whom the audience holds is brought up to date before: this may write.
    return await call.database.run(lambda tx: _tried(call.within(tx), body))


async def _tried(call: Call, body: PlanTrial) -> PlanTried:
    found = await _people(call, body.kind, body.audience_id)
    surveys = await open_of(call.tx, body.plan)
    wrong = all_faults(body.plan, body.kind, body.purpose, found, surveys)
    return PlanTried(
        faults=[fault_out(one, call.language) for one in wrong],
        people=[person_told(body.plan, one, surveys) for one in found[:SHOWN]],
    )


@routes.get(ONE, permission=READ)
async def get_campaign(call: Call, path: CampaignPath) -> CampaignOut:
    """One campaign with its plan."""
    return await _out(call, await repository.get(call.tx, path.campaign_id))


@routes.patch(ONE, permission=WRITE)
async def edit_campaign(call: Call, path: CampaignPath, body: CampaignPatch) -> CampaignOut:
    """Change a draft."""
    campaign = await repository.get(call.tx, path.campaign_id)
    call.expects(campaign.version)
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    return await _out(call, await service.edit(call.tx, call.actor.id, campaign, changes))


@routes.post(f"{ONE}/submission", permission=WRITE)
async def submit_campaign(call: Call, path: CampaignPath) -> CampaignOut:
    """Hand it in for a second person's approval; refused with every fault of its plan."""
    campaign = await repository.lock(call.tx, path.campaign_id)
    found = await _people(call, campaign.kind, campaign.audience_id)
    handed_in = await service.submit(call.tx, call.actor.id, campaign, found, call.language)
    return await _out(call, handed_in)


@routes.post(f"{ONE}/approval", permission=APPROVE, if_match=True)
async def approve_campaign(call: Call, path: CampaignPath) -> CampaignOut:
    """It runs from its beginning on, as it was read."""
    campaign = await repository.lock(call.tx, path.campaign_id)
    call.expects(campaign.version)
    approved = await service.approve(call.tx, call.actor.id, campaign, call.language)
    return await _out(call, approved)


@routes.post(f"{ONE}/return", permission=APPROVE)
async def send_campaign_back(call: Call, path: CampaignPath, body: WhyBody) -> CampaignOut:
    """Not approved, with the reason: it is a draft again."""
    campaign = await repository.lock(call.tx, path.campaign_id)
    back = await service.send_back(call.tx, call.actor.id, campaign, body.reason)
    return await _out(call, back)


@routes.post(f"{ONE}/pause", permission=WRITE)
async def pause_campaign(call: Call, path: CampaignPath, body: WhyBody) -> CampaignOut:
    """Nothing new is said from this moment on."""
    campaign = await repository.lock(call.tx, path.campaign_id)
    return await _out(call, await service.pause(call.tx, call.actor.id, campaign, body.reason))


@routes.post(f"{ONE}/resumption", permission=WRITE)
async def resume_campaign(call: Call, path: CampaignPath) -> CampaignOut:
    """It goes on."""
    campaign = await repository.lock(call.tx, path.campaign_id)
    return await _out(call, await service.resume(call.tx, call.actor.id, campaign))


@routes.post(f"{ONE}/stop", permission=WRITE)
async def stop_campaign(call: Call, path: CampaignPath, body: WhyBody) -> CampaignOut:
    """For good: what waits is never said."""
    campaign = await repository.lock(call.tx, path.campaign_id)
    return await _out(call, await service.stop(call.tx, call.actor.id, campaign, body.reason))


@routes.get(f"{ONE}/progress", permission=READ)
async def get_campaign_progress(call: Call, path: CampaignPath) -> ProgressOut:
    """Its last runs, and its touches counted by step, state and outcome; of many touches the count
    may be some seconds old."""
    campaign = await repository.get(call.tx, path.campaign_id)
    runs = await SQL.runs_of(call.tx.connection, campaign_id=campaign.id, limit=LAST_RUNS)
    counts = await call.part(Counts).of(call.tx, campaign)
    return ProgressOut(
        runs=[run_out(run_of(row)) for row in runs],
        touches=[touch_count(row) for row in counts],
    )


async def _people(call: Call, kind: CampaignKind, audience_id: UUID | None) -> list[Addressed]:
    """Real people of the audience; for a campaign by facts those to whom it happened lately."""
    hotline = call.settings.hotline
    if kind in BY_FACT:
        return await told(call.tx, await by_fact.lately(call.tx, kind, SAMPLE), hotline)
    if audience_id is None:
        return []
    return await tried(call.tx, call.part(_SAMPLER), audience_id, hotline)


async def _out(call: Call, campaign: Campaign) -> CampaignOut:
    return (await _all_out(call, [campaign]))[0]


async def _all_out(call: Call, campaigns: Sequence[Campaign]) -> list[CampaignOut]:
    actors = {
        actor for one in campaigns for actor in (one.made_by, one.submitted_by, one.approved_by)
    }
    names = await staff.names_of(call.tx, [actor for actor in actors if actor])
    return [campaign_out(one, names, call.actor.id) for one in campaigns]


# A Protocol stands for whatever was wired in its place.
_SAMPLER: type[Sampler] = Sampler  # type: ignore[type-abstract]
