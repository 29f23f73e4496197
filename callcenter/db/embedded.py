"""PostgreSQL 18 out of the wheel, run as our own child: reaped, restarted, stopped with us.

The wheel's own starter is not used: it takes a zombie for a running server, limits the start to
10 s, trusts every local user, and as root opens up the folders above the data.
"""

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import asyncpg
import psutil
import structlog

from callcenter.db.cluster import APP, OWNER, Cluster, end_with_parent, reason_in
from callcenter.db.socket_folder import forget_socket_folder, socket_folder
from callcenter.db.wheel import PostgresUnusable, as_user, binaries

log = structlog.get_logger()

STOP_S = 30.0
FORGIVEN_S = 60.0

CONFIG: Mapping[str, str] = {
    "listen_addresses": "",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "jit": "off",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "idle_in_transaction_session_timeout": "60s",
}

NOT_YET = (
    OSError,
    TimeoutError,
    asyncpg.CannotConnectNowError,
    asyncpg.ConnectionDoesNotExistError,
)
"""It is starting, or recovering. Every other refusal is for good."""


class EmbeddedPostgres:
    """One server on one data directory. `start` and `stop` from the main thread only:
    the child's death signal hangs on the thread that started it."""

    app_role = APP

    def __init__(self, data_dir: Path, *, fsync: bool = True) -> None:
        self.base = data_dir.absolute() / "postgres"
        self.cluster = Cluster(self.base, fsync=fsync)
        self.fsync = fsync
        self.restarts = 0
        self._stopping = False
        self._log = self.base / "postgres.log"
        self._log_began = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._watching: asyncio.Task[None] | None = None

    def owner_dsn(self, database: str = "callcenter") -> str:
        """The owner of the schema: migrations only. Raises PostgresUnusable."""
        return self._dsn(OWNER, database)

    def app_dsn(self, database: str = "callcenter") -> str:
        """The role that serves: rows, no tables. Raises PostgresUnusable."""
        return self._dsn(APP, database)

    @property
    def pid(self) -> int:
        """The postmaster's process id, as this machine sees it."""
        assert self._child is not None
        return self._child.pid

    def is_served(self) -> bool:
        """Whether some process of this machine serves the data directory now."""
        return self._server() is not None

    async def start(self) -> None:
        """Set up on the first time, start, wait until it answers; raises PostgresUnusable.

        The caller holds the data directory: a server found on it has lost its parent.
        """
        try:
            await self._end_orphan()
            await self.cluster.ready()
            await self._spawn()
            await self._make_roles()
        except OSError as failure:
            await self.stop()
            raise PostgresUnusable(f"{failure.filename}: {failure.strerror}") from failure
        except BaseException:
            await self.stop()
            raise
        self._watching = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """A fast shutdown; after 30 s without an end, the child is killed."""
        self._stopping = True
        if self._watching:
            self._watching.cancel()
        if self._child and self._child.poll() is None:
            self._child.send_signal(signal.SIGINT)
            try:
                await asyncio.to_thread(self._child.wait, STOP_S)
            except subprocess.TimeoutExpired:
                self._child.kill()
        forget_socket_folder(self.base)

    def _dsn(self, role: str, database: str) -> str:
        password = quote(self.cluster.password(role), safe="")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(socket_folder(self.base)))}"

    @property
    def _pid_file(self) -> Path:
        return self.cluster.data / "postmaster.pid"

    def _server(self) -> psutil.Process | None:
        """Who the pid file names: believed only when it is a postmaster of this very data."""
        with contextlib.suppress(OSError, psutil.Error, ValueError, IndexError):
            process = psutil.Process(int(self._pid_file.read_text().split()[0]))
            is_dead = process.status() == psutil.STATUS_ZOMBIE
            if not is_dead and str(self.cluster.data) in process.cmdline():
                return process
        return None

    def _clear_stale(self) -> None:
        if found := self._server():
            raise PostgresUnusable(f"{self.base} is in use by {found.pid}")
        self._pid_file.unlink(missing_ok=True)
        for left in socket_folder(self.base).glob(".s.PGSQL.*"):
            left.unlink()

    async def _end_orphan(self) -> None:
        """A killed parent's server is told to stop by its death; it may still be at it."""
        until = time.monotonic() + STOP_S
        if orphan := self._server():
            with contextlib.suppress(psutil.NoSuchProcess):
                orphan.send_signal(signal.SIGINT)
        while self._server() and time.monotonic() < until:
            await asyncio.sleep(0.05)

    async def _spawn(self) -> None:
        self._clear_stale()
        config = dict(CONFIG) | {
            "unix_socket_directories": str(socket_folder(self.base)),
            "fsync": "on" if self.fsync else "off",
            "full_page_writes": "on" if self.fsync else "off",
        }
        flags = [part for name, value in config.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("ab") as output:
            self._log_began = output.tell()
            self._child = subprocess.Popen(
                as_user([binaries() / "postgres", "-D", self.cluster.data, *flags]),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        await self._until_it_answers()

    async def _until_it_answers(self) -> None:
        # No time limit: recovery after a crash may be long.
        while True:
            assert self._child is not None
            if self._child.poll() is not None:
                said = self._log.read_bytes()[self._log_began :].decode(errors="replace")
                raise PostgresUnusable(reason_in(said))
            try:
                connection = await asyncpg.connect(self.owner_dsn("postgres"), timeout=2)
                await connection.close()
                return
            except NOT_YET:
                await asyncio.sleep(0.05)
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
                raise PostgresUnusable(" ".join(str(failure).split())) from failure

    async def _make_roles(self) -> None:
        try:
            connection = await asyncpg.connect(self.owner_dsn("postgres"), timeout=5)
            try:
                await _make_role_and_database(connection, self.cluster.password(APP))
            finally:
                await connection.close()
        except (OSError, TimeoutError, asyncpg.PostgresError) as failure:
            raise PostgresUnusable(" ".join(str(failure).split())) from failure

    async def _keep_alive(self) -> None:
        """Start again what dies, with a pause that grows to 5 s and is forgotten in a minute."""
        failures, began = 0, time.monotonic()
        while not self._stopping:
            await asyncio.sleep(0.1)
            assert self._child is not None
            if self._child.poll() is None or self._stopping:
                continue
            self.restarts += 1
            failures = 1 if time.monotonic() - began >= FORGIVEN_S else failures + 1
            log.warning("postgres_died", status=self._child.returncode)
            await asyncio.sleep(min(0.1 * failures, 5))
            began = time.monotonic()
            try:
                await self._spawn()
            except (PostgresUnusable, OSError) as failure:
                log.warning("postgres_not_started", error=str(failure))


async def _make_role_and_database(connection: asyncpg.Connection, password: str) -> None:
    if not await connection.fetchval("select 1 from pg_roles where rolname = $1", APP):
        await connection.execute(f"create role {APP} login")
    quoted = await connection.fetchval("select quote_literal($1)", password)
    await connection.execute(f"alter role {APP} password {quoted}")
    known = await connection.fetchval("select 1 from pg_database where datname = 'callcenter'")
    if not known:
        await connection.execute("create database callcenter")
