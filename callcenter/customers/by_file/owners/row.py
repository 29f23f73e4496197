"""A row of a sheet of owners as values, or why not. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from callcenter.clock import CHINA
from callcenter.customers.by_file.columns import CONSENTS, OWNER_COLUMNS
from callcenter.customers.model import plate_of, vin_of
from callcenter.phones import BadPhone, e164
from callcenter.places.provinces import province_named
from callcenter.web.sheets.cell_words import (
    Unclear,
    day,
    is_nothing,
    language,
    moment,
    one_of,
    table,
    yes_or_no,
)

MOST_PHONES = 10
LENGTHS = {"name": 80, "city": 60, "remark": 500, "model": 80, "colour": 20, "vin": 20, "plate": 16}
TIERS = table("""
0: 普通 普通会员 一般 ordinary usual
1: 银牌 银卡 silver
2: 金牌 金卡 gold
3: 贵宾 vip 钻石
""")
ENERGIES = table("""
petrol: 汽油 燃油 gasoline gas
diesel: 柴油
hybrid: 混动 油电混动 混合动力 hev
plug_in_hybrid: 插电混动 插混 插电式混合动力 增程 phev pluginhybrid
electric: 纯电 电动 纯电动 ev bev 新能源
""")
CALENDARS = table("""
solar: 公历 阳历 新历 gregorian
lunar: 农历 阴历 旧历 chinese
""")
_AMONG = re.compile(r"[,,、;;/\n\r|]+|\s+(?=\+|1[3-9]\d{9}\b|0\d{2,3}[- ]|\d{3}\*)")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_MONTH_DAY = re.compile(
    r"(?:\d{4}\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?"
)
_MASKED = re.compile(r"\d{3}\*{4}\d{4}(?:-\d+)?|\*{4}")
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST_LUNAR_MONTH = 30


@dataclass(frozen=True)
class OwnerRow:
    """What the cells say; None and nothing: the row leaves it as it is."""

    values: Mapping[str, Any]
    phones: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass
class _Read:
    values: dict[str, Any] = field(default_factory=dict)
    phones: tuple[str, ...] = ()
    granted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)


def owner_row(cells: Mapping[str, str]) -> OwnerRow:
    """The cells by field; what is wrong with each is among the reasons."""
    read = _Read()
    for name, text in cells.items():
        if not text:
            continue
        try:
            _take(read, name, text)
        except Unclear as why:
            column = OWNER_COLUMNS.by_field[name]
            read.reasons.append((f"{column.zh}:{why.zh}", f"{column.en}: {why.en}"))
    _check(read)
    return OwnerRow(
        read.values, read.phones, tuple(read.granted), tuple(read.refused), tuple(read.reasons)
    )


def _take(read: _Read, name: str, text: str) -> None:
    if name in CONSENTS:
        (read.granted if yes_or_no(text) else read.refused).append(CONSENTS[name])
    elif name == "phones":
        read.phones = _phones(text)
    elif name == "birthday":
        read.values["birthday_month"], read.values["birthday_day"] = _month_and_day(text)
    else:
        read.values[name] = VALUES[name](text)


def _check(read: _Read) -> None:
    values = read.values
    if not values.get("name") and not values.get("vin"):
        read.reasons.append(("没有姓名", "there is no name"))
    if not read.phones and not values.get("vin") and not values.get("plate"):
        read.reasons.append(("没有电话,也没有车", "there is neither a number nor a car"))
    if "birthday_month" in values:
        is_lunar = values.setdefault("birthday_calendar", "solar") == "lunar"
        longest = LONGEST_LUNAR_MONTH if is_lunar else LONGEST_MONTH[values["birthday_month"] - 1]
        if values["birthday_day"] > longest:
            read.reasons.append(("生日:没有这一天", "Birthday: there is no such day"))
    else:
        values.pop("birthday_calendar", None)


def _phones(text: str) -> tuple[str, ...]:
    try:
        return (e164(text),)
    except BadPhone:
        return _several_phones(text)


def _several_phones(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for piece in _AMONG.split(text):
        # An export masks numbers for who need not see them: they leave what is there.
        if not piece.strip() or _MASKED.fullmatch(piece.strip()):
            continue
        try:
            found[e164(piece)] = None
        except BadPhone as refusal:
            raise Unclear.because(refusal) from None
    if len(found) > MOST_PHONES:
        raise Unclear(f"最多 {MOST_PHONES} 个号码", f"at most {MOST_PHONES} numbers")
    return tuple(found)


def _month_and_day(text: str) -> tuple[int, int]:
    if text.isdecimal() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _MONTH_DAY.fullmatch(text)
    month, day_ = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (1 <= month <= 12 and 1 <= day_ <= 31):
        raise Unclear(f"“{text[:20]}”不是生日,例:5-12", f'"{text[:20]}" is no birthday, as 5-12')
    return month, day_


def _text(name: str) -> Callable[[str], str]:
    longest = LENGTHS[name]

    def read(text: str) -> str:
        if len(text) > longest:
            raise Unclear(f"最多 {longest} 字", f"at most {longest} characters")
        return text

    return read


def _code(name: str, as_written: Callable[[str], str]) -> Callable[[str], str | None]:
    longest = LENGTHS[name]

    def read(text: str) -> str | None:
        if is_nothing(text):
            return None
        code = as_written(unicodedata.normalize("NFKC", text))
        if not 4 <= len(code) <= longest or not code.isalnum():
            raise Unclear(f"“{text[:30]}”看不懂", f'"{text[:30]}" cannot be read')
        return code

    return read


def _email(text: str) -> str:
    if len(text) > 200 or _EMAIL.fullmatch(text) is None:
        raise Unclear(f"“{text[:40]}”不是邮箱", f'"{text[:40]}" is no e-mail address')
    return text


def _province(text: str) -> str:
    found = province_named(text)
    if found is None:
        raise Unclear(f"“{text[:20]}”不是省级地区", f'"{text[:20]}" is no province')
    return found.code


def _said_at(text: str) -> datetime:
    read = moment(text)
    if isinstance(read, datetime):
        return read if read.tzinfo else read.replace(tzinfo=CHINA)
    return datetime.combine(read, time(12), CHINA)


VALUES: dict[str, Callable[[str], Any]] = {
    **{name: _text(name) for name in ("name", "city", "remark", "model", "colour")},
    "vin": _code("vin", vin_of),
    "plate": _code("plate", plate_of),
    "email": _email,
    "province": _province,
    "birthday_calendar": lambda text: one_of(text, CALENDARS, "公历、农历"),
    "wedding_on": day,
    "tier": lambda text: int(one_of(text, TIERS, "普通、银牌、金牌、贵宾")),
    "language": language,
    "energy": lambda text: one_of(text, ENERGIES, "汽油、柴油、混动、插电混动、纯电"),
    "delivered_on": day,
    "said_at": _said_at,
}
