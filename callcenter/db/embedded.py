"""PostgreSQL 18 out of the wheel, run as our own child: reaped, restarted, stopped with us.

The wheel's own starter is not used: it takes a zombie for a running server, limits the start to
10 s, trusts every local user, and as root opens up the folders above the data.
"""

import asyncio
import contextlib
import ctypes
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import asyncpg
import psutil

from callcenter.db.socket_folder import forget_socket_folder, socket_folder
from callcenter.db.wheel import PostgresUnusable, as_user, binaries
from callcenter.supervision import write_secret

OWNER = "callcenter_owner"
APP = "callcenter"
PR_SET_PDEATHSIG = 1
STOP_S = 30.0

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


class EmbeddedPostgres:
    """One server on one data directory. `start` and `stop` from the main thread only:
    the child's death signal hangs on the thread that started it."""

    app_role = APP

    def __init__(self, data_dir: Path, *, fsync: bool = True) -> None:
        self.base = data_dir.absolute() / "postgres"
        self.cluster = self.base / "data"
        self.fsync = fsync
        self.restarts = 0
        self._stopping = False
        self._child: subprocess.Popen[bytes] | None = None
        self._watching: asyncio.Task[None] | None = None

    def owner_dsn(self, database: str = "callcenter") -> str:
        """The owner of the schema: migrations only."""
        return self._dsn(OWNER, database)

    def app_dsn(self, database: str = "callcenter") -> str:
        """The role that serves: rows, no tables."""
        return self._dsn(APP, database)

    @property
    def pid(self) -> int:
        """The postmaster's process id, as this machine sees it."""
        assert self._child is not None
        return self._child.pid

    def is_served(self) -> bool:
        """Whether some process of this machine serves the data directory now."""
        with contextlib.suppress(FileNotFoundError, psutil.NoSuchProcess, ValueError, IndexError):
            process = psutil.Process(int(self._pid_file.read_text().split()[0]))
            return process.status() != psutil.STATUS_ZOMBIE and self._serves_us(process)
        return False

    async def start(self) -> None:
        """Set up on the first time, start, wait until it answers; raises PostgresUnusable.

        The caller holds the data directory: a server found on it has lost its parent.
        """
        await asyncio.to_thread(self._end_orphan)
        await asyncio.to_thread(self._set_up)
        await self._spawn()
        await self._make_roles()
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
        password = quote((self.base / f"{role}.password").read_text(), safe="")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(socket_folder(self.base)))}"

    def _set_up(self) -> None:
        try:
            self.base.mkdir(parents=True, exist_ok=True)
            self.base.chmod(0o700)
        except OSError as failure:
            raise PostgresUnusable(f"{self.base}: {failure.strerror}") from failure
        for role in (OWNER, APP):
            if not (password := self.base / f"{role}.password").exists():
                write_secret(password, secrets.token_urlsafe(24))
        version = self.cluster / "PG_VERSION"
        if not version.exists():
            self._initdb()
        elif version.read_text().strip() != "18":
            raise PostgresUnusable(f"{self.cluster}: PostgreSQL {version.read_text().strip()}")

    def _initdb(self) -> None:
        shutil.rmtree(self.cluster, ignore_errors=True)
        command: list[str | Path] = [
            binaries() / "initdb",
            "-D",
            self.cluster,
            "-U",
            OWNER,
            "-A",
            "scram-sha-256",
        ]
        command += [f"--pwfile={self.base / f'{OWNER}.password'}", "--data-checksums"]
        command += ["-E", "UTF8", "--no-locale", *([] if self.fsync else ["--no-sync"])]
        done = subprocess.run(
            as_user(command), cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if done.returncode:
            raise PostgresUnusable(done.stderr.decode(errors="replace").strip()[-400:])

    @property
    def _pid_file(self) -> Path:
        return self.cluster / "postmaster.pid"

    def _clear_stale(self) -> None:
        """A pid file is believed only when that process is a postmaster of this very data."""
        if self.is_served():
            raise PostgresUnusable(
                f"{self.base} is in use by {self._pid_file.read_text().split()[0]}"
            )
        self._pid_file.unlink(missing_ok=True)
        for left in socket_folder(self.base).glob(".s.PGSQL.*"):
            left.unlink()

    def _end_orphan(self) -> None:
        """A killed parent's server is told to stop by its death; it may still be at it."""
        with contextlib.suppress(FileNotFoundError, psutil.NoSuchProcess, ValueError, IndexError):
            orphan = psutil.Process(int(self._pid_file.read_text().split()[0]))
            if self._serves_us(orphan):
                orphan.send_signal(signal.SIGINT)
                psutil.wait_procs([orphan], timeout=STOP_S)

    def _serves_us(self, process: psutil.Process) -> bool:
        return str(self.cluster) in process.cmdline()

    async def _spawn(self) -> None:
        self._clear_stale()
        config = dict(CONFIG) | {
            "unix_socket_directories": str(socket_folder(self.base)),
            "fsync": "on" if self.fsync else "off",
            "full_page_writes": "on" if self.fsync else "off",
        }
        flags = [part for name, value in config.items() for part in ("-c", f"{name}={value}")]
        with (self.base / "postgres.log").open("ab") as log:
            self._child = subprocess.Popen(
                as_user([binaries() / "postgres", "-D", self.cluster, *flags]),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        await self._until_it_answers()

    async def _until_it_answers(self) -> None:
        # No time limit: recovery after a crash may be long.
        while True:
            assert self._child is not None
            if self._child.poll() is not None:
                tail = (self.base / "postgres.log").read_text(errors="replace").strip()[-400:]
                raise PostgresUnusable(tail)
            try:
                connection = await asyncpg.connect(self.owner_dsn("postgres"), timeout=2)
                await connection.close()
                return
            except (OSError, TimeoutError, asyncpg.PostgresError):
                await asyncio.sleep(0.05)

    async def _make_roles(self) -> None:
        connection = await asyncpg.connect(self.owner_dsn("postgres"), timeout=5)
        try:
            if not await connection.fetchval("select 1 from pg_roles where rolname = $1", APP):
                await connection.execute(f"create role {APP} login")
            password = (self.base / f"{APP}.password").read_text()
            quoted = await connection.fetchval("select quote_literal($1)", password)
            await connection.execute(f"alter role {APP} password {quoted}")
            known = await connection.fetchval(
                "select 1 from pg_database where datname = 'callcenter'"
            )
            if not known:
                await connection.execute("create database callcenter")
        finally:
            await connection.close()

    async def _keep_alive(self) -> None:
        while not self._stopping:
            await asyncio.sleep(0.1)
            assert self._child is not None
            if self._child.poll() is not None and not self._stopping:
                self.restarts += 1
                await asyncio.sleep(min(0.1 * self.restarts, 5))
                with contextlib.suppress(PostgresUnusable):
                    await self._spawn()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
