"""What a storm has left: the provider's own list against the books, and against what was known of
an owner at the moment of his no."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import asyncpg

from callcenter.db.database import Database

CAP = 2
"""Satisfaction, in 30 days, by China's pack."""
LOCK = "select owner_id from owner_reach where owner_id = $1 for update"
SILENCE = "update owner_reach set silent = '{text}', silent_at = now() where owner_id = $1"
BEGUN = """
select t.id, t.sending_at from campaign_runs r
join touches t on t.run_id = r.id and t.owner_id = $1
where t.state not in ('ready', 'claimed')
"""
OUTSIDE = """
select count(*) from touches where id = any($1::uuid[])
  and (sending_at at time zone 'Asia/Shanghai')::time not between '08:00' and '20:59:59.999999'
"""
OF_SILENT = "select id, owner_id, sending_at from touches where owner_id = any($1::uuid[])"
OVER_CAP = """
select count(*) from (
    select owner_id from touches where id = any($1::uuid[]) group by owner_id having count(*) > $2
) too_many
"""
IS_UNDER_WAY = """
select exists (select from touches where state in ('claimed', 'sending'))
    or exists (select from touches where state = 'ready' and due_at <= now())
"""
UNDER_WAY = """
select count(*) from touches
where state in ('claimed', 'sending') or (state = 'ready' and due_at <= now())
"""
SEEN_NOT_SENT = "select count(*) from touches where id = any($1::uuid[]) and state <> 'sent'"
SENT_NOT_SEEN = "select count(*) from touches where state = 'sent' and id <> all($1::uuid[])"
UNKNOWN = "select count(*) from touches where state = 'unknown'"


@dataclass
class OptOuts:
    """Owners who want no text any more, each with what had begun for him before: by its moment,
    since the clock jumps and no time of it can be compared with another."""

    begun: dict[UUID, Mapping[UUID, datetime]] = field(default_factory=dict)

    async def add(self, database: Database, owner_id: UUID) -> None:
        """Written down as the product does: behind his lock."""
        if owner_id in self.begun:
            return
        async with database.transaction() as tx:
            await tx.connection.execute(LOCK, owner_id)
            await tx.connection.execute(SILENCE, owner_id)
            rows = await tx.connection.fetch(BEGUN, owner_id)
        self.begun[owner_id] = {row["id"]: row["sending_at"] for row in rows}

    async def broken(self, connection: asyncpg.Connection, seen: set[UUID]) -> int:
        """Texts that began after the no of their owner and were seen."""
        rows = await connection.fetch(OF_SILENT, list(self.begun))
        return sum(
            row["id"] in seen
            and self.begun[row["owner_id"]].get(row["id"], None) != row["sending_at"]
            for row in rows
        )


@dataclass(frozen=True)
class Wreck:
    """What must all be nothing, but for `unknown`: those that nobody will ever know of."""

    twice: int
    lost: int
    outside_hours: int
    over_cap: int
    after_opt_out: int
    unknown: int
    seen: int
    killed: int
    silent: int
    did: Mapping[str, int]

    @property
    def faults(self) -> dict[str, int]:
        names = ("twice", "lost", "outside_hours", "over_cap", "after_opt_out")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


async def count(
    connection: asyncpg.Connection,
    taken: Sequence[UUID],
    opt_outs: OptOuts,
    killed: int,
    did: Mapping[str, int],
) -> Wreck:
    """`taken`: the touches that the provider has seen, each as often as it saw it."""
    seen = list(set(taken))
    astray = [await connection.fetchval(ask, seen) for ask in (SEEN_NOT_SENT, SENT_NOT_SEEN)]
    return Wreck(
        twice=sum(many - 1 for many in Counter(taken).values()),
        lost=sum(astray) + await connection.fetchval(UNDER_WAY),
        outside_hours=await connection.fetchval(OUTSIDE, seen),
        over_cap=await connection.fetchval(OVER_CAP, seen, CAP),
        after_opt_out=await opt_outs.broken(connection, set(seen)),
        unknown=await connection.fetchval(UNKNOWN),
        seen=len(seen),
        killed=killed,
        silent=len(opt_outs.begun),
        did=dict(did),
    )
