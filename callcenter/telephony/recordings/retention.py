"""Sound whose time is over goes; that it was there stays known."""

import asyncio
from functools import partial
from pathlib import Path
from uuid import UUID

import structlog

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.telephony.recordings import repository, service
from callcenter.telephony.recordings.model import RemovedWhy
from callcenter.telephony.recordings.repository import SQL
from callcenter.telephony.recordings.store import erase

log = structlog.get_logger()

ACTOR = "system"
AT_ONCE = 200


async def keep_by_rule(database: Database, data_dir: Path) -> int:
    """Removes what the rule no longer keeps, and erases the files of all that was removed; answers
    how many files. A hold that comes at the same moment goes first."""
    for recording_id in await database.run(_expired, readonly=True):
        try:
            await database.run(partial(_remove, recording_id))
        except CallCenterError as refusal:
            log.info("recording_stays", recording=str(recording_id), code=refusal.code)
    async with database.reading() as tx:
        rows = await SQL.to_be_erased(tx.connection, limit=AT_ONCE)
    for row in rows:
        # The file first: a row that names one is looked at again, a file without a row never.
        await asyncio.to_thread(erase, data_dir, row["file"])
        await database.run(partial(_erased, row["id"]))
    return len(rows)


async def forget_plays(tx: Tx) -> None:
    """Playbacks that nobody can go on with; the event log has kept who opened them."""
    await SQL.forget_plays(tx.connection)


async def _expired(tx: Tx) -> list[UUID]:
    rule = await repository.rule(tx)
    days = {
        "talk_days": rule.talk_days,
        "complaint_days": rule.complaint_days,
        "message_days": rule.message_days,
    }
    shortest = min(days.values())
    rows = await SQL.expired(tx.connection, shortest_days=shortest, limit=AT_ONCE, **days)
    return [row["id"] for row in rows]


async def _remove(recording_id: UUID, tx: Tx) -> None:
    await service.remove(tx, ACTOR, recording_id, RemovedWhy.EXPIRED)


async def _erased(recording_id: UUID, tx: Tx) -> None:
    await SQL.erased(tx.connection, id=recording_id)
