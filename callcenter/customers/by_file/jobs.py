"""The worker's part of an upload: read, then, when a person has said so, applied."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from callcenter.customers.by_file import applying, planning, repository
from callcenter.customers.by_file.model import FileImport, ImportKind, ImportState
from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Errand, Work
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError

SQL = repository.SQL
PART = 1 << 20
READ, APPLY = "owner_imports.read", "owner_imports.apply"
StationCodes = Callable[[Tx], Awaitable[Mapping[str, UUID]]]
"""Ids of stations by their codes in capitals: the stations' room has them."""


async def take_in(
    tx: Tx, actor: str, kind: ImportKind, file: Path, *, file_name: str, mapping: Mapping[str, str]
) -> FileImport:
    """Keep an upload and have it read; its consents are of today where they say no day."""
    import_id = await planning.open_import(
        tx,
        actor,
        kind,
        file_name=file_name,
        digest="",
        said_at=await tx.now(),
        mapping=mapping,
        state=ImportState.WAITING,
    )
    with file.open("rb") as stream:
        part = 0
        while piece := await asyncio.to_thread(stream.read, PART):
            await SQL.keep_part(tx.connection, id=import_id, part=part, bytes=piece)
            part += 1
    await enqueue(tx, [_job(READ, import_id)])
    return await repository.get(tx, import_id)


async def have_applied(tx: Tx, actor: str, import_id: UUID) -> FileImport:
    """From here on the worker applies it. Raises what `applying.allow` does."""
    made = await applying.allow(tx, actor, import_id)
    await enqueue(tx, [_job(APPLY, import_id)])
    return made


def work(station_codes: StationCodes) -> Work:
    """Both errands; each may be run again after a death, and goes on."""
    return Work(errands={READ: reader(station_codes), APPLY: apply_upload})


def reader(station_codes: StationCodes) -> Errand:
    """Reads an upload; one that is no sheet of ours is told as failed."""

    async def read(database: Database, payload: dict[str, Any]) -> None:
        import_id = UUID(payload["import_id"])

        async def kept(tx: Tx) -> tuple[FileImport, int, Mapping[str, UUID]]:
            parts = await SQL.count_parts(tx.connection, id=import_id)
            return await repository.get(tx, import_id), parts, await station_codes(tx)

        made, parts, codes = await database.run(kept, readonly=True)
        if not parts or made.state not in (ImportState.WAITING, ImportState.READING):
            return
        with tempfile.NamedTemporaryFile(suffix=Path(made.file_name).suffix) as file:
            for part in range(parts):
                file.write(await database.run(partial(_part, import_id=import_id, part=part)))
            file.flush()
            failure = await _read(database, made, Path(file.name), codes)
        await database.run(lambda tx: _forget(tx, import_id, failure))

    return read


async def apply_upload(database: Database, payload: dict[str, Any]) -> None:
    """Apply what was allowed, to its end."""
    await applying.apply_file(database, UUID(payload["import_id"]))


async def _read(database: Database, made: FileImport, file: Path, codes: Mapping[str, UUID]) -> str:
    try:
        await planning.read_file(database, made.made_by, made.id, file, codes)
    except CallCenterError as refusal:
        return refusal.code
    return ""


async def _part(tx: Tx, import_id: UUID, part: int) -> bytes:
    piece: bytes = await SQL.kept_part(tx.connection, id=import_id, part=part)
    return piece


async def _forget(tx: Tx, import_id: UUID, failure: str) -> None:
    if failure:
        await SQL.say_failed(tx.connection, id=import_id, failure=failure)
    await SQL.forget_file(tx.connection, id=import_id)


def _job(name: str, import_id: UUID) -> Job:
    return Job(name, {"import_id": str(import_id)}, f"{name}:{import_id}")
