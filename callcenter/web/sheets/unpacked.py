"""How large a workbook is when it is unpacked, looked at before anything is built of it.

A zip says how large its parts are, but it may lie; and a reader makes room for every cell between
the first and the last one, so that two cells far apart are as costly as all between them.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from callcenter.errors import CallCenterError
from callcenter.web.sheets.errors import SheetUnreadable

MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 1000
CHUNK = 1024 * 1024
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d+)""")
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, RuntimeError, NotImplementedError, IndexError),
)


def check_unpacked(
    data: bytes, rows: int, columns: int, too_large: Callable[[], CallCenterError]
) -> None:
    """Raises `too_large()`, and SheetUnreadable when it is no zip."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if len(parts.infolist()) > MAX_PARTS:
                raise too_large()
            for part in parts.infolist():
                content = _unpacked(parts, part, left)
                left -= len(content)
                if left <= 0 or _reaches_beyond(content, rows, columns):
                    raise too_large()
    except _UNREADABLE:
        raise SheetUnreadable from None


def _unpacked(parts: zipfile.ZipFile, part: zipfile.ZipInfo, at_most: int) -> bytes:
    # Neither the size that it names nor a sum over what was read up to there is believed.
    part.file_size = at_most + 1
    part.CRC = None  # type: ignore[assignment]
    pieces: list[bytes] = []
    size = 0
    with parts.open(part) as stream:
        while size <= at_most and (piece := stream.read(CHUNK)):
            pieces.append(piece)
            size += len(piece)
    return b"".join(pieces)


def _reaches_beyond(content: bytes, rows: int, columns: int) -> bool:
    if b"sheetData" not in content:
        return False
    return any(
        int(row[:10]) > rows or _column(letters) > columns
        for letters, row in set(_REFERENCE.findall(content))
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - ord("A") + 1
    return number
