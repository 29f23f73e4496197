"""The serving role adds to the log and never changes it; it owns no tables."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.events import record, timeline
from callcenter.db.transaction import Tx
from tests.db.cast import Ticked, with_control

TICKET = UUID("01890000-0000-7000-8000-00000000000a")

NO_GUARD = """
grant update, delete, truncate on events to callcenter;
drop trigger events_append_only on events;
"""
GRANTED = "grant update, delete, truncate on events to callcenter"
CHANGES = {
    "edit": "update events set actor = 'nobody'",
    "delete": "delete from events",
    "overwrite": (
        "insert into events (id, kind, actor) select id, kind, 'nobody' from events"
        " on conflict (id) do update set actor = excluded.actor"
    ),
}


async def write_one(tx: Tx) -> UUID:
    return await record(tx, Ticked(number=1), actor="staff:lin", ticket_id=TICKET)


async def is_refused(connection: Any, statement: str) -> bool:
    try:
        await connection.execute(statement)
    except (asyncpg.InsufficientPrivilegeError, asyncpg.RaiseError):
        return True
    return False


@with_control(sabotage=NO_GUARD)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_written_fact_stays_as_it_is(
    database: Database, owner: Any, sabotage: str | None, change: str
) -> None:
    event_id = await database.run(write_one)
    if sabotage:
        await owner.execute(sabotage)
    async with database.reading() as tx:
        assert await is_refused(tx.connection, change)
        (event,) = await timeline(tx, TICKET)
    assert (event.id, event.actor) == (event_id, "staff:lin")


@pytest.mark.parametrize("change", [CHANGES["edit"], CHANGES["delete"]])
async def test_even_with_the_right_to_it_and_even_for_the_owner_of_the_tables(
    database: Database, owner: Any, change: str
) -> None:
    await database.run(write_one)
    await owner.execute(GRANTED)
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await owner.execute(change)
    async with database.reading() as tx:
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await tx.connection.execute(change)


@pytest.mark.parametrize(
    "statement",
    [
        "truncate events",
        "drop table events",
        "drop view settled_events",
        "alter table events disable trigger events_append_only",
        "drop trigger events_append_only on events",
        "create or replace function refuse_change() returns trigger language plpgsql"
        " as $$ begin return new; end $$",
        "set session_replication_role = replica",
        "create table mine (n int)",
        "update alembic_version set version_num = '0001'",
        "set role callcenter_owner",
    ],
)
async def test_the_serving_role_changes_no_tables_and_no_rights(
    database: Database, statement: str
) -> None:
    async with database.reading() as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.connection.execute(statement)


async def test_the_serving_role_gives_itself_no_rights(database: Database) -> None:
    async with database.reading() as tx:
        await tx.connection.execute("grant update on events to callcenter")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await tx.connection.execute(CHANGES["edit"])


async def test_the_serving_role_is_no_superuser_and_owns_nothing(
    database: Database,
) -> None:
    async with database.reading() as tx:
        may = await tx.connection.fetchrow(
            "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,"
            " (select count(*) from pg_class where relowner = pg_roles.oid) > 0 as owns"
            " from pg_roles where rolname = current_user"
        )
    assert not any(may.values()), dict(may)
