"""When cars are due, and what a campaign has brought."""

from datetime import date, timedelta

from callcenter.ids import new_id
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.due.service import rescore
from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example("GET /api/v1/vehicles/{vehicle_id}/due")
async def get_vehicles_vehicle_id_due(w: World) -> Example:
    car = new_id()
    async with w.service.database.transaction() as tx:
        await tx.connection.execute(
            "insert into vehicles (id, delivered_on) values ($1, $2)",
            car,
            date.today() - timedelta(days=40),
        )
        await rescore(tx, car)
    return Example({"vehicle_id": str(car)})


@example("GET /api/v1/due-weeks")
async def get_due_weeks(w: World) -> Example:
    return Example(query={"weeks": "8"})


@example("GET /api/v1/due-cars")
async def get_due_cars(w: World) -> Example:
    return Example(query={"monday": "2026-05-04", "region": "LN"})


@example("GET /api/v1/campaign-results")
async def get_campaign_results(w: World) -> Example:
    return Example(query={"days": "90"})


@example("GET /api/v1/campaigns/{campaign_id}/results")
async def get_campaigns_campaign_id_results(w: World) -> Example:
    campaign = new_id()
    async with w.service.database.transaction() as tx:
        await tx.connection.execute(
            "insert into campaigns (id, name, kind, purpose, policy, plan, priority, made_by)"
            " values ($1, '保养提醒', 'maintenance', 'contract', 'cn', $2, 5, 'test')",
            campaign,
            template(CampaignKind.MAINTENANCE).plan.model_dump_json(),
        )
    return Example({"campaign_id": str(campaign)})
