"""WAV files of a line as a switch leaves them: 8,000 samples a second, 16 bit, mono."""

import struct
from pathlib import Path

import numpy as np

HEADER = 44
BYTES_A_SECOND = 16000
LOUDEST = 32768


def is_closed(path: Path) -> bool:
    """Whether its head says how long it is: written last, so it is whole."""
    return _is_ours(path) and _told(path) == path.stat().st_size - HEADER > 0


def is_empty(path: Path) -> bool:
    """Whether there is not a word in it: a switch writes two seconds at once."""
    return path.stat().st_size <= HEADER


def mend(path: Path) -> None:
    """The head of one that was left in the middle says how much there is."""
    if not _is_ours(path):
        return
    length = (path.stat().st_size - HEADER) // 2 * 2
    if _told(path) != length:
        with path.open("r+b") as file:
            file.truncate(HEADER + length)
            file.seek(4)
            file.write(struct.pack("<I", length + HEADER - 8))
            file.seek(40)
            file.write(struct.pack("<I", length))


def seconds_of(path: Path) -> float | None:
    """How long it is; None for another kind of file."""
    if not _is_ours(path):
        return None
    return round((path.stat().st_size - HEADER) / BYTES_A_SECOND, 2)


def peaks(path: Path, count: int) -> list[float]:
    """How loud it is in each of `count` equal parts, 0 to 1; none for another kind of file. Blocks,
    and reads a part at a time."""
    if not _is_ours(path):
        return []
    samples = (path.stat().st_size - HEADER) // 2
    found: list[float] = []
    with path.open("rb") as file:
        file.seek(HEADER)
        for part in range(count):
            wanted = samples * (part + 1) // count - samples * part // count
            heard = np.frombuffer(file.read(2 * wanted), dtype="<i2").astype(np.int32)
            found.append(round(float(np.abs(heard).max(initial=0)) / LOUDEST, 3))
    return found


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(HEADER)
    return (
        len(head) == HEADER
        and head[:4] == b"RIFF"
        and head[8:16] == b"WAVEfmt "
        and struct.unpack_from("<HHII", head, 20) == (1, 1, 8000, BYTES_A_SECOND)
        and head[36:40] == b"data"
    )


def _told(path: Path) -> int:
    with path.open("rb") as file:
        file.seek(40)
        (length,) = struct.unpack("<I", file.read(4))
    return int(length)
