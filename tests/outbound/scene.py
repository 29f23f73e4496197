"""A campaign with very many owners, each with one touch or more, made by the database itself."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from callcenter.db.database import Database
from callcenter.ids import new_id
from callcenter.outbound.model import Touch, Way
from callcenter.outbound.touches.claim import claim

ALWAYS_OPEN = "satisfaction"
"""What the texts of these stories are about: allowed unless refused."""

OWNERS = """
insert into owners (id, name, zone)
select gen_random_uuid(), 'owner ' || n, $2 from generate_series(1, $1::int) n
returning id
"""
REACH = "insert into owner_reach (owner_id) select unnest($1::uuid[]) on conflict do nothing"
CAMPAIGN = """
insert into campaigns (id, name, kind, purpose, policy, plan, state, priority, made_by)
values ($1, 'story', 'special_survey', $2, $3, '{}', 'running', $4, 'test')
"""
RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
values ($1, $2, 1, '{}', $3, 'test')
"""
TOUCHES = """
insert into touches (id, run_id, campaign_id, owner_id, step, channel, purpose, priority, bucket,
    due_at, expires_at)
select gen_random_uuid(), $1, $2, owner_id, 1, $3, $4, $6,
    get_byte(uuid_send(owner_id), 15) & 63, now() - interval '1 minute', now() + $7::interval
from unnest($5::uuid[]) owner_id
"""


@dataclass
class Scene:
    """Owners who may be written to, and campaigns that want to."""

    connection: asyncpg.Connection
    owners: list[UUID] = field(default_factory=list)
    campaigns: list[UUID] = field(default_factory=list)

    async def add_owners(self, count: int, zone: str = "Asia/Shanghai") -> list[UUID]:
        rows = await self.connection.fetch(OWNERS, count, zone)
        found = [row["id"] for row in rows]
        await self.connection.execute(REACH, found)
        self.owners += found
        return found

    async def campaign(
        self,
        owners: list[UUID] | None = None,
        *,
        way: Way = Way.TEXT,
        purpose: str = ALWAYS_OPEN,
        policy: str = "cn",
        priority: int = 5,
        lives: timedelta = timedelta(days=30),
    ) -> UUID:
        """One that runs, with a due touch for each of these owners."""
        campaign_id, run_id = new_id(), new_id()
        await self.connection.execute(CAMPAIGN, campaign_id, purpose, policy, priority)
        await self.connection.execute(RUN, run_id, campaign_id, policy)
        them = self.owners if owners is None else owners
        await self.connection.execute(
            TOUCHES, run_id, campaign_id, way.value, purpose, them, priority, lives
        )
        self.campaigns.append(campaign_id)
        return campaign_id

    async def states(self) -> dict[str, int]:
        rows = await self.connection.fetch("select state, count(*) from touches group by state")
        return {row["state"]: row["count"] for row in rows}

    async def reasons(self) -> set[tuple[str, str]]:
        rows = await self.connection.fetch("select distinct state, reason from touches")
        return {(row["state"], row["reason"]) for row in rows}

    async def one(self, what: str, *values: Any) -> Any:
        return await self.connection.fetchval(what, *values)


async def stop_clock(connection: asyncpg.Connection, at: datetime) -> None:
    """The database's clock is the only one: this database's stands at `at`."""
    await set_clock(connection, f"select timestamptz '{at.isoformat()}'")


async def shift_clock(connection: asyncpg.Connection, by: str) -> None:
    """It jumps: from now on it runs so much before or behind the real one."""
    await set_clock(connection, f"select pg_catalog.clock_timestamp() + interval '{by}'")


async def set_clock(connection: asyncpg.Connection, says: str) -> None:
    """For this connection, and for those that are made from now on: `now()` is looked up under
    our name before the server's own. A jump reaches those that are there."""
    name = await connection.fetchval("select current_database()")
    for clock in ("now", "clock_timestamp"):
        await connection.execute(
            f"create or replace function public.{clock}() returns timestamptz stable"
            f" language sql as $$ {says} $$"
        )
    path = "search_path = public, pg_catalog"
    await connection.execute(f'alter database "{name}" set {path}')
    await connection.execute(f"set {path}")


async def claim_all(database: Database, way: Way = Way.TEXT, by: str = "one") -> list[Touch]:
    """Until nothing is due any more."""
    found: list[Touch] = []
    while True:
        judged, claimed = await database.run(lambda tx: claim(tx, way, by))
        found += claimed
        if not judged:
            return found
