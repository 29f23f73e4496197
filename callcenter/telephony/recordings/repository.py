"""Rows of recordings as what they mean."""

from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.telephony.recordings.errors import RecordingNotFound
from callcenter.telephony.recordings.model import (
    Mode,
    Recording,
    RecordingKind,
    RecordingState,
    RemovedWhy,
    Rule,
)

SQL = load_queries(__file__)


async def rule(tx: Tx) -> Rule:
    """As it is now."""
    return rule_of(await SQL.rule(tx.connection))


async def get(tx: Tx, recording_id: UUID) -> Recording:
    """The recording with what its call says of it; raises RecordingNotFound."""
    row = await SQL.get_recording(tx.connection, id=recording_id)
    if row is None:
        raise RecordingNotFound
    return recording_of(row)


async def of_call(tx: Tx, call_id: UUID) -> list[Recording]:
    """In the order in which they were made."""
    return [recording_of(r) for r in await SQL.recordings_of_call(tx.connection, call_id=call_id)]


async def of_ticket(tx: Tx, ticket_id: UUID) -> list[Recording]:
    """Of all calls that are about the ticket."""
    rows = await SQL.recordings_of_ticket(tx.connection, ticket_id=ticket_id)
    return [recording_of(row) for row in rows]


def rule_of(row: Any) -> Rule:
    """The one row."""
    return Rule(
        Mode(row["mode"]),
        frozenset(row["groups"]),
        row["talk_days"],
        row["complaint_days"],
        row["message_days"],
        row["version"],
    )


def recording_of(row: Any) -> Recording:
    """A row that was read with its call."""
    fields = {name: row[name] for name in Recording.__dataclass_fields__}
    why = row["removed_why"]
    words = {
        "kind": RecordingKind(row["kind"]),
        "state": RecordingState(row["state"]),
        "removed_why": RemovedWhy(why) if why else None,
    }
    return Recording(**(fields | words))
