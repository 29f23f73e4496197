"""Files of recordings: from the folder where a switch makes them into the data directory, so that
they are there before anybody says so."""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from callcenter.telephony.recordings.model import Stored
from callcenter.telephony.recordings.wave_file import is_closed, is_empty, mend, seconds_of

FOLDER = "recordings"
UNCLAIMED = "unclaimed"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
FILE = re.compile(r"(recordings/\d{4}-\d{2}|left_messages)/[A-Za-z0-9-]{1,80}\.wav")
QUIET_S = 2.0
"""A closed file that has not changed for so long is done with."""
ABANDONED_S = 60.0
"""One that is not closed, and has not grown for so long, was left by a switch that died."""


class NotOurs(ValueError):
    """No name or path of a recording."""


@dataclass(frozen=True)
class Store:
    """`spool` is where the switch writes, `data_dir` where they are kept."""

    spool: Path
    data_dir: Path

    def waiting(self) -> list[str]:
        """Names of what lies in the spool."""
        return sorted(file.stem for file in self.spool.glob("*.wav") if NAME.fullmatch(file.stem))

    def is_settled(self, name: str) -> bool:
        """Whether nobody writes to it any more."""
        try:
            idle_s = time.time() - self._made(name).stat().st_mtime
        except FileNotFoundError:
            return False
        return idle_s > ABANDONED_S or (idle_s > QUIET_S and is_closed(self._made(name)))

    def is_closed(self, name: str) -> bool:
        """Whether the switch has written it to its end."""
        made = self._made(name)
        return made.exists() and is_closed(made)

    def is_there(self, name: str, recording_id: UUID, begun_at: datetime) -> bool:
        """Whether there is a file of it, made or kept."""
        return self._made(name).exists() or self._kept(recording_id, begun_at).exists()

    def take_in(self, name: str, recording_id: UUID, begun_at: datetime) -> Stored | None:
        """Its file safely in the data directory, moved now or before; None when there is none, or
        no sound in it. Blocks."""
        made, kept = self._made(name), self._kept(recording_id, begun_at)
        if made.exists() and is_empty(made):
            made.unlink()
        # Another that looks into the spool at this moment may have it already.
        with contextlib.suppress(FileNotFoundError):
            mend(made)
            _move(made, kept)
        if not kept.exists():
            return None
        return stored(self.data_dir, str(kept.relative_to(self.data_dir)))

    def set_aside(self, name: str) -> Path:
        """What belongs to no call that we know is kept apart, for a person."""
        apart = self.data_dir / FOLDER / UNCLAIMED / f"{name}.wav"
        _move(self._made(name), apart)
        return apart

    def _made(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise NotOurs(name)
        return self.spool / f"{name}.wav"

    def _kept(self, recording_id: UUID, begun_at: datetime) -> Path:
        return self.data_dir / FOLDER / f"{begun_at:%Y-%m}" / f"{recording_id}.wav"


def kept_file(data_dir: Path, file: str) -> Path:
    """The path of a kept file; raises NotOurs for one that lies elsewhere."""
    if not FILE.fullmatch(file):
        raise NotOurs(file)
    return data_dir / file


def stored(data_dir: Path, file: str) -> Stored:
    """What a file that is there holds. Blocks."""
    path = kept_file(data_dir, file)
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").digest()
    return Stored(file, path.stat().st_size, digest, seconds_of(path))


def erase(data_dir: Path, file: str) -> None:
    """It is gone, and stays gone. Blocks."""
    path = kept_file(data_dir, file)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        _settle(path.parent)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    _settle(source)
    try:
        os.replace(source, target)
    except OSError as failure:
        if failure.errno != errno.EXDEV:
            raise
        half = target.with_suffix(".part")
        shutil.copyfile(source, half)
        _settle(half)
        os.replace(half, target)
        source.unlink()
    for folder in (target.parent, target.parent.parent, source.parent):
        _settle(folder)


def _settle(path: Path) -> None:
    """What was written is on the disk, whatever happens to the power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
