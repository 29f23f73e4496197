"""A campaign that was paused goes on: what waited for that is due, and whose ticket was closed in
the pause is asked about it."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.by_fact import take_up
from callcenter.outbound.campaigns.model import BY_FACT, CampaignState
from callcenter.outbound.campaigns.repository import lock
from callcenter.outbound.touches import service as touches


async def go_on(database: Database, payload: dict[str, Any]) -> None:
    """In pieces: a campaign may have half a million touches. Again is as once."""
    campaign_id = UUID(payload["campaign_id"])
    while await database.run(partial(touches.wake, campaign_id=campaign_id)):
        pass
    if since := payload["paused_at"]:
        at = datetime.fromisoformat(since)
        await database.run(partial(_take_up, campaign_id=campaign_id, since=at))


async def _take_up(tx: Tx, campaign_id: UUID, since: datetime) -> None:
    campaign = await lock(tx, campaign_id)
    if campaign.kind in BY_FACT and campaign.state is CampaignState.RUNNING:
        await take_up(tx, campaign, since)
