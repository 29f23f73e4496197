"""Processes that are forks of one that has imported the program already: they begin at once."""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["tests.faults.doomed_worker", "tests.outbound.storm_worker", "callcenter.cli.commands"]
)
STREAMS = (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY))


def callcenter(
    *arguments: str, text: str | None = None, patience_s: float = 120.0
) -> "subprocess.CompletedProcess[str]":
    """A command of the program, to its end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stream, _ in STREAMS:
            (folder / stream).write_text(text or "" if stream == "stdin" else "")
        process = PROCESSES.Process(target=_typed, args=(arguments, folder, dict(os.environ)))
        process.start()
        process.join(patience_s)
        if process.is_alive():
            process.kill()
            raise subprocess.TimeoutExpired(arguments, patience_s)
        said, complained = ((folder / stream).read_text() for stream in ("stdout", "stderr"))
        return subprocess.CompletedProcess(arguments, process.exitcode or 0, said, complained)


def _typed(arguments: tuple[str, ...], folder: Path, environment: Mapping[str, str]) -> None:
    from callcenter.cli.commands import app

    os.environ.clear()
    os.environ.update(environment)
    for number, (stream, way) in enumerate(STREAMS):
        os.dup2(os.open(folder / stream, way), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    app(list(arguments), prog_name="callcenter")
