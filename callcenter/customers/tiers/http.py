"""Routes of the tiers: their rules, what those would change, why an owner has his."""

from callcenter.customers.tiers import service, standing
from callcenter.customers.tiers.model import TierRules
from callcenter.customers.tiers.wire import (
    TierOut,
    TierPreview,
    TierRulesBody,
    TierRulesOut,
    preview_out,
    rules_out,
    tier_out,
)
from callcenter.customers.wire import OwnerPath
from callcenter.staff import repository as staff
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["customers"])
ADMIN = Permission.CUSTOMERS_ADMIN


@routes.get("/api/v1/tier-rules", permission=ADMIN)
async def get_tier_rules(call: Call) -> TierRulesOut:
    """The rules of the tiers that count."""
    return await _out(call, await standing.newest_rules(call.tx))


@routes.post("/api/v1/tier-rules/preview", permission=ADMIN, reads=True)
async def preview_tier_rules(call: Call, body: TierRulesBody) -> TierPreview:
    """How many owners these rules would give another tier; nothing is changed."""
    return preview_out(await service.preview(call.tx, body.as_rules()))


@routes.put("/api/v1/tier-rules", permission=ADMIN, if_match=True)
async def make_tier_rules(call: Call, body: TierRulesBody) -> TierRulesOut:
    """New rules, applied to all owners at once but those whose tier a person has set."""
    version = (await standing.newest_rules(call.tx)).version
    call.expects(version)
    made = await service.make_rules(call.tx, call.actor.id, body.as_rules(), instead_of=version)
    return await _out(call, made)


@routes.get("/api/v1/owners/{owner_id}/tier", permission=Permission.CUSTOMERS_READ)
async def get_tier(call: Call, path: OwnerPath) -> TierOut:
    """Why this owner has his tier."""
    rules = await standing.newest_rules(call.tx)
    return tier_out(rules, await standing.standing_of(call.tx, path.owner_id))


async def _out(call: Call, rules: TierRules) -> TierRulesOut:
    names = await staff.names_of(call.tx, [rules.made_by] if rules.made_by else [])
    return rules_out(rules, names.get(rules.made_by))
