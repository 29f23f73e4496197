"""Rows of the tickets room become models here and nowhere else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.names import name_keys
from callcenter.places.model import OnRoad
from callcenter.tickets.errors import TicketNotFound
from callcenter.tickets.model import ENDED, Kind, Stage, Ticket, ticket_number

SQL = load_queries(__file__)
EDITABLE = (
    "caller_name",
    "caller_phone",
    "language",
    "owner_id",
    "vehicle_id",
    "summary",
    "particulars",
    "danger",
    "expressway",
    "priority",
)


def ticket_of(row: Any) -> Ticket:
    """A row of `tickets` as the model."""
    fields = dict(row)
    fields["kind"] = Kind(fields["kind"])
    fields["stage"] = Stage(fields["stage"])
    fields["particulars"] = json.loads(fields["particulars"])
    return Ticket(**fields)


async def insert(tx: Tx, opened_by: str, fields: dict[str, Any]) -> Ticket:
    """A new ticket with the next number."""
    number = ticket_number(await SQL.next_number(tx.connection))
    fields = fields | {"particulars": json.dumps(fields["particulars"])}
    row = await SQL.insert_ticket(
        tx.connection,
        id=new_id(),
        number=number,
        opened_by=opened_by,
        name_keys=name_keys(fields["caller_name"] or ""),
        **fields,
    )
    return ticket_of(row)


async def get(tx: Tx, ticket_id: UUID) -> Ticket:
    """The ticket as it stands; raises TicketNotFound."""
    row = await SQL.get_ticket(tx.connection, id=ticket_id)
    if row is None:
        raise TicketNotFound
    return ticket_of(row)


async def lock(tx: Tx, ticket_id: UUID) -> Ticket:
    """The ticket, locked until the transaction ends: always the first lock taken."""
    row = await SQL.lock_ticket(tx.connection, id=ticket_id)
    if row is None:
        raise TicketNotFound
    return ticket_of(row)


async def move(tx: Tx, ticket: Ticket, to: Stage, outcome: str | None) -> Ticket | None:
    """Compare-and-set of the stage; None when the ticket was changed since it was read."""
    row = await SQL.move_ticket(
        tx.connection,
        id=ticket.id,
        was=ticket.stage.value,
        version=ticket.version,
        to=to.value,
        outcome=outcome,
    )
    return ticket_of(row) if row else None


async def edit(tx: Tx, ticket: Ticket, fields: dict[str, Any]) -> Ticket | None:
    """Compare-and-set of the caller's and the kind's own fields."""
    values = {name: fields.get(name, getattr(ticket, name)) for name in EDITABLE}
    values["particulars"] = json.dumps(values["particulars"])
    row = await SQL.edit_ticket(tx.connection, id=ticket.id, version=ticket.version, **values)
    if row and values["caller_name"] != ticket.caller_name:
        keys = name_keys(values["caller_name"] or "")
        await SQL.keep_name_keys(tx.connection, ticket_id=ticket.id, keys=keys)
    return ticket_of(row) if row else None


_REST = ("kind", "stage", "assignee_id", "owner_id", "live")
# Filters that are given, the query that they lead, all that it takes; the first that fits leads.
_LED_BY: Sequence[tuple[set[str], str, Sequence[str]]] = (
    ({"number"}, "list_tickets_numbered", ("number", *_REST)),
    ({"owner_id"}, "list_tickets_of_owner", _REST),
    (
        {"assignee_id", "live"},
        "list_live_tickets_of_assignee",
        ("assignee_id", "kind", "stage"),
    ),
    (
        {"assignee_id", "kind"},
        "list_tickets_of_assignee_and_kind",
        ("assignee_id", "kind", "stage"),
    ),
    ({"assignee_id"}, "list_tickets_of_assignee", ("assignee_id", "stage")),
    ({"stage"}, "list_tickets_in_stage", ("stage", "kind")),
    ({"live"}, "list_live_tickets", ("kind",)),
    ({"kind"}, "list_tickets_of_kind", ("kind",)),
    (set(), "list_tickets", ()),
)


async def search(
    tx: Tx,
    *,
    limit: int,
    before_at: datetime | None = None,
    before_id: UUID | None = None,
    **filters: Any,
) -> Sequence[Ticket]:
    """Newest first; every filter may be None."""
    stage, live = filters.get("stage"), bool(filters.get("live"))
    if live and stage in ENDED:
        return []
    values = filters | {"live": live or (stage is not None and stage not in ENDED)}
    asked = {name for name, value in values.items() if value}
    query, names = next((query, names) for led, query, names in _LED_BY if led <= asked)
    given = {name: values.get(name) for name in names}
    ask = getattr(SQL, query)
    rows = await ask(tx.connection, limit=limit, before_at=before_at, before_id=before_id, **given)
    return [ticket_of(row) for row in rows]


async def queue(
    tx: Tx,
    *,
    limit: int,
    kind: Kind | None = None,
    after: UUID | None = None,
    drills: bool = True,
) -> Sequence[Ticket]:
    """What is not ended, most urgent first, behind the ticket `after`."""
    rows = await SQL.queue_of_tickets(
        tx.connection, kind=kind, after=after, limit=limit, drills=drills
    )
    return [ticket_of(row) for row in rows]


async def live_of_caller(
    tx: Tx,
    phone: str | None,
    owner_ids: Sequence[UUID] = (),
    vehicle_ids: Sequence[UUID] = (),
) -> Sequence[Ticket]:
    """What this caller already has with us that is not ended, or somebody else has about one of
    these cars, newest first: not to be opened a second time. Of a merged ticket the one that goes
    on. Drills left out."""
    rows = await SQL.live_of_caller(
        tx.connection, phone=phone, owner_ids=list(owner_ids), vehicle_ids=list(vehicle_ids)
    )
    merged = await SQL.merged_of_caller(tx.connection, phone=phone)
    others = [await lives_on_in(tx, ticket_of(row)) for row in merged]
    found = {t.id: t for t in (*map(ticket_of, rows), *others) if t.stage not in ENDED}
    return sorted(found.values(), key=lambda t: (t.opened_at, t.id), reverse=True)


async def lives_on_in(tx: Tx, ticket: Ticket) -> Ticket:
    """The ticket that goes on for this one: itself, when it was not merged."""
    if ticket.stage is not Stage.MERGED:
        return ticket
    return await get(tx, await SQL.lives_on_in(tx.connection, id=ticket.id))


async def goes_on_for(tx: Tx, ticket_id: UUID) -> Sequence[Ticket]:
    """All tickets that were merged into this one, by way of others too, oldest first."""
    rows = await SQL.merged_into(tx.connection, survivor_id=ticket_id)
    return [ticket_of(row) for row in rows]


@dataclass(frozen=True)
class TicketPlace:
    """One row of `ticket_places`: a place that was named, and whether it counts."""

    id: UUID
    ticket_id: UUID
    lat: float
    lon: float
    accuracy_m: float | None
    fixed_at: datetime | None
    source: str
    source_datum: str
    words: str
    province: str | None
    doubts: tuple[str, ...]
    state: str
    uncertain: bool
    confirmed_by: str | None
    confirm_reason: str | None
    confirmed_at: datetime | None
    created_at: datetime
    road: str | None
    post_m: int | None
    feature: str | None
    towards: str | None
    sense: str | None

    @property
    def on_road(self) -> OnRoad | None:
        """Where on which road, when that was said."""
        if self.road is None:
            return None
        return OnRoad(self.road, self.post_m, self.feature, self.towards, self.sense)


def place_of(row: Any) -> TicketPlace:
    """A row of `ticket_places` as the model."""
    return TicketPlace(**(dict(row) | {"doubts": tuple(row["doubts"])}))


async def get_place(tx: Tx, ticket_id: UUID, place_id: UUID) -> TicketPlace | None:
    """The place, when it belongs to this ticket."""
    row = await SQL.get_place(tx.connection, id=place_id, ticket_id=ticket_id)
    return place_of(row) if row else None


async def places_of(tx: Tx, ticket_id: UUID) -> Sequence[TicketPlace]:
    """Every place named for the ticket, oldest first."""
    return [place_of(row) for row in await SQL.places_of(tx.connection, ticket_id=ticket_id)]
