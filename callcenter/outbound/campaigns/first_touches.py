"""The first touches of a run, some thousands of its members in each transaction: whoever looks next
goes on where one that was killed stood."""

from functools import partial
from typing import Any
from uuid import UUID

import structlog

from callcenter.db.database import Database
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.events import RunBegun
from callcenter.outbound.campaigns.follow import first
from callcenter.outbound.campaigns.model import Campaign, CampaignState
from callcenter.outbound.campaigns.plan import Plan
from callcenter.outbound.campaigns.repository import SQL, share

log = structlog.get_logger()

ACTOR = "outbound"
AT_ONCE = 2_000
"""Members; some tenths of a second, for which a pause or a stop of the campaign waits."""
BEFORE_ALL = UUID(int=0)
"""Where a run stands that has its members, and none of its first touches."""
ENDED = frozenset({CampaignState.STOPPED, CampaignState.OVER})
"""In a pause touches are made, too: they wait for its end like those made before it."""


async def make_all(database: Database) -> None:
    """Of every run that has begun and is not through, the foremost campaign's first. One that fails
    costs its turn only."""
    for row in await database.run(_half_begun, readonly=True):
        try:
            while await database.run(partial(make_some, run_id=row["id"])):
                pass
        # The others have theirs, and this one is looked at again.
        except Exception:
            log.exception("first_touches_failed", run_id=str(row["id"]))


async def make_some(tx: Tx, run_id: UUID) -> bool:
    """The next slice; whether there are more. False, and nothing is made, while another worker is
    at one. With the last one, or once the campaign is over or stopped, the run has begun."""
    run = await SQL.lock_half_begun(tx.connection, id=run_id)
    if run is None:
        return False
    campaign = await share(tx, run["campaign_id"])
    if campaign.state in ENDED:
        await _has_begun(tx, run_id, made=0)
        return False
    slice_ = await _slice(tx, run, campaign)
    if slice_["members"] < AT_ONCE:
        await _has_begun(tx, run_id, made=slice_["made"])
        return False
    await SQL.keep_planned(
        tx.connection, id=run_id, planned_past=slice_["last"], made=slice_["made"]
    )
    return True


async def _half_begun(tx: Tx) -> list[Any]:
    return list(await SQL.half_begun(tx.connection))


async def _slice(tx: Tx, run: Any, campaign: Campaign) -> Any:
    plan = Plan.model_validate_json(run["plan"])
    begins = first(plan, await tx.now())
    return await SQL.first_touches(
        tx.connection,
        run_id=run["id"],
        past=run["planned_past"],
        most=AT_ONCE,
        campaign_id=campaign.id,
        channel=plan.steps[0].way.value,
        purpose=campaign.purpose.value,
        priority=campaign.priority,
        due_at=begins.due_at,
        expires_at=begins.expires_at,
    )


async def _has_begun(tx: Tx, run_id: UUID, made: int) -> None:
    run = await SQL.end_beginning(tx.connection, id=run_id, made=made)
    fact = RunBegun(
        campaign_id=run["campaign_id"],
        run_id=run_id,
        number=run["number"],
        owners=run["first_touches"],
    )
    await record(tx, fact, actor=ACTOR)
