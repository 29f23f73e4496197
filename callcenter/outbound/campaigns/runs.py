"""A run: its audience frozen, without those spoken to lately; the worker's turn over campaigns."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from callcenter.db.database import Database
from callcenter.db.events import record
from callcenter.db.patient import Patient
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.ids import new_id
from callcenter.outbound.campaigns import first_touches, service
from callcenter.outbound.campaigns.events import RunPutOff
from callcenter.outbound.campaigns.model import ABOUT_CARS, Campaign, CampaignState, Run
from callcenter.outbound.campaigns.plan import Repeat
from callcenter.outbound.campaigns.repository import SQL, get, lock, run_of

log = structlog.get_logger()

ACTOR = "outbound"
AGAIN_AFTER_S = 3600.0
UNEXPECTED = "unexpected"
PAUSES = {Repeat.DAILY: timedelta(days=1), Repeat.WEEKLY: timedelta(days=7)}


@dataclass(frozen=True)
class Frozen:
    """Who came into a run; `left_out`: reason -> owners, hold-outs among them. `by_habit`: its
    rule asks for habits of theirs."""

    owners: int
    left_out: Mapping[str, int]
    rule: str
    by_habit: bool = False


class Audiences(Protocol):
    """Writes the members of a run."""

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        """The campaign's audience as it is now, with its hold-outs."""

    async def policy_version(self, tx: Tx, policy: str) -> str:
        """Which version of the policy pack is valid now."""


async def begin(tx: Tx, campaign: Campaign, audiences: Audiences) -> Run:
    """The campaign once: its members, all as they are at one moment. Their first touches are made
    behind it (`first_touches`). No statement of it has the seconds of others: there may be half a
    million members."""
    run_id = new_id()
    await SQL.insert_run(
        tx.connection,
        id=run_id,
        campaign_id=campaign.id,
        plan=campaign.plan.model_dump_json(),
        rule=None,
        policy=campaign.policy,
        policy_version=await audiences.policy_version(tx, campaign.policy),
        planned_past=first_touches.BEFORE_ALL,
    )
    frozen = await audiences.freeze(tx, campaign, run_id)
    again = await SQL.leave_out_again(
        Patient(tx.connection),
        run_id=run_id,
        campaign_id=campaign.id,
        days=campaign.plan.again_after_days,
        by_car=campaign.kind in ABOUT_CARS,
    )
    left_out = dict(frozen.left_out) | ({"again_too_soon": again} if again else {})
    await SQL.settle_run(
        tx.connection,
        id=run_id,
        in_audience=frozen.owners,
        left_out=json.dumps(left_out),
        rule=frozen.rule,
        by_habit=frozen.by_habit,
    )
    return run_of(await SQL.get_run(tx.connection, id=run_id))


async def begin_due(database: Database, audiences: Audiences) -> int:
    """A turn of the worker: begins what is due, ends what is past its end, and makes the first
    touches of what has begun, here or by a worker that was killed; how many were begun."""
    past, due = await database.run(_asks, readonly=True)
    for campaign_id in past:
        await _alone(database, campaign_id, partial(_end, campaign_id=campaign_id))
    await first_touches.make_all(database)
    begun = 0
    for campaign_id in due:
        begin_one = partial(_begin_one, campaign_id=campaign_id, by=audiences)
        if await _alone(database, campaign_id, begin_one):
            begun += 1
            await first_touches.make_all(database)
    return begun


async def _alone(
    database: Database, campaign_id: UUID, turn: Callable[[Tx], Awaitable[bool]]
) -> bool:
    """One campaign's turn. What it fails at is said to the supervisors and tried again in an hour;
    the others have theirs."""
    try:
        return await database.run(turn)
    except _NotDueAnyMore:
        return False
    except CallCenterError as refusal:
        log.warning("run_put_off", campaign_id=str(campaign_id), code=refusal.code)
        failed: Exception = refusal
    except Exception as error:
        log.exception("run_failed", campaign_id=str(campaign_id))
        failed = error
    await database.run(partial(_put_off, campaign_id=campaign_id, failed=failed))
    return False


async def _put_off(tx: Tx, campaign_id: UUID, failed: Exception) -> None:
    code = failed.code if isinstance(failed, CallCenterError) else UNEXPECTED
    how = {"id": campaign_id, "secs": AGAIN_AFTER_S, "reason": _said(failed)}
    if await SQL.put_run_off(tx.connection, **how):
        await record(tx, RunPutOff(campaign_id=campaign_id, code=code), actor=ACTOR)


def _said(failed: Exception) -> str:
    if isinstance(failed, CallCenterError):
        return f"{failed.message('zh')} {failed.message('en')}"
    return "本次没有开始,一小时后再试。 This run did not begin; it is tried again in an hour."


async def _asks(tx: Tx) -> tuple[list[UUID], list[UUID]]:
    past = await SQL.campaigns_past_end(tx.connection)
    due = await SQL.campaigns_due(tx.connection)
    return [row["id"] for row in past], [row["id"] for row in due]


async def _end(tx: Tx, campaign_id: UUID) -> bool:
    campaign = await lock(tx, campaign_id)
    if campaign.state not in (CampaignState.RUNNING, CampaignState.PAUSED):
        return False
    await service.end(tx, ACTOR, campaign)
    return True


async def _begin_one(tx: Tx, campaign_id: UUID, by: Audiences) -> bool:
    """By one worker at a time, but not under the campaign's lock: each touch that begins asks for
    that, and a large audience is frozen for seconds. What was done to the campaign meanwhile is
    seen at the end: paused, stopped or over, nothing of the run is kept."""
    if not await SQL.begins_alone(tx.connection, id=campaign_id):
        return False
    now = await tx.now()
    campaign = await get(tx, campaign_id)
    if not _is_due(campaign, now):
        return False
    await begin(tx, campaign, by)
    if not _is_due(await lock(tx, campaign_id), now):
        raise _NotDueAnyMore
    await SQL.set_next_run(tx.connection, id=campaign.id, next_run_at=_next_run(campaign, now))
    return True


class _NotDueAnyMore(Exception):
    """Undoes a run whose campaign was paused, stopped or ended while it was frozen."""


def _is_due(campaign: Campaign, now: datetime) -> bool:
    due = campaign.next_run_at is not None and campaign.next_run_at <= now
    return due and campaign.state is CampaignState.RUNNING


def _next_run(campaign: Campaign, now: datetime) -> datetime | None:
    """At the same time of a later day; days that we slept through are not made up for."""
    pause = PAUSES.get(campaign.plan.repeat)
    if pause is None or campaign.next_run_at is None:
        return None
    missed = (now - campaign.next_run_at) // pause
    return campaign.next_run_at + pause * (missed + 1)
