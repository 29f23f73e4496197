"""A real PostgreSQL: one server and one template per test worker, one copy per test."""

import asyncio
import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
import uvloop
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright

from callcenter.composition import all_subscriptions
from callcenter.db import database as database_module
from callcenter.db import migrations
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.db.transaction import Tx
from callcenter.demo import load as demo
from callcenter.places.addresses.districts import Districts
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.intake import Intake
from callcenter.settings import RoutingSettings
from tests.service import Service, running

MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 1024**3
TEMPLATE = "template_callcenter"
DEMO_TEMPLATE = "template_demo"
CHROMIUM = shutil.which("chromium")
# Without a desktop around it: a sixth of the processor time, and no notifications.
SHELL = shutil.which("chromium-headless-shell") or CHROMIUM
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]

# The same examples at each run, however slow the machine. What searches anew (-m long) says so
# itself; the others do with --hypothesis-profile default.
settings.register_profile(
    "tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")

# Several workers, servers and browsers share two cores: what the program rightly gives up on after
# two seconds is only slow here. Who tests the giving up sets it again.
database_module.ACQUIRE_TIMEOUT_S = 30.0
database_module.COMMAND_TIMEOUT_S = 30.0


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop of the product."""
    return {"uvloop": uvloop.new_event_loop}


class Server:
    """The worker's PostgreSQL, with the template that every test's database is copied from."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self.postgres = postgres
        self.count = 0

    def owner_dsn(self, name: str) -> str:
        return self.postgres.owner_dsn(name)

    def app_dsn(self, name: str) -> str:
        return self.postgres.app_dsn(name)

    async def prepare(self) -> None:
        # It may lie in memory: a log of 1 GB, which is usual, would be too much there.
        await self.execute("alter system set max_wal_size = '128MB'")
        await self.execute("select pg_reload_conf()")
        await self.execute(f"create database {TEMPLATE}")
        await migrations.upgrade(self.owner_dsn(TEMPLATE), self.postgres.app_role)

    async def copy(self, template: str = TEMPLATE) -> str:
        """A fresh database; its name."""
        self.count += 1
        name = f"test_{os.getpid()}_{self.count}"
        # Files, not the log: without fsync half the work for a template of ten megabytes.
        await self.execute(f"create database {name} template {template} strategy file_copy")
        return name

    async def prepare_demo(self, gazetteer: Gazetteer) -> None:
        await self.execute(f"create database {DEMO_TEMPLATE} template {TEMPLATE}")
        database = await self.open(DEMO_TEMPLATE)
        await demo.load(database, gazetteer, lambda *_: None)
        await database.close()

    async def open(self, name: str) -> Database:
        """As the role that serves."""
        return await Database.open(
            self.app_dsn(name), subscriptions=all_subscriptions(), min_size=1, max_size=16
        )

    async def drop(self, name: str) -> None:
        await self.execute(f"drop database {name} with (force)")

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.owner_dsn("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for this test worker, without fsync: it does not outlive the run."""
    with tempfile.TemporaryDirectory(prefix="cc-pg-", dir=_in_memory()) as folder:
        postgres = EmbeddedPostgres(Path(folder), fsync=False)
        with asyncio.Runner() as runner:
            runner.run(postgres.start())
            it = Server(postgres)
            runner.run(it.prepare())
            yield it
            runner.run(postgres.stop())


def _in_memory() -> Path | None:
    """Where there is room for each worker: a database copied there costs a sixth of the time."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    is_there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    has_room = is_there and shutil.disk_usage(MEMORY).free > workers * ROOM_IN_MEMORY
    return MEMORY if has_room else None


@pytest.fixture
def template() -> str:
    """What a test's database is copied from; a test that wants the demo in it names that."""
    return TEMPLATE


@pytest.fixture
async def dbname(server: Server, template: str) -> AsyncIterator[str]:
    """The name of a fresh database."""
    name = await server.copy(template)
    yield name
    await server.drop(name)


@pytest.fixture
async def database(server: Server, dbname: str) -> AsyncIterator[Database]:
    """A fresh database, served as the role without rights on tables, as in the product."""
    opened = await server.open(dbname)
    yield opened
    await opened.close()


@pytest.fixture
async def owner(server: Server, dbname: str) -> AsyncIterator[asyncpg.Connection]:
    """The owner's connection to the same database: controls take guards out with it."""
    connection = await asyncpg.connect(server.owner_dsn(dbname))
    yield connection
    await connection.close()


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    """One transaction, rolled back after the test."""

    class Undo(Exception):
        pass

    try:
        async with database.transaction() as opened:
            yield opened
            raise Undo
    except Undo:
        pass


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the tables of known places and districts, made once for all test workers."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent
    with (folder / "tables.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        Intake.load(folder)
    return folder


@pytest.fixture(scope="session")
def intake(tables: Path) -> Intake:
    """The door for positions, with both tables."""
    return Intake.load(tables)


@pytest.fixture(scope="session")
def gazetteer(intake: Intake) -> Gazetteer:
    """The table of known places."""
    return intake.gazetteer


@pytest.fixture(scope="session")
def districts(intake: Intake) -> Districts:
    """The table of provinces, cities and districts."""
    return intake.districts


@pytest.fixture(scope="session")
def demo_template(server: Server, gazetteer: Gazetteer) -> str:
    """The template with the demo's stations and owners in it."""
    with asyncio.Runner() as runner:
        runner.run(server.prepare_demo(gazetteer))
    return DEMO_TEMPLATE


@pytest.fixture
def routing() -> RoutingSettings:
    """The clocks of routing as in the product: no test must hurry because the machine is loaded.
    One that waits for a clock to run out names a shorter one, by `parametrize("routing", ...)`."""
    return RoutingSettings()


@pytest.fixture
def outbound() -> bool:
    """Whether campaigns begin and touches leave by themselves; most stories do it step by step."""
    return False


@pytest.fixture
async def service(
    database: Database, intake: Intake, routing: RoutingSettings, outbound: bool
) -> AsyncIterator[Service]:
    """Web and worker on a fresh database."""
    async with running(database, intake, routing=routing, outbound=outbound) as it:
        yield it


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for this test worker; each window has a context of its own."""
    async with _launched(SHELL) as opened:
        yield opened


@pytest.fixture(scope="session")
async def desktop_browser() -> AsyncIterator[Browser]:
    """The browser that has notifications, for the few who need them."""
    async with _launched(CHROMIUM) as opened:
        yield opened


@contextlib.asynccontextmanager
async def _launched(path: str | None) -> AsyncIterator[Browser]:
    """Where Chromium is missing its tests are skipped, and say so."""
    if path is None:
        pytest.skip("Chromium is not installed: the pages are not looked at")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield opened
        await opened.close()
