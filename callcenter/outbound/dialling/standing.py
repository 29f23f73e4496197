"""How a campaign's dialling stands: its agents, its last 24 hours, who waits at the hotline; and
the agent for an owner who has answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents.model import READY, Contact, Seat
from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.dialling.pacing import Budget, Mode
from callcenter.outbound.dialling.repository import SQL

INBOUND_AFTER_S = 3.0
"""A caller who has waited so long at the hotline stops the dialling: with a look each second,
within five seconds of his ring."""


@dataclass(frozen=True)
class Dialled:
    """One row of `campaign_dialling`: how a campaign's calls are begun, and by whose agents."""

    campaign_id: UUID
    mode: Mode
    group: str
    cap: float
    machine: Machine


@dataclass(frozen=True)
class Standing:
    """`agents`: those of the group who offer themselves, by id, with what each is in, and since how
    many seconds."""

    agents: Mapping[UUID, tuple[Contact, float]]
    budget: Budget
    inbound: int

    def since(self, contact: Contact) -> list[float]:
        """Seconds of all who are in such a contact."""
        return [seconds for found, seconds in self.agents.values() if found is contact]


async def dialled(tx: Tx) -> Sequence[Dialled]:
    """Running campaigns whose calls are begun by us."""
    rows = await SQL.dialled_campaigns(tx.connection)
    return [
        Dialled(
            row["campaign_id"],
            Mode(row["mode"]),
            row["group_name"],
            row["cap"],
            Machine(row["machine"]),
        )
        for row in rows
    ]


async def standing(tx: Tx, one: Dialled) -> Standing:
    """At this moment."""
    now = await tx.now()
    agents: dict[UUID, tuple[Contact, float]] = {}
    served = {one.group}
    for row in await seats.SQL.list_seats(tx.connection):
        seat, profile = seats.seat_of(row), seats.profile_in(row)
        if one.group in profile.groups and _offers(seat):
            since = max(seat.contact_since, seat.availability_since)
            agents[seat.staff_id] = (seat.contact, max((now - since).total_seconds(), 0.0))
            served |= profile.groups
    day = await SQL.last_day(tx.connection, campaign_id=one.campaign_id)
    waits = await SQL.inbound_waits(tx.connection, groups=sorted(served), longer_s=INBOUND_AFTER_S)
    return Standing(agents, Budget(day["answered"], day["abandoned"], one.cap), waits)


async def reserve(tx: Tx, owner_call: OwnerCall, group: str) -> UUID | None:
    """The agent of the group who is ready and has been free longest has this call from now on;
    None: nobody is."""
    assert owner_call.call_id is not None, "what is dialled has its call"
    await QUEUE.lock_the_floor(tx.connection)
    ready = await seats.SQL.lock_ready_seats(tx.connection)
    able = [row for row in ready if group in seats.profile_in(row).groups]
    if not able:
        return None
    first = min(able, key=lambda row: (row["since"], row["staff_id"]))
    staff_id: UUID = first["staff_id"]
    await contacts.talks(tx, f"staff:{staff_id}", owner_call.call_id, staff_id)
    return staff_id


async def keep_stood(tx: Tx, one: Dialled, stood: Mapping[str, Any]) -> None:
    """For the supervisor's picture."""
    await SQL.keep_stood(
        tx.connection,
        campaign_id=one.campaign_id,
        mode=one.mode.value,
        group_name=one.group,
        cap=one.cap,
        machine=one.machine.value,
        stood=json.dumps(stood),
    )


def _offers(seat: Seat) -> bool:
    """Ready, and will be when his contact is over."""
    return seat.offer == READY and not seat.lost and seat.wish in (None, READY)
