"""The embedded server's files: made whole or not at all, and looked at before each start."""

import asyncio
import ctypes
import os
import re
import secrets
import shutil
import signal
import tempfile
from pathlib import Path

from callcenter.db.wheel import MAJOR, PostgresUnusable, as_user, binaries
from callcenter.supervision import write_secret

OWNER = "callcenter_owner"
APP = "callcenter"
PR_SET_PDEATHSIG = 1
SAID = 400
_COMPLAINT = re.compile(r"\b(?:FATAL|PANIC|error):\s*(.*)")


class Cluster:
    """The files below `base`: the data, and the passwords of the owner and the serving role."""

    def __init__(self, base: Path, *, fsync: bool) -> None:
        self.base = base
        self.data = base / "data"
        self._fsync = fsync

    def password(self, role: str) -> str:
        """The role's password; raises PostgresUnusable."""
        file = self._password_file(role)
        try:
            return file.read_text()
        except OSError as failure:
            raise PostgresUnusable(f"{file}: {failure.strerror}") from failure

    async def ready(self) -> None:
        """Made on the first time; raises PostgresUnusable when it is not fit to be started."""
        try:
            self.base.mkdir(parents=True, exist_ok=True)
            self.base.chmod(0o700)
            if not self.data.is_dir() or not any(self.data.iterdir()):
                await self._make()
            self._look()
        except OSError as failure:
            raise PostgresUnusable(f"{failure.filename}: {failure.strerror}") from failure

    def _look(self) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists():
            raise PostgresUnusable(f"{version} is missing: the folder is damaged")
        if (found := version.read_text().strip()) != MAJOR:
            raise PostgresUnusable(f"{self.data} belongs to PostgreSQL {found}, not {MAJOR}")
        # Only the owner could set another: without his password nobody gets in.
        self.password(OWNER)
        # The serving role's is set anew at each start.
        if not self._password_file(APP).exists():
            write_secret(self._password_file(APP), secrets.token_urlsafe(24))

    async def _make(self) -> None:
        """Beside its place and then moved there: a start that is cut off leaves nothing half."""
        for left in self.base.glob("data.new.*"):
            shutil.rmtree(left, ignore_errors=True)
        # A name of its own: what was killed before may still be taking its own away.
        half = Path(tempfile.mkdtemp(prefix="data.new.", dir=self.base))
        for role in (OWNER, APP):
            write_secret(self._password_file(role), secrets.token_urlsafe(24))
        await self._initdb(half)
        half.replace(self.data)
        _sync(self.base)

    async def _initdb(self, folder: Path) -> None:
        command: list[str | Path] = [binaries() / "initdb", "-D", folder, "-U", OWNER]
        command += ["-A", "scram-sha-256", f"--pwfile={self._password_file(OWNER)}"]
        command += ["--data-checksums", "-E", "UTF8", "--no-locale"]
        command += [] if self._fsync else ["--no-sync"]
        running = await asyncio.create_subprocess_exec(
            *as_user(command),
            cwd="/",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        try:
            _, said = await running.communicate()
        except asyncio.CancelledError:
            running.kill()
            await running.wait()
            raise
        if running.returncode:
            raise PostgresUnusable(reason_in(said.decode(errors="replace")))

    def _password_file(self, role: str) -> Path:
        return self.base / f"{role}.password"


def reason_in(said: str) -> str:
    """Why, out of PostgreSQL's words, on one line: the last complaint that is not its own start."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    complaints = [found[1] for line in lines if (found := _COMPLAINT.search(line))]
    telling = [words for words in complaints if "is starting up" not in words]
    return (telling[-1] if telling else " ".join(lines) or "no reason given")[-SAID:]


def end_with_parent() -> None:
    """For a child's start: a fast shutdown when this process dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
