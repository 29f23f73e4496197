"""The routes of results: of a campaign, and of all campaigns together."""

from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns.wire import CampaignPath
from callcenter.outbound.results.of_all import results_of_all
from callcenter.outbound.results.service import results
from callcenter.outbound.results.wire import (
    ResultsOfAllOut,
    ResultsOfAllQuery,
    ResultsOut,
    results_of_all_out,
    results_out,
)
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["outbound"])


@routes.get("/api/v1/campaigns/{campaign_id}/results", permission=Permission.OUTBOUND_READ)
async def get_campaign_results(call: Call, path: CampaignPath) -> ResultsOut:
    """Did it help? Effects of those spoken to against those held out, with intervals and costs."""
    campaign = await campaigns.get(call.tx, path.campaign_id)
    found = await results(call.tx, campaign)
    return results_out(found, campaign.plan.within_days, call.language)


@routes.get("/api/v1/campaign-results", permission=Permission.OUTBOUND_READ)
async def get_results_of_all(call: Call, query: ResultsOfAllQuery) -> ResultsOfAllOut:
    """Have all campaigns together helped? Owners held out of all of them against the others."""
    found = await results_of_all(call.tx, call.settings.outbound.held_out_of_all, query.days)
    return results_of_all_out(found, call.language)
