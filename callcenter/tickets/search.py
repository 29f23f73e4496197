"""One search for the desk: tickets beside the owners and cars that the customers' room finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from callcenter.customers import search as customers
from callcenter.customers.looked_for import Beginning, LookedFor, looked_for
from callcenter.customers.model import Owner, Vehicle
from callcenter.db.transaction import Tx
from callcenter.tickets.model import Ticket
from callcenter.tickets.repository import SQL, ticket_of

MOST = 20
"""Of each kind: whoever sees more does not read them."""


@dataclass(frozen=True)
class Found:
    """What fits; `more`: there is more of it than is given."""

    owners: Sequence[Owner]
    vehicles: Sequence[Vehicle]
    tickets: Sequence[Ticket]
    more: bool


async def find(tx: Tx, typed: str) -> Found:
    """By ticket number, end of a phone number or VIN, beginning of a plate, a name or its pinyin.

    Tickets are the numbered one, then the newest: of the owners and cars found, and of callers and
    cars that nobody has registered.
    """
    wanted = looked_for(typed)
    known = await customers.find(tx, wanted, MOST)
    numbered = await SQL.get_by_number(tx.connection, number=typed.strip())
    rows = [*await _of_strangers(tx, wanted), *await _of_known(tx, known)]
    newest = sorted(
        map(ticket_of, rows), key=lambda ticket: (ticket.opened_at, ticket.id), reverse=True
    )
    first = [ticket_of(numbered)] if numbered else []
    tickets = list({ticket.id: ticket for ticket in (*first, *newest)}.values())
    return Found(
        owners=known.owners,
        vehicles=known.vehicles,
        tickets=tickets[:MOST],
        more=known.more or len(tickets) > MOST,
    )


async def _of_known(tx: Tx, known: customers.Found) -> Sequence[Any]:
    if not known.owners and not known.vehicles:
        return []
    found: Sequence[Any] = await SQL.tickets_of_found(
        tx.connection,
        owner_ids=[owner.id for owner in known.owners],
        vehicle_ids=[vehicle.id for vehicle in known.vehicles],
        limit=MOST + 1,
    )
    return found


async def _of_strangers(tx: Tx, wanted: LookedFor) -> Sequence[Any]:
    looks: tuple[tuple[str, Beginning | None], ...] = (
        ("tickets_by_phone_end", wanted.phone_end),
        ("rescues_by_plate_start", wanted.plate),
        ("rescues_by_plate_rest", wanted.plate),
        ("tickets_by_name", wanted.name),
    )
    rows: list[Any] = []
    for query, beginning in looks:
        if beginning is not None:
            first, behind = beginning.first, beginning.behind
            ask = getattr(SQL, query)
            rows += await ask(tx.connection, first=first, behind=behind, limit=MOST + 1)
    return rows
