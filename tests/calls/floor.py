"""Agents and callers of the hotline, for tests: each deed in a transaction of its own."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.calls import contacts, reactions
from callcenter.calls import service as calls
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents.model import READY, Offer, Profile, Seat
from callcenter.calls.agents.service import keep_profile
from callcenter.calls.model import Call, Disposition, EndReason
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.model import Urgency
from callcenter.calls.queue.service import Waiting
from callcenter.db.database import Database
from callcenter.db.jobs import run_job
from callcenter.errors import CallCenterError
from callcenter.ids import new_id
from callcenter.settings import QueueSettings
from callcenter.staff import service as staff

RULES = QueueSettings(call_back_pause_s=0)
BROKEN_SEATS = """
select staff_id from (select staff_id, since, lag(since) over
    (partition by staff_id, strand order by id) as before from seat_moments) m
where since < before
"""
UNREST = """
select 'a place on offer at nobody' as fault, q.id from queue_entries q
where q.state = 'offered' and not exists (
    select from seats s where s.staff_id = q.offered_to and s.contact in ('offered', 'talking')
      and s.call_id = coalesce(q.dial_id, q.call_id))
union all
select 'rung for nothing', s.staff_id from seats s
where s.contact = 'offered' and not exists (
    select from queue_entries q where q.state = 'offered' and q.offered_to = s.staff_id)
union all
select 'waits, and its call has ended', q.id from queue_entries q
join calls c on c.id = q.call_id where q.left_at is null and q.kind = 'call' and c.state = 'ended'
union all
select 'in a talk that has ended', s.staff_id from seats s join calls c on c.id = s.call_id
where s.contact in ('offered', 'talking') and c.state = 'ended'
"""


@dataclass
class Floor:
    """One database with its agents; `number` gives every caller a telephone of his own."""

    database: Database
    rules: QueueSettings = RULES
    agents: list[UUID] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: itertools.count(13900000000))

    async def do(self, verb: Callable[..., Awaitable[Any]], *given: Any, **named: Any) -> Any:
        """One verb in a transaction of its own."""
        return await self.database.run(lambda tx: verb(tx, *given, **named))

    async def attempt(self, verb: Callable[..., Awaitable[Any]], *given: Any) -> Any:
        """The same; a clean refusal is an answer."""
        try:
            return await self.do(verb, *given)
        except CallCenterError as refusal:
            return refusal

    async def agent(self, role: str = "agent", profile: Profile | None = None) -> UUID:
        """A colleague who has not taken his seat."""
        login = f"agent{len(self.agents)}"
        user = await self.do(
            staff.create_staff, login=login, name=login, role=role, password="a calm night shift"
        )
        self.agents.append(user.id)
        if profile:
            await self.do(keep_profile, "test", user.id, profile)
        return UUID(str(user.id))

    async def ready(self, agent: UUID, offer: Offer = READY) -> Seat:
        """He offers this; by default that he is ready."""
        seat: Seat = await self.do(
            contacts.offer_myself, f"staff:{agent}", agent, offer, self.rules
        )
        return seat

    async def rings(self, caller: str | None = None) -> Call:
        """A call at the hotline."""
        number = caller or f"+86{next(self.numbers)}"
        call: Call = await self.do(calls.ring, "carrier", str(new_id()), number)
        return call

    async def enters(self, call: Call, **wants: Any) -> Waiting:
        """The call waits for an agent."""
        wants = {"group": "rescue", "urgency": Urgency.RESCUE} | wants
        waits: Waiting = await self.do(queue.enter, "carrier", call.id, self.rules, **wants)
        return waits

    async def waits(self, caller: str | None = None, **wants: Any) -> Call:
        """Rings and enters."""
        call = await self.rings(caller)
        await self.enters(call, **wants)
        return call

    async def seat(self, agent: UUID) -> Seat:
        """As it is now."""
        seat: Seat = await self.do(seats.get, agent)
        return seat

    async def picks_up(self, agent: UUID, call_id: UUID | None = None) -> Any:
        """Takes this call, or what rings at him."""
        call_id = call_id or (await self.seat(agent)).call_id
        return await self.attempt(contacts.pick_up, f"staff:{agent}", call_id, agent)

    async def ends(self, call_id: UUID, reason: EndReason = EndReason.CALLER_HUNG_UP) -> Any:
        """The line is closed."""
        return await self.attempt(contacts.end, "carrier", call_id, reason, self.rules)

    async def wraps_up(self, agent: UUID) -> Any:
        """Information given; done."""
        given = (agent, Disposition.INFORMATION, None, self.rules)
        return await self.attempt(contacts.wrap_up, f"staff:{agent}", *given)

    async def nobody_is_heard(self, *agents: UUID) -> None:
        """Their browsers have been silent for a minute, and that is noticed."""
        async with self.database.transaction() as tx:
            await tx.connection.execute(
                "update seats set seen_at = now() - interval '1 minute'"
                " where staff_id = any($1::uuid[])",
                list(agents),
            )
        await reactions.lose_silent(self.database, self.rules)

    async def timer(self, name: str, entry_id: UUID, **more: Any) -> None:
        """A timer of this place goes off now."""
        payload = {
            "key": f"{entry_id}:{name}:{more}",
            "payload": {"entry_id": str(entry_id)} | more,
        }
        await run_job(self.database, reactions.work(self.rules), name, payload)

    async def rows(self, question: str, *given: Any) -> list[dict[str, Any]]:
        """Of the database, as they are."""
        async with self.database.reading() as tx:
            return [dict(row) for row in await tx.connection.fetch(question, *given)]

    async def places(self) -> list[dict[str, Any]]:
        """All that ever were, oldest first."""
        return await self.rows("select * from queue_entries order by id")

    async def is_sound(self) -> None:
        """No call without an end or an owner, no overlap in a strand, no match that was left."""
        broken, unrest = await self.rows(BROKEN_SEATS), await self.rows(UNREST)
        assert broken == [], broken
        assert unrest == [], unrest
        missed = await self.do(queue.look, self.rules)
        assert missed == [], f"somebody waited, and an agent for him was ready: {missed}"


async def together(*deeds: Awaitable[Any]) -> list[Any]:
    """All at once."""
    return list(await asyncio.gather(*deeds))
