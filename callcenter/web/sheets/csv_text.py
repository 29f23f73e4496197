"""Text in columns, however a spreadsheet program has written it."""

import codecs
import csv
import io

from callcenter.web.sheets.errors import SheetUnreadable

DELIMITERS = ",;\t"


def csv_rows(data: bytes, at_most: int) -> list[list[str]]:
    """The rows, no more than `at_most`; raises SheetUnreadable."""
    text = _decoded(data)
    if "\x00" in text:
        raise SheetUnreadable
    first_line = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(cells)
            if len(rows) >= at_most:
                break
    except csv.Error:
        raise SheetUnreadable from None
    return rows


def _decoded(data: bytes) -> str:
    """UTF-16 says so by its mark; UTF-8 is tried before GB 18030, which nearly anything fits."""
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable
