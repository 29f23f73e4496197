"""The rows of a workbook one after the other, in little memory however many there are."""

import re
import zipfile
from array import array
from collections.abc import Iterator
from typing import IO, Any

from callcenter.web.sheets.errors import SheetUnreadable
from callcenter.web.sheets.workbook_dates import Styles, day_of, local, parser

CHUNK = 1 << 20
MAX_SHARED = 512 << 20
"""Bytes of the texts that cells share."""
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
_DIGITS = str.maketrans("", "", "0123456789$")


class Workbook:
    """An open .xlsx; only its first sheet with a row is read."""

    def __init__(self, parts: zipfile.ZipFile) -> None:
        self._parts = parts
        names = set(parts.namelist())
        if "xl/workbook.xml" not in names:
            raise SheetUnreadable
        self._since_1904 = False
        self._sheets = [one for one in self._targets() if one in names]
        styles = "xl/styles.xml"
        self._is_date = Styles(parts.read(styles)).is_date if styles in names else []
        shared = "xl/sharedStrings.xml"
        self._shared = SharedTexts(parts.open(shared)) if shared in names else None

    def count_rows(self) -> int:
        """How many rows the sheet writes down, counted without reading them."""
        return next((many for one in self._sheets if (many := self._rows_in(one))), 0)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """The row's number and its cells: texts, numbers, truths, days; "" where nothing is."""
        for one in self._sheets:
            found = False
            for row in self._rows_of(one):
                found = True
                yield row
            if found:
                return

    def _rows_in(self, sheet: str) -> int:
        many, tail = 0, b""
        with self._parts.open(sheet) as stream:
            while piece := stream.read(CHUNK):
                many += len(_ROW.findall(tail + piece))
                # What the end of a piece cuts is found in the next one, and only there.
                cut = (tail + piece).rfind(b"<")
                tail = (tail + piece)[cut:] if cut >= 0 else b""
                tail = b"" if _ROW.match(tail) else tail[:64]
        return many

    def _rows_of(self, sheet: str) -> Iterator[tuple[int, list[Any]]]:
        cells = _Cells(self._shared, self._is_date, since_1904=self._since_1904)
        with self._parts.open(sheet) as stream:
            while piece := stream.read(CHUNK):
                cells.feed(piece)
                yield from cells.take()
            cells.feed(b"", last=True)
            yield from cells.take()

    def _targets(self) -> list[str]:
        """Where each sheet lies, in the order of the workbook."""
        ids: list[str] = []

        def sheet(name: str, given: dict[str, str]) -> None:
            if local(name) == "sheet":
                ids.append(given.get(_RELATION) or given.get(_STRICT_RELATION, ""))
            elif local(name) == "workbookPr":
                self._since_1904 = given.get("date1904") in ("1", "true")

        _read(self._parts.read("xl/workbook.xml"), sheet)
        targets: dict[str, str] = {}

        def relation(name: str, given: dict[str, str]) -> None:
            if local(name) == "Relationship":
                targets[given.get("Id", "")] = given.get("Target", "")

        _read(self._parts.read("xl/_rels/workbook.xml.rels"), relation)
        wanted = (targets.get(one, "") for one in ids)
        return [t.lstrip("/") if t.startswith("/") else f"xl/{t}" for t in wanted]


class SharedTexts:
    """Texts that cells name by number, side by side in one piece of memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._texts = bytearray()
        self._ends = array("Q", [0])
        self._piece: list[str] = []
        self._takes = self._sounds = False
        reader = parser()
        reader.StartElementHandler = self._begin
        reader.EndElementHandler = self._end
        reader.CharacterDataHandler = self._say
        with stream:
            while piece := stream.read(CHUNK):
                reader.Parse(piece, False)
                if len(self._texts) > MAX_SHARED:
                    raise SheetUnreadable
        reader.Parse(b"", True)

    def __getitem__(self, number: int) -> str:
        first, behind = self._ends[number], self._ends[number + 1]
        return self._texts[first:behind].decode("utf-8", "replace")

    def _begin(self, name: str, _: object) -> None:
        kind = local(name)
        self._takes = kind == "t" and not self._sounds
        self._sounds = self._sounds or kind == "rPh"

    def _end(self, name: str) -> None:
        kind = local(name)
        self._takes = False
        if kind == "rPh":
            self._sounds = False
        elif kind == "si":
            self._texts += "".join(self._piece).encode("utf-8", "replace")
            self._ends.append(len(self._texts))
            self._piece.clear()

    def _say(self, text: str) -> None:
        if self._takes:
            self._piece.append(text)


class _Cells:
    """What the parser has told of rows that were not taken yet."""

    def __init__(
        self, shared: SharedTexts | None, is_date: list[bool], *, since_1904: bool
    ) -> None:
        self._shared, self._is_date, self._since_1904 = shared, is_date, since_1904
        self._done: list[tuple[int, list[Any]]] = []
        self._row: list[Any] = []
        self._number = 0
        self._text: list[str] = []
        self._kind = self._style = ""
        self._at = 0
        self._takes = False
        self._names: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._reader = parser()
        self._reader.StartElementHandler = self._begin
        self._reader.EndElementHandler = self._end
        self._reader.CharacterDataHandler = self._say

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        self._reader.Parse(piece, last)

    def take(self) -> list[tuple[int, list[Any]]]:
        done, self._done = self._done, []
        return done

    def _local(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = local(name)
        return self._names[name]

    def _begin(self, name: str, given: dict[str, str]) -> None:
        kind = self._local(name)
        if kind == "c":
            self._kind, self._style = given.get("t", "n"), given.get("s", "")
            self._at = self._column(given.get("r", ""))
        elif kind in ("v", "t"):
            self._takes = True
        elif kind == "row":
            self._number = int(given.get("r") or self._number + 1)
            self._row = []

    def _end(self, name: str) -> None:
        kind = self._local(name)
        self._takes = False
        if kind == "c":
            if self._text:
                self._put("".join(self._text))
                self._text.clear()
        elif kind == "row":
            self._done.append((self._number, self._row))

    def _say(self, text: str) -> None:
        if self._takes:
            self._text.append(text)

    def _column(self, reference: str) -> int:
        """From 0; a cell that does not say where it stands comes behind the one before it."""
        letters = reference.translate(_DIGITS)
        if not letters:
            return len(self._row)
        if letters not in self._columns:
            number = 0
            for letter in letters[:4].upper():
                number = number * 26 + ord(letter) - ord("A") + 1
            self._columns[letters] = number - 1
        return self._columns[letters]

    def _put(self, text: str) -> None:
        if not 0 <= self._at <= len(self._row) + MAX_GAP:
            raise SheetUnreadable
        row = self._row
        while len(row) <= self._at:
            row.append("")
        row[self._at] = self._value(text)

    def _value(self, text: str) -> Any:
        if self._kind == "s":
            if self._shared is None:
                raise SheetUnreadable
            return self._shared[int(text)]
        if self._kind == "b":
            return text.strip() == "1"
        if self._kind != "n":
            return text
        number = float(text)
        style = int(self._style or 0)
        if style < len(self._is_date) and self._is_date[style]:
            return day_of(number, since_1904=self._since_1904)
        return number


MAX_GAP = 1_000
"""Empty cells between two of a row; more is no sheet that people have made."""


def _read(content: bytes, begin: Any) -> None:
    reader = parser()
    reader.StartElementHandler = begin
    reader.Parse(content, True)
