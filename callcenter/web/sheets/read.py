"""Reads a sheet of any make into rows of text; refuses clearly, whatever the bytes are."""

import io
import math
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import python_calamine

from callcenter.web.sheets.csv_text import csv_rows
from callcenter.web.sheets.errors import SheetEmpty, SheetTooLarge, SheetUnreadable
from callcenter.web.sheets.formula import without_guard
from callcenter.web.sheets.unpacked import check_unpacked

MAX_ROWS, MAX_COLUMNS, MAX_SIGNS = 50_000, 100, 4_000
_ZIP = b"PK\x03\x04"
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Row:
    """One row; `number` as the spreadsheet counts it, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a file that has something in it: its headings, and the rows below."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(data: bytes) -> Sheet:
    """The sheet of an .xlsx or .csv (UTF-8, UTF-16 with its mark, GB 18030; comma, semicolon or
    tab). Numbers that Excel made of codes and phones are written without ".0".

    Raises SheetUnreadable, SheetTooLarge and SheetEmpty, and nothing else.
    """
    found = _workbook_rows(data) if data.startswith(_ZIP) else csv_rows(data, MAX_ROWS + 2)
    rows = []
    for number, cells in enumerate(found, start=1):
        if number > MAX_ROWS + 1:
            raise _too_large()
        if texts := texts_of(cells):
            rows.append(Row(number, texts))
    if len(rows) < 2:
        raise SheetEmpty
    headings = rows[0].cells
    width = max(len(headings), *(len(row.cells) for row in rows))
    if width > MAX_COLUMNS:
        raise _too_large()
    return Sheet(_padded(headings, width), tuple(_wide(row, width) for row in rows[1:]))


def _workbook_rows(data: bytes) -> Iterable[list[Any]]:
    check_unpacked(data, MAX_ROWS + 1, MAX_COLUMNS, _too_large)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if "xl/workbook.xml" not in parts.namelist():
                raise SheetUnreadable
        book = python_calamine.load_workbook(io.BytesIO(data))
        for name in book.sheet_names:
            rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                return rows
    except SheetUnreadable:
        raise
    except Exception:
        raise SheetUnreadable from None
    except BaseException as panic:
        # The reader's own panic is no Exception; an interrupt is not swallowed.
        if type(panic).__name__ != "PanicException":
            raise
        raise SheetUnreadable from None
    return []


def texts_of(cells: Iterable[Any]) -> tuple[str, ...]:
    """Of cells as a reader gives them: trimmed, without the empty ones at the end; nothing for an
    empty row."""
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if any(len(text) > MAX_SIGNS for text in texts):
        raise _too_large()
    return tuple(texts)


def _text(cell: Any) -> str:
    if type(cell) is str and cell.isalnum():
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return without_guard(_NOT_TEXT.sub("", str(cell)).strip())


def _number(value: float) -> str:
    if math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _wide(row: Row, width: int) -> Row:
    return Row(row.number, _padded(row.cells, width))


def _too_large() -> SheetTooLarge:
    return SheetTooLarge(rows=MAX_ROWS, columns=MAX_COLUMNS, signs=MAX_SIGNS)
