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
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog

log = structlog.get_logger()

GRACE_S = 15.0
LOOK_S = 0.1
PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0
FORGIVEN_S = 60.0
PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Why it cannot start, for a person: Chinese first."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


@dataclass
class Child:
    """One child: what it was started with, and when it is started again after its death."""

    command: str
    process: "subprocess.Popen[bytes] | None" = None
    began_at: float = 0.0
    failures: int = 0
    due_at: float | None = None

    def died(self, now: float) -> None:
        """The pause grows with each quick death; who has lived for a minute begins anew."""
        if now - self.began_at >= FORGIVEN_S:
            self.failures = 0
        self.failures += 1
        self.due_at = now + min(PAUSE_S * self.failures, LONGEST_PAUSE_S)


class Children:
    """Child processes of this program; each is started again when it dies."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._children: dict[str, Child] = {}
        self._stopping = False

    def start(self, name: str, command: str) -> None:
        """`python -m callcenter COMMAND`; secrets go by environment, never as arguments."""
        self._children[name] = Child(command)
        self._spawn(self._children[name])

    async def keep_alive(self) -> None:
        """Start again what dies, each after a pause of its own of 0.2 to 5 s."""
        while not self._stopping:
            await asyncio.sleep(LOOK_S)
            for name, child in self._children.items():
                self._look_after(name, child, time.monotonic())

    async def stop(self) -> None:
        """Ask all to finish; kill what has not after 15 s."""
        self._stopping = True
        running = [child.process for child in self._children.values() if child.process]
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                await asyncio.to_thread(process.wait, GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()

    def _look_after(self, name: str, child: Child, now: float) -> None:
        if child.due_at is None:
            if child.process is None or child.process.poll() is None:
                return
            child.died(now)
            log.warning("child_died", child=name, status=child.process.returncode)
        elif now >= child.due_at:
            try:
                self._spawn(child)
            except OSError as failure:
                child.began_at = now
                child.died(now)
                log.warning("child_not_started", child=name, error=str(failure))

    def _spawn(self, child: Child) -> None:
        child.process = subprocess.Popen(
            [sys.executable, "-m", "callcenter", child.command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        child.began_at, child.due_at = time.monotonic(), None


@contextlib.contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the data directory for this process; the lock ends with it, however it ends."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock = (data_dir / "lock").open("a")
    except OSError as failure:
        raise unusable(data_dir, failure) from failure
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


def unusable(data_dir: Path, failure: OSError) -> CannotStart:
    """The data directory cannot be read or written."""
    reason = failure.strerror or str(failure)
    return CannotStart(
        f"数据目录 {data_dir} 不能使用:{reason}。请用 --data-dir 换一个目录。",
        f"The data directory {data_dir} cannot be used: {reason}. Choose another with --data-dir.",
    )


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


def die_with_parent() -> None:
    """For a child's start: it is asked to end when this process dies, however it dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
