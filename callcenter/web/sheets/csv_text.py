"""Text in columns, however a spreadsheet program has written it."""

import codecs
import csv
import io
from pathlib import Path

from callcenter.web.sheets.errors import SheetUnreadable

DELIMITERS = ",;\t"


def csv_rows(data: bytes, at_most: int) -> list[list[str]]:
    """The rows, no more than `at_most`; raises SheetUnreadable."""
    text = _decoded(data)
    if "\x00" in text:
        raise SheetUnreadable
    delimiter = delimiter_of(text.partition("\n")[0])
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(cells)
            if len(rows) >= at_most:
                break
    except csv.Error:
        raise SheetUnreadable from None
    return rows


def delimiter_of(first_line: str) -> str:
    """What divides the headings."""
    return max(DELIMITERS, key=first_line.count)


def encoding_of(head: bytes, file: Path) -> str:
    """How a long text is written: by its mark, or UTF-8 where all of it is; else GB 18030."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _decoded(data: bytes) -> str:
    """UTF-16 says so by its mark; UTF-8 is tried before GB 18030, which nearly anything fits."""
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable
