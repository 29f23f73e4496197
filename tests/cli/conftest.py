"""The program as a user starts it: a child process, its printed words, its end."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

PATIENCE_S = 120.0


class Program:
    """`callcenter run` under way."""

    def __init__(self, data_dir: Path, *options: str, **environment: str) -> None:
        self.data_dir = data_dir
        self.output = data_dir.parent / f"{data_dir.name}.out"
        command = [sys.executable, "-m", "callcenter", "run", "--data-dir", str(data_dir)]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [*command, "--port", "0", *options],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | environment,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def wait_until_served(self) -> "Program":
        """Until it has printed its address; fails with what it said instead."""
        until = time.monotonic() + PATIENCE_S
        while "Ctrl-C" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)
        return self

    @property
    def url(self) -> str:
        found = re.search(r"Open: (\S+)", self.said)
        assert found, self.said
        return found[1]

    def password(self, login: str) -> str:
        found = re.search(rf"^ *{login} / (\S+)", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]

    def family(self) -> list[psutil.Process]:
        """Every process that came out of this one, PostgreSQL among them."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def interrupt(self) -> int:
        """Ctrl-C; its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)


@pytest.fixture
def prepared(tmp_path: Path, tables: Path) -> Path:
    """A data directory that has the tables of known places already: making them takes seconds."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    for table in tables.glob("*.gz"):
        shutil.copy(table, folder)
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[type[Program]]:
    """Starts programs; ends what a failed test has left."""
    started: list[Program] = []

    class Started(Program):
        def __init__(self, data_dir: Path, *options: str, **environment: str) -> None:
            super().__init__(data_dir, *options, **environment)
            started.append(self)

    yield Started
    for program in started:
        with contextlib.suppress(psutil.NoSuchProcess):
            if program.process.poll() is None:
                family = program.family()
                program.process.terminate()
                program.process.wait(PATIENCE_S)
                for left in family:
                    with contextlib.suppress(psutil.NoSuchProcess):
                        left.kill()
