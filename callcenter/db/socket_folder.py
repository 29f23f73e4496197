"""Where the embedded server's socket lies: beside the data, or in a short folder of its own."""

import shutil
import tempfile
from pathlib import Path

LIMIT = 107 - len("/.s.PGSQL.5432.lock")
"""A socket's path has at most 107 bytes; its lock file's is longer."""


def socket_folder(base: Path) -> Path:
    """The folder for this data; made when it is not there. A note remembers a short one."""
    beside, note = base / "run", base / "socket_dir"
    if len(str(beside).encode()) <= LIMIT:
        beside.mkdir(mode=0o700, exist_ok=True)
        return beside
    if note.exists() and Path(note.read_text()).is_dir():
        return Path(note.read_text())
    short = tempfile.mkdtemp(prefix="callcenter-")
    note.write_text(short)
    return Path(short)


def forget_socket_folder(base: Path) -> None:
    """After the end: a short folder is taken away."""
    note = base / "socket_dir"
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()
