"""What edits have changed in a ticket, from what to what; its event holds no words."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.tickets import repository
from callcenter.tickets.model import Ticket

FIELDS = (
    "caller_name",
    "caller_phone",
    "language",
    "owner_id",
    "vehicle_id",
    "summary",
    "danger",
    "expressway",
)


@dataclass(frozen=True)
class Change:
    """One row of `ticket_changes`: field -> (was, now)."""

    id: UUID
    version: int
    changed_by: str
    changed_at: datetime
    fields: dict[str, tuple[Any, Any]]


async def keep(tx: Tx, actor: str, before: Ticket, after: Ticket) -> None:
    """The differences of an edit; nothing is kept of one that changed nothing."""
    changes = dict(difference(before, after))
    if not changes:
        return
    await repository.SQL.insert_change(
        tx.connection,
        id=new_id(),
        ticket_id=after.id,
        version=after.version,
        changes=json.dumps(changes),
        changed_by=actor,
    )


async def changes_of(tx: Tx, ticket_id: UUID) -> Sequence[Change]:
    """Every edit of the ticket, oldest first."""
    rows = await repository.SQL.changes_of(tx.connection, ticket_id=ticket_id)
    return [
        Change(
            id=row["id"],
            version=row["version"],
            changed_by=row["changed_by"],
            changed_at=row["changed_at"],
            fields={name: (was, now) for name, (was, now) in json.loads(row["changes"]).items()},
        )
        for row in rows
    ]


def difference(before: Ticket, after: Ticket) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Field, and what it was and is; the kind's own fields one by one. Pure."""
    for name in FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield name, (_plain(was), _plain(now))
    for name in sorted(before.particulars.keys() | after.particulars.keys()):
        was, now = before.particulars.get(name), after.particulars.get(name)
        if was != now:
            yield f"particulars.{name}", (was, now)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
