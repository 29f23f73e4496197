"""Which cells of a workbook are days: Excel keeps a day as a number, and says so in its styles."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from callcenter.web.sheets.errors import SheetUnreadable

BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats that every spreadsheet program knows (ECMA-376 part 1, 18.8.30)."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LEAP_DAY_THAT_NEVER_WAS = 60
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_466


def parser() -> expat.XMLParserType:
    """An XML parser that expands nothing: entities are how a small file becomes a huge one."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.EntityDeclHandler = _refuse
    return made


def local(name: str) -> str:
    """An element's name without its namespace."""
    return name.rpartition(" ")[2]


class Styles:
    """`is_date[n]`: whether cells of style n are days."""

    def __init__(self, content: bytes) -> None:
        self._custom: dict[str, bool] = {}
        self._inside = False
        self._formats: list[str] = []
        reader = parser()
        reader.StartElementHandler = self._begin
        reader.EndElementHandler = self._end
        reader.Parse(content, True)
        self.is_date = [self._says_date(one) for one in self._formats]

    def _begin(self, name: str, given: dict[str, str]) -> None:
        kind = local(name)
        if kind == "numFmt":
            self._custom[given.get("numFmtId", "")] = _is_date_code(given.get("formatCode", ""))
        elif kind == "cellXfs":
            self._inside = True
        elif kind == "xf" and self._inside:
            self._formats.append(given.get("numFmtId", "0"))

    def _end(self, name: str) -> None:
        self._inside = self._inside and local(name) != "cellXfs"

    def _says_date(self, number: str) -> bool:
        if number in self._custom:
            return self._custom[number]
        return number.isdecimal() and int(number) in BUILT_IN_DATES


def day_of(serial: float, *, since_1904: bool) -> date | datetime | time | float:
    """The day that a spreadsheet means by a number; the number itself where it means none."""
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if serial < 1 and not since_1904:
        return (datetime.min + timedelta(seconds=round(serial * 86_400))).time()
    shift = 1 if not since_1904 and serial < _LEAP_DAY_THAT_NEVER_WAS else 0
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    return epoch + timedelta(days=shift, seconds=round(serial * 86_400))


def _is_date_code(code: str) -> bool:
    plain = _QUOTED.sub("", code.partition(";")[0]).casefold()
    return any(sign in plain for sign in "ymdhs年月日")


def _refuse(*_: object) -> Iterator[None]:
    raise SheetUnreadable
