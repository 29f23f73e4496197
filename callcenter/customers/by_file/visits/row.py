"""A row of a sheet of visits as values, or why not. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from callcenter.customers.by_file.columns import VISIT_COLUMNS
from callcenter.customers.model import plate_of, vin_of
from callcenter.web.sheets.cell_words import Unclear, day, one_of, table

KINDS = table("""
first_service: 首保 首次保养 首次保养免费 first 1stservice
maintenance: 保养 常规保养 定期保养 定保 维护 service
repair: 维修 修理 机修 一般维修 故障维修 mechanical
accident: 事故 事故车 事故维修 钣喷 钣金喷漆 bodyshop
recall: 召回 服务活动 campaign
""")
MOST_KM = 5_000_000
MOST_CNY = Decimal(9_999_999_999)
_KM = re.compile(r"([\d,,\s]+)(?:\.\d*)?\s*(?:km|公里|千米)?", re.IGNORECASE)


@dataclass(frozen=True)
class VisitRow:
    """What the cells say."""

    values: Mapping[str, Any]
    reasons: tuple[tuple[str, str], ...] = ()


def visit_row(cells: Mapping[str, str], stations: Mapping[str, UUID], today: date) -> VisitRow:
    """The cells by field; `stations`: code in capitals -> id; a visit is not to come."""
    values: dict[str, Any] = {}
    reasons = []
    for name, text in cells.items():
        if not text:
            continue
        try:
            values[name] = _station(text, stations) if name == "station" else VALUES[name](text)
        except Unclear as why:
            column = VISIT_COLUMNS.by_field[name]
            reasons.append((f"{column.zh}:{why.zh}", f"{column.en}: {why.en}"))
    if not reasons:
        reasons += _missing(values, today)
    return VisitRow(values, tuple(reasons))


def _missing(values: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    if not values.get("vin") and not values.get("plate"):
        return [("没有车架号,也没有车牌", "there is neither a VIN nor a plate")]
    if "visited_on" not in values:
        return [("没有日期", "there is no date")]
    if values["visited_on"] > today:
        return [("日期还没有到", "the day is still to come")]
    if "kind" not in values:
        return [("没有类型", "there is no kind")]
    return []


def _station(text: str, stations: Mapping[str, UUID]) -> UUID:
    found = stations.get(text.strip().upper())
    if found is None:
        raise Unclear(f"没有编号为“{text[:20]}”的服务站", f'no station has the code "{text[:20]}"')
    return found


def _km(text: str) -> int:
    found = _KM.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if not digits or int(digits) > MOST_KM:
        raise Unclear(f"“{text[:20]}”不是里程", f'"{text[:20]}" is no odometer reading')
    return int(digits)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(re.sub(r"[,,\s元¥¥]", "", unicodedata.normalize("NFKC", text)))
        if not 0 <= amount <= MOST_CNY:
            raise InvalidOperation
        return amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Unclear(f"“{text[:20]}”不是金额", f'"{text[:20]}" is no amount') from None


def _work_order(text: str) -> str:
    if len(text) > 60:
        raise Unclear("最多 60 字", "at most 60 characters")
    return text


VALUES: dict[str, Callable[[str], Any]] = {
    "vin": lambda text: vin_of(text)[:20],
    "plate": lambda text: plate_of(text)[:16],
    "visited_on": day,
    "kind": lambda text: one_of(text, KINDS, "首保、保养、维修、事故、召回"),
    "odometer_km": _km,
    "amount": _amount,
    "work_order": _work_order,
}
