"""Touches as the dialling sees them, kept in the real table, without the checks of a claim."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.dialling.touches import Said, Unsaid
from callcenter.outbound.model import Outcome, Touch, TouchState, Way

OWNERS = "insert into owners (id, name) values ($1, $2)"
CAMPAIGN = """
insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)
values ($1, 'story', 'special_survey', 'satisfaction', 'cn', '{}', 'running', 5, 'test')
"""
RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
values ($1, $2, 1, '{}', 'cn', 'test')
"""
TOUCH = """
insert into touches (id, run_id, campaign_id, owner_id, step, attempt, channel, purpose, priority,
    bucket, due_at, expires_at, promised_to)
values ($1, $2, $3, $4, 1, $5, $6, 'satisfaction', $7, 0, $8, now() + interval '1 day', $9)
"""
CLAIM = """
update touches set state = 'claimed', claimed_by = $1, claimed_at = now() where id in (
    select id from touches where state = 'ready' and channel = $2 and due_at <= now()
      and ($3::uuid[] is null or campaign_id = any($3))
      and (promised_to is null or promised_to = $4)
    order by promised_to is null, priority, due_at, id limit $5 for update skip locked)
returning *
"""


@dataclass
class KeptTouches:
    """`numbers`: of the owners. `may_be`: what the second look behind the lock says."""

    numbers: dict[UUID, str] = field(default_factory=dict)
    may_be: bool = True
    campaign_id: UUID = field(default_factory=new_id)
    run_id: UUID = field(default_factory=new_id)

    async def begin(self, database: Database) -> None:
        """The campaign runs."""
        async with database.transaction() as tx:
            await tx.connection.execute(CAMPAIGN, self.campaign_id)
            await tx.connection.execute(RUN, self.run_id, self.campaign_id)

    async def add(
        self,
        database: Database,
        number: str | None = "+8613800138000",
        way: Way = Way.AGENT_CALL,
        *,
        priority: int = 5,
        promised_to: UUID | None = None,
    ) -> UUID:
        """An owner who is to be called; his touch."""
        owner_id, touch_id = new_id(), new_id()
        async with database.transaction() as tx:
            await tx.connection.execute(OWNERS, owner_id, "车主")
            given = (touch_id, self.run_id, self.campaign_id, owner_id, 1, way.value, priority)
            await tx.connection.execute(TOUCH, *given, await tx.now(), promised_to)
        if number is not None:
            self.numbers[owner_id] = number
        return touch_id

    async def claim(
        self,
        tx: Tx,
        way: Way,
        by: str,
        most: int,
        *,
        campaigns: Sequence[UUID] | None = None,
        staff_id: UUID | None = None,
    ) -> Sequence[Touch]:
        rows = await tx.connection.fetch(CLAIM, by, way.value, campaigns, staff_id, most)
        return [_touch(row) for row in rows]

    async def next_for(self, tx: Tx, by: str, staff_id: UUID) -> Sequence[Touch]:
        return await self.claim(tx, Way.AGENT_CALL, by, 1, staff_id=staff_id)

    async def said(self, tx: Tx, touch: Touch) -> Said | Unsaid:
        number = self.numbers.get(touch.owner_id)
        return Said(number, "zh", "您的车该保养了。") if number else Unsaid()

    async def sending(self, tx: Tx, touch_id: UUID, by: str) -> bool:
        if not self.may_be:
            await self._move(tx, touch_id, "ready", "opted_out")
            return False
        return await self._move(tx, touch_id, "sending", "", before="claimed")

    async def skip(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        await self._move(tx, touch_id, "skipped", reason)

    async def drop(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        await self._move(tx, touch_id, "skipped", reason)

    async def pass_on(self, tx: Tx, touch_id: UUID, staff_id: UUID, reason: str) -> None:
        await self._move(tx, touch_id, "ready", reason)

    async def give_back(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        await self._move(tx, touch_id, "ready", reason)

    async def outcome(
        self,
        tx: Tx,
        touch_id: UUID,
        outcome: Outcome,
        *,
        words: str = "",
        staff_id: UUID | None = None,
        promised: str = "",
    ) -> None:
        await self._move(tx, touch_id, "sent", "")
        await tx.connection.execute(
            "update touches set outcome = $2 where id = $1", touch_id, outcome.value
        )

    async def unknown(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        await self._move(tx, touch_id, "unknown", reason)

    async def promise(self, tx: Tx, touch_id: UUID, staff_id: UUID | None, at: datetime) -> None:
        owner_id = await tx.connection.fetchval(
            "select owner_id from touches where id = $1", touch_id
        )
        given = (new_id(), self.run_id, self.campaign_id, owner_id, 2, "agent_call", 0)
        await tx.connection.execute(TOUCH, *given, at, staff_id)

    async def _move(
        self, tx: Tx, touch_id: UUID, state: str, reason: str, before: str | None = None
    ) -> bool:
        moved = await tx.connection.fetchval(
            "update touches set state = $2, reason = $3"
            " where id = $1 and ($4::text is null or state = $4) returning true",
            *(touch_id, state, reason, before),
        )
        return bool(moved)


async def states(database: Database) -> list[tuple[str, str | None, str]]:
    """State, outcome and reason of every touch, in the order in which they were made."""
    async with database.reading() as tx:
        rows = await tx.connection.fetch("select state, outcome, reason from touches order by id")
    return [(row["state"], row["outcome"], row["reason"]) for row in rows]


def _touch(row: Any) -> Touch:
    fields = {name: row[name] for name in Touch.__dataclass_fields__}
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    words = {"channel": Way(row["channel"]), "state": TouchState(row["state"])}
    return Touch(**(fields | words | {"outcome": outcome}))
