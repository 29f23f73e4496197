"""How a campaign's dialling stands: its agents, its last 24 hours, who waits at the hotline; and
the agent for an owner who has answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents.model import READY, Contact, Seat
from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.dialling.pacing import Budget, Mode
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.dialling.rules import budget_within, rules_of
from callcenter.outbound.policies.model import Abandoned
from callcenter.outbound.policies.shelf import PolicyUnknown

log = structlog.get_logger()

INBOUND_AFTER_S = 3.0
"""A caller who has waited so long at the hotline stops the dialling: with a look each second,
within five seconds of his ring."""
DAY_H = 24


@dataclass(frozen=True)
class Dialled:
    """How a campaign's calls are begun, and by whose agents. `rules`: of its policy pack."""

    campaign_id: UUID
    mode: Mode
    group: str
    cap: float
    machine: Machine
    rules: Abandoned


@dataclass(frozen=True)
class Standing:
    """`agents`: those of the group who offer themselves, by id, with what each is in, and since how
    many seconds. `groups`: whose calls these agents may be given, too."""

    agents: Mapping[UUID, tuple[Contact, float]]
    groups: frozenset[str]
    budget: Budget
    inbound: int

    def since(self, contact: Contact) -> list[float]:
        """Seconds of all who are in such a contact."""
        return [seconds for found, seconds in self.agents.values() if found is contact]


async def dialled(tx: Tx) -> Sequence[Dialled]:
    """Running campaigns whose calls are begun by us; none of whose pack nothing is valid."""
    now, found = await tx.now(), []
    for row in await SQL.dialled_campaigns(tx.connection):
        try:
            rules = rules_of(row["policy"], now)
        except PolicyUnknown:
            log.error("not_dialled_without_policy", campaign=str(row["campaign_id"]))
            continue
        mode, machine = Mode(row["mode"]), Machine(row["machine"])
        cap = budget_within(row["cap"], rules)
        found.append(Dialled(row["campaign_id"], mode, row["group_name"], cap, machine, rules))
    return found


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
    waits = await SQL.inbound_waits(tx.connection, groups=sorted(served), longer_s=INBOUND_AFTER_S)
    return Standing(agents, frozenset(served), await _budget(tx, one), waits)


async def _budget(tx: Tx, one: Dialled) -> Budget:
    """Of the last day and of the time that the pack counts by, whichever leaves less."""
    found = []
    for hours in sorted({DAY_H, one.rules.over_h}):
        row = await SQL.answered_lately(tx.connection, campaign_id=one.campaign_id, hours=hours)
        found.append(Budget(row["answered"], row["abandoned"], one.cap, hours))
    return min(found, key=lambda budget: (not budget.is_spent, budget.margin))


async def reserve(tx: Tx, owner_call: OwnerCall, group: str) -> UUID | None:
    """The agent of the group who is ready, speaks the owner's language rather than not, and has
    been free longest, has this call from now on; None: nobody is ready."""
    assert owner_call.call_id is not None, "what is dialled has its call"
    await QUEUE.lock_the_floor(tx.connection)
    ready = await seats.SQL.lock_ready_seats(tx.connection)
    able = [(row, seats.profile_in(row)) for row in ready]
    turns = [
        (owner_call.language not in profile.languages, row["since"], row["staff_id"])
        for row, profile in able
        if group in profile.groups
    ]
    if not turns:
        return None
    staff_id: UUID = min(turns)[-1]
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
