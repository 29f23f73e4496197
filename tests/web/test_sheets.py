"""Sheets as people send them: workbooks, columns of text, and what is neither."""

import contextlib
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.web.sheets.errors import SheetEmpty, SheetTooLarge, SheetUnreadable
from callcenter.web.sheets.formula import guarded, without_guard
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import written, xlsx

REFUSALS = (SheetUnreadable, SheetTooLarge, SheetEmpty)
GOOD = xlsx(["编号", "电话"], [["A1", "13900000000"]])


def workbook(*rows: list[object]) -> bytes:
    """As Excel keeps it: numbers are floats, days are days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet("data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_numbers_come_back_as_they_were_and_rows_have_excel_s_numbers():
    sheet = read_sheet(
        workbook(
            ["编号", "电话", "纬度", "日期", "夜"],
            [],
            [7, 13900000000.0, 41.8057, date(2026, 10, 1), True],
        )
    )
    (row,) = sheet.rows
    assert sheet.headings == ("编号", "电话", "纬度", "日期", "夜")
    assert (row.number, row.cells) == (3, ("7", "13900000000", "41.8057", "2026-10-01", "是"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_columns_however_it_was_saved(encoding: str, delimiter: str):
    lines = [["编号", "名称", "电话"], ["A1", f'"东{delimiter}望"', "024-88881234"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    (row,) = read_sheet(text.encode(encoding)).rows
    assert row.cells == ("A1", f"东{delimiter}望", "024-88881234")


@pytest.mark.parametrize("how", ["xlsx", "csv"])
def test_what_is_written_is_read_again_and_runs_nowhere(how: str):
    cells = ("=1+1", "+8613900000000", "-x", "@x", "'=x", "''=", "it's", "东望\n街", '"')
    data = written(how, ["编号", "=HYPERLINK(1)"] + ["x"] * 7, [cells])
    (row,) = read_sheet(data).rows
    assert row.cells == cells
    if how == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        assert "'=1+1,'+8613900000000,'-x,'@x" in data.decode()
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@given(st.text(alphabet="=+-@'\ta", max_size=6))
def test_the_guard_is_taken_away_as_it_was_put(text: str):
    assert without_guard(guarded(text)) == text


def repacked(part: str, content: bytes) -> bytes:
    """The good workbook with one part of it exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


FAR = b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="9"><c r="%s"/></row></sheetData>'


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", SheetEmpty),
        (b"code", SheetEmpty),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SheetUnreadable),
        (b"a,b\n\x00", SheetUnreadable),
        (GOOD[:-60], SheetUnreadable),
        (workbook(), SheetEmpty),
        (b"a\n" * 60_000, SheetTooLarge),
        (b"," * 200 + b"x\n1", SheetTooLarge),
        (b"a\n" + b"x" * 5000, SheetTooLarge),
        (repacked("xl/worksheets/sheet1.xml", FAR % b"XFD1048576"), SheetTooLarge),
        (repacked("xl/worksheets/sheet1.xml", FAR % b"ZZZZZZ1"), SheetTooLarge),
        (repacked("xl/sharedStrings.xml", b" " * (130 * 1024 * 1024)), SheetTooLarge),
    ],
    ids=range(12),
)
def test_what_cannot_be_read_is_refused_clearly(data: bytes, refusal: type[Exception]):
    with pytest.raises(refusal):
        read_sheet(data)


def test_a_zip_that_lies_about_its_size_is_measured():
    bomb = bytearray(repacked("xl/sharedStrings.xml", b" " * (130 * 1024 * 1024)))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as parts:
        true_size = parts.getinfo("xl/sharedStrings.xml").file_size
    lying = bytes(bomb).replace(true_size.to_bytes(4, "little"), (9).to_bytes(4, "little"))
    assert lying != bytes(bomb)
    with pytest.raises(SheetTooLarge):
        read_sheet(lying)


def never_raises_but_to_refuse(data: bytes) -> None:
    with contextlib.suppress(*REFUSALS):
        read_sheet(data)


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """The good workbook with some bytes exchanged, or cut."""
    data = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 8))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(4, len(data)))])


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode), spoilt()))
@settings(max_examples=300)
def test_no_bytes_are_a_fault(data: bytes):
    never_raises_but_to_refuse(data)
