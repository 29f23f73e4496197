"""The large demo holds what the product would have written, and is mixed with nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from callcenter.calls import samples
from callcenter.db.database import Database
from callcenter.demo import large, network, people
from callcenter.names import name_keys
from callcenter.places.gazetteer import Gazetteer
from callcenter.staff.roles import SCOPES
from callcenter.supervision import CannotStart
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import MOVES, Kind, Stage, is_ticket_number
from callcenter.web import installation
from tests.cli.conftest import prepared
from tests.conftest import TEMPLATE, Server
from tests.forked import callcenter
from tests.reports.test_board import agrees, figures
from tests.service import Service

__all__ = ["prepared"]

OWNERS = 300
SHAPE = """
select 'index ' || indexname as name, indexdef as made from pg_indexes where schemaname = 'public'
union all
select 'key ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
from pg_constraint where connamespace = 'public'::regnamespace
"""
COUNTED = ("owners", "vehicles", "tickets", "calls", "events", "stations", "staff_users")


@pytest.fixture(scope="session")
def template(server: Server, gazetteer: Gazetteer) -> str:
    """A database with a small one of these demos in it."""
    with asyncio.Runner() as runner:
        name = runner.run(server.copy())
        runner.run(large.load(server.owner_dsn(name), gazetteer, OWNERS, lambda *_: None))
    return name


async def shape(dsn: str) -> Mapping[str, str]:
    connection = await asyncpg.connect(dsn)
    try:
        return {row["name"]: row["made"] for row in await connection.fetch(SHAPE)}
    finally:
        await connection.close()


async def counts(owner: asyncpg.Connection) -> dict[str, int]:
    return {one: await owner.fetchval(f"select count(*) from {one}") for one in COUNTED}


async def test_indexes_and_keys_are_as_they_were(server: Server, template: str) -> None:
    before, after = [await shape(server.owner_dsn(name)) for name in (TEMPLATE, template)]
    assert after == before


async def test_the_rows_are_those_that_the_product_writes(
    database: Database, owner: asyncpg.Connection
) -> None:
    there = await counts(owner)
    assert (there["owners"], there["vehicles"]) == (OWNERS, OWNERS * 6 // 5)
    timeline = there["events"] + there["calls"]
    assert timeline > 9 * OWNERS
    for keys, named in (
        ("owner_name_keys", "select id, name from owners"),
        ("ticket_name_keys", "select id, caller_name from tickets"),
    ):
        of = keys.removesuffix("_name_keys")
        kept: dict[Any, set[str]] = defaultdict(set)
        for row in await owner.fetch(f"select {of}_id as id, key from {keys}"):
            kept[row["id"]].add(row["key"])
        assert kept == {row[0]: set(name_keys(row[1])) for row in await owner.fetch(named)}
    async with database.transaction() as tx:
        following = await tickets.SQL.next_number(tx.connection)
    numbers = [row[0] for row in await owner.fetch("select number from tickets order by opened_at")]
    assert all(map(is_ticket_number, numbers))
    assert numbers == sorted(numbers)
    assert numbers[-1][:-1] == str(following - 1)


async def test_every_ticket_has_come_to_its_stage_by_moves_there_are(
    owner: asyncpg.Connection,
) -> None:
    rows = await owner.fetch("select id, kind, stage, opened_at, stage_since from tickets")
    stages = dict.fromkeys((row["id"] for row in rows), Stage.OPENED)
    since = {row["id"]: row["opened_at"] for row in rows}
    kinds = {row["id"]: Kind(row["kind"]) for row in rows}
    moved = await owner.fetch(
        "select ticket_id, at, facts ->> 'was' as was, facts ->> 'stage' as stage from events"
        " where kind = 'ticket.moved' order by seq"
    )
    for one, at, was, to in moved:
        assert stages[one] == was
        assert to in MOVES[kinds[one]][stages[one]]
        assert at >= since[one], "in the order of time"
        stages[one], since[one] = Stage(to), at
    assert {row["id"]: (row["stage"], row["stage_since"]) for row in rows} == {
        one: (stage, since[one]) for one, stage in stages.items()
    }
    live = [row for row in rows if row["stage"] in ("opened", "in_progress", "resolved")]
    assert Kind.RESCUE not in {kinds[row["id"]] for row in live}


async def test_it_is_found_opened_and_counted(service: Service) -> None:
    agent = await service.agent()
    name, (phone,), car = next(islice(people.owners(), 10, None))
    for typed in (phone[-4:], phone, car["plate"], car["vin"][-6:], name, name_keys(name)[1]):
        found = await agent.get("/api/v1/search", q=typed)
        assert name in {owner["name"] for owner in found["owners"]}, typed
    ringing = await agent.post(
        "/api/v1/calls", {"carrier_ref": "one", "caller": samples.SAMPLE_CALLER}
    )
    (known,) = ringing["owners"]
    assert known["vehicles"][0]["plate"].startswith("辽A")
    shared = {"carrier_ref": "two", "caller": samples.SHARED_PHONE}
    assert len((await agent.post("/api/v1/calls", shared))["owners"]) == 3
    unknown = {"carrier_ref": "three", "caller": samples.UNKNOWN_CALLER}
    assert (await agent.post("/api/v1/calls", unknown))["owners"] == []

    for kind in Kind:
        ticket = (await agent.get("/api/v1/tickets", kind=kind, limit=1))["items"][0]
        number = await agent.get("/api/v1/search", q=ticket["number"])
        assert [one["id"] for one in number["tickets"]][:1] == [ticket["id"]]
        told = await agent.get(f"/api/v1/tickets/{ticket['id']}/timeline")
        assert told["events"][0]["kind"] == "ticket.opened"
        whose = await agent.get(f"/api/v1/owners/{ticket['owner_id']}")
        called = await agent.get("/api/v1/calls", owner_id=whose["id"])
        assert ticket["id"] in {one["ticket_id"] for one in called["items"]}
    rescue = (await agent.get("/api/v1/tickets", kind="rescue", limit=1))["items"][0]
    assert (await agent.get(f"/api/v1/rescues/{rescue['id']}"))["dispatches"]

    supervisor = await service.client(list(SCOPES))
    board = await supervisor.get("/api/v1/board")
    assert sum(figures(board)["rescues"].values()) == 0
    await agrees(service, board)


@pytest.mark.parametrize("template", [TEMPLATE])
async def test_what_breaks_off_leaves_nothing_and_can_begin_anew(
    server: Server,
    dbname: str,
    owner: asyncpg.Connection,
    gazetteer: Gazetteer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dsn = server.owner_dsn(dbname)
    home = [one for one in network.stations(gazetteer) if not one[0]["simulated"]]
    monkeypatch.setattr(network, "stations", lambda _: home)

    def broken(what: str, done: int, total: int) -> None:
        if what == "indexes" and done > total // 2:
            raise InterruptedError

    before = await shape(dsn)
    with pytest.raises(InterruptedError):
        await large.load(dsn, gazetteer, 10, broken)
    assert set((await counts(owner)).values()) == {0}
    assert await shape(dsn) == before
    await large.load(dsn, gazetteer, 10, lambda *_: None)
    assert (await counts(owner))["owners"] == 10


@pytest.mark.parametrize("template", [TEMPLATE])
async def test_a_real_installation_is_left_alone(
    server: Server, dbname: str, database: Database, owner: asyncpg.Connection, gazetteer: Gazetteer
) -> None:
    await database.run(lambda tx: installation.ensure(tx, demo=False))
    with pytest.raises(CannotStart, match="real installation"):
        await large.load(server.owner_dsn(dbname), gazetteer, 10, lambda *_: None)
    assert set((await counts(owner)).values()) == {0}


def test_the_command_refuses_where_something_is(
    server: Server, dbname: str, prepared: Path
) -> None:
    where = ["--database-url", server.owner_dsn(dbname), "--data-dir", str(prepared)]
    done = callcenter("demo", "--owners", "5", *where)
    assert done.returncode == 1
    assert "There are data here already" in done.stderr


def test_the_first_owners_are_the_same_in_every_size() -> None:
    assert list(people.owners()) == list(islice(people.owners(2000), people.OWNERS))
    everybody = [one for _, phones, _ in people.owners(2000) for one in phones]
    assert samples.UNKNOWN_CALLER not in everybody
