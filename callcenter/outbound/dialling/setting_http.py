"""Routes of how a campaign's calls are dialled: set, and looked at while it goes on."""

from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns.model import Campaign
from callcenter.outbound.campaigns.wire import CampaignPath
from callcenter.outbound.dialling import setting
from callcenter.outbound.dialling.model import OwnerCallState
from callcenter.outbound.dialling.pacing import Mode
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.dialling.rules import rules_of
from callcenter.outbound.dialling.setting import DiallingAsSet, as_set, set_dialling
from callcenter.outbound.dialling.setting_wire import (
    DiallingOut,
    DiallingPatch,
    PacingOut,
    dialling_out,
    pacing_out,
)
from callcenter.outbound.dialling.standing import Dialled, standing
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])
ONE = "/api/v1/campaigns/{campaign_id}"


@routes.get(f"{ONE}/dialling", permission=Permission.OUTBOUND_READ)
async def get_dialling(call: Call, path: CampaignPath) -> DiallingOut:
    """How the calls of a campaign are dialled, by whose agents."""
    campaign = await campaigns.get(call.tx, path.campaign_id)
    return await _out(call, campaign, await as_set(call.tx, campaign))


@routes.patch(f"{ONE}/dialling", permission=Permission.OUTBOUND_WRITE, problems=(409, 422))
async def edit_dialling(call: Call, path: CampaignPath, body: DiallingPatch) -> DiallingOut:
    """Change it, also while the campaign runs."""
    campaign = await campaigns.get(call.tx, path.campaign_id)
    now = await as_set(call.tx, campaign)
    call.expects(now.version)
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    if body.mode is not None:
        changes["mode"] = Mode(body.mode)
    changed = await set_dialling(call.tx, call.actor.id, campaign, now, changes)
    return await _out(call, campaign, changed)


@routes.get(f"{ONE}/pacing", permission=Permission.OUTBOUND_READ)
async def get_pacing(call: Call, path: CampaignPath) -> PacingOut:
    """How its calls stand at this second: agents, lines, and how much of its budget for calls that
    found no agent is used up."""
    campaign = await campaigns.get(call.tx, path.campaign_id)
    now = await as_set(call.tx, campaign)
    rules = rules_of(campaign.policy, await call.tx.now())
    by = Dialled(campaign.id, now.mode, now.group, now.cap, now.machine, rules)
    stands = await standing(call.tx, by)
    rows = await SQL.owner_calls_now(call.tx.connection, campaign_id=campaign.id)
    calls = {OwnerCallState(row["state"]): row["calls"] for row in rows}
    stood = await SQL.dialling_of(call.tx.connection, campaign_id=campaign.id)
    return pacing_out(await call.tx.now(), stands, calls, stood)


async def _out(call: Call, campaign: Campaign, now: DiallingAsSet) -> DiallingOut:
    planned = setting.planned(campaign)
    assert planned is not None, "as_set has said so"
    return dialling_out(now, planned, await setting.ceiling(call.tx, campaign))
