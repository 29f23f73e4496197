"""The demo as large as the real thing: owners and cars by the hundred thousand, years of history.

All of it in one transaction: whoever interrupts it finds nothing, and begins again.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.customers import service as customers
from callcenter.db.bulk import BulkLoad, bulk_load, tidy
from callcenter.db.transaction import Tx
from callcenter.demo.crowd import Crowd
from callcenter.demo.history import History
from callcenter.demo.load import ACTOR, Progress, add_network, make_log_ins
from callcenter.demo.rows import COLUMNS, Tables
from callcenter.places.gazetteer import Gazetteer
from callcenter.staff import repository as staff_rows
from callcenter.staff import service as staff
from callcenter.staff.model import Role
from callcenter.stations import repository as stations
from callcenter.supervision import CannotStart
from callcenter.tickets import repository as tickets
from callcenter.web import installation

AT_ONCE = 10_000
"""Owners or tickets that are made up and written together."""

COLLEAGUES = ("陈静", "周磊", "吴敏", "郑涛", "冯洁", "许强", "沈芳", "韩梅")
Told = Callable[[int], None]
QUIET_FOR = timedelta(minutes=15)
"""Nothing has happened since then: no history reaches into the future."""


async def load(owner_dsn: str, gazetteer: Gazetteer, owners: int, progress: Progress) -> None:
    """Into an empty database; raises CannotStart when something is in it, or it is a real one's."""
    async with bulk_load(owner_dsn, list(COLUMNS)) as bulk:
        await _refuse_what_is_there(bulk.tx)
        await add_network(bulk.tx, gazetteer, progress)
        agents = await _agents(bulk.tx)
        crowd = Crowd(owners, await bulk.tx.now() - QUIET_FOR)
        history = History(
            crowd,
            agents,
            await stations.listed(bulk.tx, limit=1000),
            first_number=await tickets.SQL.next_number(bulk.tx.connection),
        )
        await bulk.set_aside()
        await _write(bulk, crowd.chunks(AT_ONCE), lambda n: progress("owners", n, owners))
        await _write(bulk, history.chunks(AT_ONCE), lambda n: progress("tickets", n, history.count))
        await tickets.SQL.numbers_are_given(bulk.tx.connection, last=history.last_number)
        await bulk.make_again(lambda done, total: progress("indexes", done, total))
    await tidy(owner_dsn, list(COLUMNS), lambda done, total: progress("tidying", done, total))


async def _refuse_what_is_there(tx: Tx) -> None:
    installed = await installation.ensure(tx, demo=True)
    if not installed.demo:
        raise CannotStart(
            "这是正式安装,不载入演示数据。请另选一个数据目录(--data-dir)或数据库。",
            "This is a real installation: no demo is loaded into it. Name another data directory "
            "(--data-dir) or database.",
        )
    is_used = (
        await customers.SQL.is_any_owner_there(tx.connection)
        or await stations.listed(tx, limit=1)
        or await tickets.search(tx, limit=1)
        or await calls.listed(tx, limit=1, live=False, before=None)
    )
    if is_used:
        raise CannotStart(
            "这里已经有数据,不会混入大型演示数据。请另选一个空的数据目录,例如 --data-dir big。",
            "There are data here already, and the large demo is not mixed with them. Name a data "
            "directory that is empty, such as --data-dir big.",
        )


async def _agents(tx: Tx) -> list[UUID]:
    """The one whose log-in `run` prints, and colleagues who cannot sign in yet."""
    await make_log_ins(tx)
    printed = await staff_rows.find_login(tx, "agent")
    assert printed is not None
    ids = [printed[0].id]
    for number, name in enumerate(COLLEAGUES, start=2):
        login = f"agent{number:02d}"
        ids.append((await staff.add_staff(tx, ACTOR, login=login, name=name, role=Role.AGENT)).id)
    return ids


async def _write(bulk: BulkLoad, chunks: Iterator[tuple[int, Tables]], told: Told) -> None:
    """The next rows are made up while the last ones are written."""
    written, ready = 0, await asyncio.to_thread(next, chunks, None)
    while ready is not None:
        count, tables = ready
        making = asyncio.create_task(asyncio.to_thread(next, chunks, None))
        for table, rows in tables.items():
            if rows:
                await bulk.copy(table, COLUMNS[table], rows)
        written += count
        told(written)
        ready = await making
