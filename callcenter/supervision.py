"""The parent process: owns PostgreSQL, web, worker and (in the demo) the simulation.

State lies in the database only, so a child that dies is simply started again.
"""

import asyncio
import contextlib
import ctypes
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import structlog

log = structlog.get_logger()

GRACE_S = 15.0
PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Why it cannot start, for a person: Chinese first."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


class Children:
    """Child processes of this program; each is started again when it dies."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, str] = {}
        self._stopping = False

    def start(self, name: str, command: str) -> None:
        """`python -m callcenter COMMAND`; secrets go by environment, never as arguments."""
        self._running[name] = subprocess.Popen(
            [sys.executable, "-m", "callcenter", command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self._commands[name] = command

    async def keep_alive(self) -> None:
        """Start again what dies, with a pause that grows from 0.2 to 5 s."""
        failures: dict[str, int] = {}
        while not self._stopping:
            await asyncio.sleep(0.2)
            for name, child in list(self._running.items()):
                if child.poll() is None or self._stopping:
                    continue
                failures[name] = failures.get(name, 0) + 1
                log.warning("child_died", child=name, status=child.returncode)
                await asyncio.sleep(min(0.2 * failures[name], 5))
                self.start(name, self._commands[name])

    async def stop(self) -> None:
        """Ask all to finish; kill what has not after 15 s."""
        self._stopping = True
        for child in self._running.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in self._running.values():
            try:
                await asyncio.to_thread(child.wait, GRACE_S)
            except subprocess.TimeoutExpired:
                child.kill()


@contextlib.contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the data directory for this process; the lock ends with it, however it ends."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = (data_dir / "lock").open("a")
    except OSError as failure:
        raise CannotStart(
            f"数据目录 {data_dir} 不能使用:{failure.strerror}。请用 --data-dir 换一个目录。",
            f"The data directory {data_dir} cannot be used: {failure.strerror}. "
            "Choose another with --data-dir.",
        ) from failure
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as failure:
            raise CannotStart(
                f"另一个实例正在使用数据目录 {data_dir}。请先停止它,或用 --data-dir 换一个目录。",
                f"Another instance uses the data directory {data_dir}. Stop it first, or choose "
                "another with --data-dir.",
            ) from failure
        yield


def free_port(host: str, port: int) -> int:
    """The port to serve on (any free one for 0); raises CannotStart when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as failure:
            raise CannotStart(
                f"{host}:{port} 不能使用({failure.strerror})。请用 --port 换一个端口。",
                f"{host}:{port} cannot be used ({failure.strerror}). Choose another --port.",
            ) from failure
        return int(trial.getsockname()[1])


def write_secret(path: Path, secret: str) -> None:
    """A file that only its owner may read, replaced in one step."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    half.replace(path)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
