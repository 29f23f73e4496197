"""The route of a campaign's results."""

from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.campaigns.wire import CampaignPath
from callcenter.outbound.results.service import results
from callcenter.outbound.results.wire import ResultsOut, results_out
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
