"""Writes rows as .xlsx or .csv for people who open them in Excel or WPS."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal

from callcenter.web.sheets.formula import guarded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
Format = Literal["xlsx", "csv"]
MEDIA_TYPES: dict[Format, str] = {"xlsx": XLSX, "csv": CSV}
Cell = str | float
COLUMN_SIGNS = 18


def written(how: Format, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The sheet as a file."""
    return xlsx(headings, rows) if how == "xlsx" else _csv(headings, rows)


def xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Texts stay texts, never formulas or links; the headings stay in sight."""
    # A tenth of a second for the first sheet, not for every process that starts.
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        bold = book.add_format({"bold": True, "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, max(len(headings) - 1, 0), COLUMN_SIGNS, text)
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, float):
                    sheet.write_number(number, column, cell)
                elif cell:
                    sheet.write_string(number, column, _as_read(cell), text)
    return out.getvalue()


def _as_read(cell: str) -> str:
    # An apostrophe that is the text's own would be taken for a guard when it is read.
    return guarded(cell) if cell.startswith("'") else cell


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([repr(c) if isinstance(c, float) else guarded(c) for c in row])
    # The mark tells Excel that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")
