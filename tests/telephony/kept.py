"""Recordings that are there without a switch: their calls, their files, their rows."""

from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from callcenter.calls import service as calls
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.telephony.flow import messages
from callcenter.telephony.flow.messages import LeftMessage
from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.wav import written
from callcenter.telephony.recordings import repository, service
from callcenter.telephony.recordings.model import RecordingKind, Stored
from callcenter.telephony.recordings.store import Store
from tests.telephony.sip.sound import tone

SPOOL = "spool"


def sound(*hertz: float, seconds: float = 1.0) -> bytes:
    """A file of the line with these tones."""
    return written(tone(*hertz, seconds=seconds).astype(np.int16))


async def running(
    database: Database, call_id: UUID, kind: RecordingKind = RecordingKind.TALK
) -> tuple[UUID, str]:
    """One that a switch is making of this call; its name there."""
    spool = f"{uuid4().hex}~rec-1"
    begun = await database.run(lambda tx: service.began(tx, "hotline", call_id, spool, kind))
    return begun, spool


async def stored(database: Database, data_dir: Path, made: tuple[UUID, str], data: bytes) -> Stored:
    """Its file, safely in the data directory."""
    recording_id, name = made
    store = Store(data_dir / SPOOL, data_dir)
    store.spool.mkdir(parents=True, exist_ok=True)
    (store.spool / f"{name}.wav").write_bytes(data)
    row = await database.run(lambda tx: repository.get(tx, recording_id))
    found = store.take_in(name, recording_id, row.begun_at)
    assert found is not None
    return found


async def kept(database: Database, data_dir: Path, call_id: UUID, data: bytes = b"") -> UUID:
    """A talk of this call."""
    made = await running(database, call_id)
    found = await stored(database, data_dir, made, data or sound(600.0))
    await database.run(lambda tx: service.keep(tx, "hotline", made[0], found))
    return made[0]


async def message(
    database: Database,
    data_dir: Path,
    caller: str | None = "+8613900139001",
    language: Language = "zh",
    data: bytes = b"",
) -> UUID:
    """What a caller has left; the message."""

    async def rings(tx: Tx) -> UUID:
        ref = f"switch:{uuid4()}"
        rung = await calls.ring(tx, "hotline", ref, caller)
        await calls.speak(tx, rung.id, language)
        return rung.id

    call_id = await database.run(rings)
    made = await running(database, call_id, RecordingKind.MESSAGE)
    found = await stored(database, data_dir, made, data or sound(600.0, seconds=3))

    async def leaves(tx: Tx) -> UUID:
        await service.keep(tx, "hotline", made[0], found)
        left = LeftMessage(found.file, round(found.seconds or 0), made[0])
        await messages.keep(tx, "hotline", call_id, 1, left, language)
        row = await tx.connection.fetchrow(
            "select id from left_messages where recording_id = $1", made[0]
        )
        return UUID(str(row["id"]))

    return await database.run(leaves)
