"""What lies in the spool of a switch and should be kept: a process died between the two."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from callcenter.calls import service as calls
from callcenter.calls.model import CallState
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.staff import alarms
from callcenter.telephony.asterisk.naming import call_of
from callcenter.telephony.flow import messages
from callcenter.telephony.flow import repository as flow
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.messages import LeftMessage
from callcenter.telephony.recordings import service
from callcenter.telephony.recordings.model import RecordingKind, Stored
from callcenter.telephony.recordings.repository import SQL
from callcenter.telephony.recordings.store import Store

log = structlog.get_logger()

ACTOR = "system"
ALARM = "recording_unclaimed"
AT_ONCE = 100
GIVEN_UP_AFTER = timedelta(hours=1)


async def take_in_leftovers(database: Database, spool: Path, data_dir: Path) -> int:
    """Keeps what is whole and has a call, calls a person for what has none; answers how many were
    taken in. What is still being written is left for the next time."""
    store = Store(spool, data_dir)
    names = await asyncio.to_thread(store.waiting)
    known = await _known(database, names)
    for name in names:
        if name not in known and await asyncio.to_thread(store.is_settled, name):
            await _claim(database, store, name)
    async with database.reading() as tx:
        rows = await SQL.running(tx.connection, limit=AT_ONCE)
    taken = 0
    for row in rows:
        taken += await _finish(database, store, row)
    return taken


async def _known(database: Database, names: list[str]) -> set[str]:
    async with database.reading() as tx:
        return {r["spool"] for r in await SQL.known_spools(tx.connection, spools=names)}


async def _claim(database: Database, store: Store, name: str) -> None:
    """Made a moment before its process died: its name says of which call it is."""

    async def work(tx: Tx) -> None:
        call_id = await flow.call_of(tx, f"switch:{call_of(name)}")
        was_a_talk = (await calls.get(tx, call_id)).answered_at is not None
        kind = RecordingKind.TALK if was_a_talk else RecordingKind.MESSAGE
        await service.began(tx, ACTOR, call_id, name, kind)

    async def report(tx: Tx) -> None:
        await alarms.raise_alarm(tx, kind=ALARM, reason="no_call", occasion=name)

    try:
        await database.run(work)
    except CallNotInFlow:
        apart = await asyncio.to_thread(store.set_aside, name)
        log.error("recording_unclaimed", file=str(apart))
        await database.run(report)


async def _finish(database: Database, store: Store, row: Any) -> bool:
    place = (row["spool"], row["id"], row["begun_at"])
    if not await asyncio.to_thread(store.is_there, *place):
        await database.run(lambda tx: _give_up(tx, row))
        return False
    made = row["spool"] in await asyncio.to_thread(store.waiting)
    if made and not await asyncio.to_thread(store.is_settled, row["spool"]):
        return False
    stored = await asyncio.to_thread(store.take_in, *place)
    if stored is None:
        return False
    log.warning("recording_taken_in", recording=str(row["id"]))
    await database.run(lambda tx: _kept(tx, row["id"], row["call_id"], row["kind"], stored))
    return True


async def _kept(tx: Tx, recording_id: UUID, call_id: UUID, kind: str, stored: Stored) -> None:
    await service.keep(tx, ACTOR, recording_id, stored)
    if kind == RecordingKind.MESSAGE:
        await _leave_message(tx, call_id, recording_id, stored)


async def _leave_message(tx: Tx, call_id: UUID, recording_id: UUID, stored: Stored) -> None:
    await flow.lock_call(tx, call_id)
    stands = await flow.position(tx, call_id)
    sequence = stands.position.sequence if stands else 0
    language = stands.position.language if stands else "zh"
    left = LeftMessage(stored.file, round(stored.seconds or 0), recording_id)
    await messages.keep(tx, ACTOR, call_id, sequence, left, language)


async def _give_up(tx: Tx, row: Any) -> None:
    """Nothing was ever written, and the call is long over."""
    call = await calls.get(tx, row["call_id"])
    late = await tx.now() - row["begun_at"] > GIVEN_UP_AFTER
    if late and call.state is CallState.ENDED and await service.lose(tx, ACTOR, row["id"]):
        log.error("recording_lost", recording=str(row["id"]))
