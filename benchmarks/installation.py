"""A whole installation for one measurement: `callcenter run` on a folder that is thrown away."""

import asyncio
import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psutil

from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.rehearsal.cli import ADDRESS_FILE
from callcenter.staff.tokens import create_machine_token
from callcenter.web.permission import Permission

EMPTY, DEMO = ("--no-demo",), ()
CALLCENTER = (sys.executable, "-m", "callcenter")
READY_WITHIN_S = 300.0
STOP_WITHIN_S = 45.0
TOKEN_LIFETIME = timedelta(days=1)


@dataclass(frozen=True)
class Installation:
    """PostgreSQL with fsync, web processes and a worker, as `callcenter run` starts them."""

    host: str
    port: int
    postgres: EmbeddedPostgres
    database: Database
    data_dir: Path
    service: psutil.Process

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://{self.host}:{self.port}"

    @contextlib.contextmanager
    def worker_paused(self) -> Iterator[None]:
        """Inside the block jobs are written but nobody takes them."""
        workers = [child for child in self.service.children() if child.cmdline()[-1] == "worker"]
        for worker in workers:
            worker.suspend()
        try:
            yield
        finally:
            for worker in workers:
                worker.resume()

    async def token(self, *scopes: Permission) -> str:
        """The secret of a new machine token without a station."""
        return (await self.tokens(scopes, [None]))[0]

    async def tokens(
        self, scopes: Iterable[Permission], station_ids: Iterable[UUID | None]
    ) -> list[str]:
        """The secrets of new machine tokens, one for each station named (None: the desk)."""
        wanted = tuple(scopes)
        async with self.database.transaction() as tx:
            return [
                await create_machine_token(
                    tx,
                    name="benchmark",
                    scopes=wanted,
                    lifetime=TOKEN_LIFETIME,
                    station_id=station_id,
                )
                for station_id in station_ids
            ]


@contextlib.asynccontextmanager
async def installed(
    *, web_processes: int = 1, options: Sequence[str] = EMPTY, data_dir: Path | None = None
) -> AsyncIterator[Installation]:
    """Runs until the block ends; a folder of its own goes with it, one that is named stays."""
    # Each reader of the feed is an open file, here and there.
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with contextlib.ExitStack() as stack:
        if data_dir is None:
            made = tempfile.TemporaryDirectory(prefix="cc-bench-")
            data_dir = Path(stack.enter_context(made))
        (data_dir / ADDRESS_FILE).unlink(missing_ok=True)
        log = stack.enter_context((data_dir / "run.log").open("wb"))
        service = subprocess.Popen(
            [*CALLCENTER, "run", "--port", "0", "--data-dir", str(data_dir), *options],
            env=os.environ | {"CALLCENTER_WEB_PROCESSES": str(web_processes)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            host, port = await _address(service, data_dir)
            postgres = EmbeddedPostgres(data_dir)
            database = await Database.open(postgres.app_dsn())
            try:
                process = psutil.Process(service.pid)
                yield Installation(host, port, postgres, database, data_dir, process)
            finally:
                await database.close()
        finally:
            service.send_signal(signal.SIGTERM)
            await asyncio.to_thread(service.wait, STOP_WITHIN_S)


async def _address(service: "subprocess.Popen[bytes]", data_dir: Path) -> tuple[str, int]:
    """Where it serves, once it is ready; raises RuntimeError with what it printed."""
    loop = asyncio.get_running_loop()
    until = loop.time() + READY_WITHIN_S
    while loop.time() < until and service.poll() is None:
        with contextlib.suppress(OSError):
            host, _, port = (data_dir / ADDRESS_FILE).read_text().rpartition(":")
            return host.removeprefix("http://"), int(port)
        await asyncio.sleep(0.1)
    raise RuntimeError((data_dir / "run.log").read_text(errors="replace")[-2000:])
