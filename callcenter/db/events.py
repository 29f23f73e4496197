"""The event log: `record` writes a fact beside the change, `read_after` reads what has settled.

Facts hold ids and codes only; words, numbers and positions lie in rows that can be erased.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from callcenter.db.enqueue import Job, enqueue
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Connection, Tx
from callcenter.ids import new_id

SQL = load_queries(__file__)

AT_ONCE = 1000
"""Facts that one statement writes."""


class Fact(BaseModel):
    """Something that happened, in the past tense. `roles` hear it on the live feed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]
    roles: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class StoredEvent:
    """A fact as the log holds it. `cursor` is its place in the order of reading."""

    id: UUID
    kind: str
    at: datetime
    actor: str
    ticket_id: UUID | None
    station_id: UUID | None
    facts: dict[str, Any]
    roles: tuple[str, ...] = ()
    cursor: str = ""

    def as_json(self) -> str:
        """For the live feed; roles and actor stay inside."""
        return json.dumps(self.told())

    def told(self) -> dict[str, Any]:
        """What a job's payload and the live feed hold."""
        return {
            "id": str(self.id),
            "kind": self.kind,
            "at": self.at.isoformat(),
            "ticket_id": str(self.ticket_id) if self.ticket_id else None,
            "station_id": str(self.station_id) if self.station_id else None,
            "facts": self.facts,
        }


async def record(
    tx: Tx,
    fact: Fact,
    *,
    actor: str,
    ticket_id: UUID | None = None,
    station_id: UUID | None = None,
) -> UUID:
    """Write the fact, and a job for each reaction that listens to its kind; answers its id."""
    event_id = new_id()
    facts = fact.model_dump(mode="json")
    row = await SQL.record_event(
        tx.connection,
        id=event_id,
        kind=fact.kind,
        actor=actor,
        ticket_id=ticket_id,
        station_id=station_id,
        roles=sorted(fact.roles),
        facts=json.dumps(facts),
    )
    if tx.subscriptions.get(fact.kind):
        event = StoredEvent(event_id, fact.kind, row["at"], actor, ticket_id, station_id, facts)
        await enqueue(tx, _jobs(tx, event))
    return event_id


async def record_about_stations(tx: Tx, facts: Sequence[tuple[UUID, Fact]], *, actor: str) -> None:
    """`record` for many facts at once, each about one station, in their order."""
    at = await tx.now()
    events = [
        StoredEvent(
            id=new_id(),
            kind=fact.kind,
            at=at,
            actor=actor,
            ticket_id=None,
            station_id=station_id,
            facts=fact.model_dump(mode="json"),
            roles=tuple(sorted(fact.roles)),
        )
        for station_id, fact in facts
    ]
    for first in range(0, len(events), AT_ONCE):
        some = events[first : first + AT_ONCE]
        rows = [
            {**event.told(), "number": number, "roles": list(event.roles)}
            for number, event in enumerate(some)
        ]
        await SQL.record_events(tx.connection, actor=actor, rows=json.dumps(rows))
        if jobs := [job for event in some for job in _jobs(tx, event)]:
            await enqueue(tx, jobs)


def _jobs(tx: Tx, event: StoredEvent) -> list[Job]:
    payload = event.told() | {"actor": event.actor}
    names = tx.subscriptions.get(event.kind, ())
    return [Job(name, payload, f"{event.id}:{name}") for name in names]


def event_of(payload: dict[str, Any]) -> StoredEvent:
    """The event that a reaction's job carries."""
    return StoredEvent(
        id=UUID(payload["id"]),
        kind=payload["kind"],
        at=datetime.fromisoformat(payload["at"]),
        actor=payload["actor"],
        ticket_id=UUID(payload["ticket_id"]) if payload["ticket_id"] else None,
        station_id=UUID(payload["station_id"]) if payload["station_id"] else None,
        facts=payload["facts"],
    )


async def newest(connection: Connection) -> str:
    """The cursor behind everything that has settled so far."""
    row = await SQL.newest_event(connection)
    return f"{row['xid']}-{row['seq']}" if row else "0-0"


async def read_after(connection: Connection, cursor: str, limit: int) -> Sequence[StoredEvent]:
    """Settled events behind `cursor` ("xid-seq"), in order, without a gap.

    Raises ValueError when the cursor is not one of ours.
    """
    xid, _, seq = cursor.partition("-")
    rows = await SQL.events_after(connection, xid=str(int(xid)), seq=int(seq), limit=limit)
    return [_stored(row) for row in rows]


async def stations_touched(connection: Connection, cursor: str, limit: int) -> set[UUID] | None:
    """Stations of which anything was recorded behind `cursor`, as this transaction sees it: also
    what has not settled yet, and its own. None when more than `limit` events lie between."""
    xid, _, seq = cursor.partition("-")
    row = await SQL.stations_touched(connection, xid=xid, seq=int(seq), limit=limit + 1)
    return set(row["ids"]) if row["events"] <= limit else None


async def timeline(tx: Tx, ticket_id: UUID) -> Sequence[StoredEvent]:
    """All that happened to one ticket, oldest first."""
    return [_stored(row) for row in await SQL.events_of_ticket(tx.connection, ticket_id=ticket_id)]


def _stored(row: Any) -> StoredEvent:
    return StoredEvent(
        id=row["id"],
        kind=row["kind"],
        at=row["at"],
        actor=row["actor"],
        ticket_id=row["ticket_id"],
        station_id=row["station_id"],
        facts=json.loads(row["facts"]),
        roles=tuple(row["roles"]),
        cursor=f"{row['xid']}-{row['seq']}",
    )
