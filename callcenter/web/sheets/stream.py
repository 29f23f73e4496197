"""A sheet of any length read row by row from a file on disk, in little memory."""

import contextlib
import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.parsers import expat

from callcenter.web.sheets.csv_text import delimiter_of, encoding_of
from callcenter.web.sheets.errors import SheetEmpty, SheetTooLarge, SheetUnreadable
from callcenter.web.sheets.read import MAX_COLUMNS, MAX_SIGNS, Row, texts_of
from callcenter.web.sheets.workbook_rows import Workbook

MOST_ROWS = 5_000_000
HEAD = 1 << 16
_BROKEN = (
    *(expat.ExpatError, zipfile.BadZipFile, zlib.error, struct.error, csv.Error),
    *(EOFError, OSError, ValueError, IndexError, KeyError, NotImplementedError, RuntimeError),
)


@dataclass(frozen=True)
class LongSheet:
    """The headings, how many rows stand below (as counted beforehand), and the rows one by one.

    What is wrong further down is said when it is reached: SheetUnreadable, SheetTooLarge.
    """

    headings: tuple[str, ...]
    total: int
    rows: Iterator[Row]


@contextlib.contextmanager
def long_sheet(file: Path) -> Iterator[LongSheet]:
    """Open an .xlsx or .csv; raises SheetUnreadable, SheetTooLarge and SheetEmpty."""
    with contextlib.ExitStack() as open_files:
        # What the caller's block raises is no fault of the sheet.
        with _refusing():
            raw = open_files.enter_context(file.open("rb"))
            is_workbook = raw.read(4) == b"PK\x03\x04"
            opened = _workbook_sheet if is_workbook else _text_sheet
            sheet = opened(file, open_files)
        yield sheet


def _workbook_sheet(file: Path, open_files: contextlib.ExitStack) -> LongSheet:
    book = Workbook(open_files.enter_context(zipfile.ZipFile(file)))
    return _sheet(book.count_rows(), book.rows())


def _text_sheet(file: Path, open_files: contextlib.ExitStack) -> LongSheet:
    with file.open("rb") as raw:
        head = raw.read(HEAD)
        raw.seek(0)
        lines = sum(piece.count(b"\n") for piece in iter(lambda: raw.read(1 << 20), b""))
    encoding = encoding_of(head, file)
    text = open_files.enter_context(file.open(encoding=encoding, newline=""))
    delimiter = delimiter_of(text.readline())
    text.seek(0)
    reader = csv.reader(_without_nul(text), delimiter=delimiter)
    return _sheet(lines, enumerate(reader, start=1))


def _sheet(rows: int, found: Iterator[tuple[int, list[Any]]]) -> LongSheet:
    below = _below(found)
    first = next(below, None)
    second = next(below, None)
    if first is None or second is None:
        raise SheetEmpty
    width = len(first.cells)
    wide = (_wide(row, width) for row in _with(second, below))
    return LongSheet(first.cells, max(rows - 1, 1), _said(wide))


def _below(found: Iterator[tuple[int, list[Any]]]) -> Iterator[Row]:
    for number, cells in found:
        if number > MOST_ROWS + 1 or len(cells) > MAX_COLUMNS:
            raise _too_large()
        if texts := texts_of(cells):
            yield Row(number, texts)


def _with(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _wide(row: Row, width: int) -> Row:
    """As wide as the headings: what stands beside them has no meaning."""
    cells = row.cells[:width]
    return Row(row.number, cells + ("",) * (width - len(cells)))


def _said(rows: Iterator[Row]) -> Iterator[Row]:
    with _refusing():
        yield from rows


def _without_nul(text: io.TextIOBase) -> Iterator[str]:
    for line in text:
        if "\x00" in line:
            raise SheetUnreadable
        yield line


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _BROKEN:
        raise SheetUnreadable from None


def _too_large() -> SheetTooLarge:
    return SheetTooLarge(rows=MOST_ROWS, columns=MAX_COLUMNS, signs=MAX_SIGNS)
