"""Campaigns into which each owner comes by what has happened to him: one run for each day."""

import json
from datetime import datetime, timedelta
from typing import Any

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns.follow import first
from callcenter.outbound.campaigns.model import Campaign, CampaignKind, Run
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.repository import SQL, lock, run_of
from callcenter.outbound.policies.shelf import pack
from callcenter.tickets.model import Kind as TicketKind

ASKS_ABOUT = {
    TicketKind.RESCUE: CampaignKind.RESCUE_FOLLOW_UP,
    TicketKind.COMPLAINT: CampaignKind.COMPLAINT_CALL_BACK,
}
TICKET_OF = {campaign: ticket for ticket, campaign in ASKS_ABOUT.items()}
LATELY_DAYS = 90
A_MOMENT_BEFORE = timedelta(minutes=1)
"""A ticket closed just before the pause may have been looked at in it."""


async def lately(tx: Tx, kind: CampaignKind, at_most: int) -> list[About]:
    """Real people whom such a campaign would have spoken to: owners of tickets closed lately."""
    rows = await SQL.asked_after(
        tx.connection, kind=TICKET_OF[kind].value, days=LATELY_DAYS, limit=at_most
    )
    return [_about(row) for row in rows]


async def take_up(tx: Tx, campaign: Campaign, since: datetime) -> int:
    """Whose ticket was closed since then and who was not asked comes in now, as long as what the
    campaign is for may still come of it; how many."""
    rows = await SQL.closed_meanwhile(
        tx.connection,
        kind=TICKET_OF[campaign.kind].value,
        since=since - A_MOMENT_BEFORE,
        days=campaign.plan.within_days,
        campaign_id=campaign.id,
    )
    return sum([await follow(tx, campaign, _about(row)) for row in rows])


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
            planned_past=None,
        )
    return run_of(row)


def _about(row: Any) -> About:
    return About(row["owner_id"], row["vehicle_id"], row["id"])
