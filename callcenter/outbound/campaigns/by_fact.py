"""Campaigns into which each owner comes by what has happened to him: one run for each day."""

import json

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns.follow import first
from callcenter.outbound.campaigns.model import Campaign, Run
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.repository import SQL, lock, run_of
from callcenter.outbound.policies.shelf import pack


async def follow(tx: Tx, campaign: Campaign, about: About) -> bool:
    """Something has happened to this owner: he comes into the campaign's run of today, once a day.
    False when he is in it already."""
    run = await _run_of_today(tx, campaign)
    is_new = await SQL.add_member(
        tx.connection,
        run_id=run.id,
        owner_id=about.owner_id,
        vehicle_id=about.vehicle_id,
        reason=json.dumps({"ticket_id": str(about.ticket_id)}),
    )
    if not is_new:
        return False
    begins = first(run.plan, await tx.now())
    await SQL.add_touch(
        tx.connection,
        id=new_id(),
        run_id=run.id,
        campaign_id=campaign.id,
        owner_id=about.owner_id,
        vehicle_id=about.vehicle_id,
        ticket_id=about.ticket_id,
        step=0,
        attempt=1,
        channel=run.plan.steps[0].way.value,
        purpose=campaign.purpose.value,
        priority=campaign.priority,
        due_at=begins.due_at,
        expires_at=begins.expires_at,
        promised_to=None,
    )
    return True


async def _run_of_today(tx: Tx, campaign: Campaign) -> Run:
    """The run that takes in whom something happens to today; begun by the first of them."""
    row = await SQL.run_of_today(tx.connection, campaign_id=campaign.id)
    if row is None:
        await lock(tx, campaign.id)
        row = await SQL.run_of_today(tx.connection, campaign_id=campaign.id)
    if row is None:
        row = await SQL.insert_run(
            tx.connection,
            id=new_id(),
            campaign_id=campaign.id,
            plan=campaign.plan.model_dump_json(),
            rule=None,
            policy=campaign.policy,
            policy_version=pack(campaign.policy, await tx.now()).version,
        )
    return run_of(row)
