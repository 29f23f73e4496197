"""Rows of campaigns and runs as models."""

import json
from typing import Any
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.errors import CampaignNotFound
from callcenter.outbound.campaigns.model import Campaign, CampaignKind, CampaignState, Run
from callcenter.outbound.campaigns.plan import Plan, PlanStep
from callcenter.outbound.model import Touch

SQL = load_queries(__file__)
MOST_PLANS = 256
_plans: dict[UUID, Plan] = {}


async def get(tx: Tx, campaign_id: UUID) -> Campaign:
    """Raises CampaignNotFound."""
    row = await SQL.get_campaign(tx.connection, id=campaign_id)
    if row is None:
        raise CampaignNotFound
    return campaign_of(row)


async def lock(tx: Tx, campaign_id: UUID) -> Campaign:
    """The same, until the end of the transaction. Raises CampaignNotFound."""
    row = await SQL.lock_campaign(tx.connection, id=campaign_id)
    if row is None:
        raise CampaignNotFound
    return campaign_of(row)


async def share(tx: Tx, campaign_id: UUID) -> Campaign:
    """One that a run names, as it stays until the end of the transaction; who only reads it so, as
    each touch that begins, does not wait."""
    return campaign_of(await SQL.share_campaign(tx.connection, id=campaign_id))


async def run(tx: Tx, run_id: UUID) -> Run:
    """One that is named by a touch, which always is there."""
    return run_of(await SQL.get_run(tx.connection, id=run_id))


async def plan(tx: Tx, run_id: UUID) -> Plan:
    """The plan of a run that is named by a touch. It never changes: each process reads it once, and
    forgets that of the run it has known longest."""
    known = _plans.get(run_id)
    if known is None:
        while len(_plans) >= MOST_PLANS:
            del _plans[next(iter(_plans))]
        known = _plans[run_id] = (await run(tx, run_id)).plan
    return known


async def step_of(tx: Tx, touch: Touch) -> PlanStep:
    """What the plan of its run says of the step that it belongs to."""
    return (await plan(tx, touch.run_id)).steps[touch.step]


def campaign_of(row: Any) -> Campaign:
    """A row of `campaigns`."""
    typed = {
        "kind": CampaignKind(row["kind"]),
        "purpose": Purpose(row["purpose"]),
        "state": CampaignState(row["state"]),
        "plan": Plan.model_validate_json(row["plan"]),
    }
    return Campaign(**(dict(row) | typed))


def run_of(row: Any) -> Run:
    """A row of `campaign_runs`."""
    return Run(
        id=row["id"],
        campaign_id=row["campaign_id"],
        number=row["number"],
        plan=Plan.model_validate_json(row["plan"]),
        policy=row["policy"],
        begun_at=row["begun_at"],
        in_audience=row["in_audience"],
        left_out=json.loads(row["left_out"]),
        beginning=row["planned_past"] is not None,
    )
