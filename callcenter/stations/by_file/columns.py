"""The columns of a sheet of stations, and how people head them. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcenter.stations.by_file.errors import HeadingsMissing, HeadingTwice, MappingUnknown


@dataclass(frozen=True)
class Column:
    """A column by its field, its headings, and an example for the template."""

    field: str
    zh: str
    en: str
    others: tuple[str, ...] = ()
    example: str = ""
    read_only: bool = False

    @property
    def heading(self) -> str:
        """As exports and the template write it."""
        return f"{self.zh} {self.en}"


def _column(line: str) -> Column:
    field, zh, en, others, example = (piece.strip() for piece in line.split("|"))
    return Column(
        field.rstrip("!"), zh, en, tuple(others.split()), example, read_only=field.endswith("!")
    )


COLUMNS = [
    _column(line)
    for line in """
code|服务站编号|Code|编号 代码 服务站代码 站点编号 网点编号 station_code stationno|SY001
kind|类型|Kind|服务站类型 type|服务站
name_zh|中文名称|Name (Chinese)|名称 服务站名称 站点名称 网点名称 name name_zh|沈阳东望服务站
name_en|英文名称|Name (English)|英文名 englishname name_en|Shenyang Dongwang
province|省份|Province|省 所在省 省市|辽宁
city_zh|城市|City|市 所在城市 city_zh|沈阳
city_en|城市英文|City (English)|city_en|Shenyang
address|地址|Address|详细地址|东望街 1 号
lat|纬度|Latitude|lat y|41.8057
lon|经度|Longitude|lon lng long x|123.4315
datum|坐标系|Datum|坐标类型 coordinatesystem crs|GCJ-02
workshop_hours|营业时间|Workshop hours|维修时间 openinghours|Mo-Sa 08:30-17:30; PH off
rescue_hours|救援时间|Rescue hours|救援服务时间 rescue_hours|24小时
duty_phone|值班电话|Duty phone|救援电话 电话 联系电话 phone duty_phone|024-8888 1234
skills|技能|Skills|服务能力 能力|换胎 搭电 送油 开锁 维修 新能源 事故
brands|品牌|Brands|授权品牌 brand|
keeps_overnight|可过夜|Keeps overnight|过夜停放 夜间停放 keeps_overnight|否
language|语言|Language|短信语言 通知语言|中文
trucks|救援车|Trucks|救援车辆 车辆 拖车 truck|辽A12345 平板 绞盘 3500kg 210cm; 辽A12346 托举
special_days|特殊日期|Special days|特殊营业日 specialdays|
suspended!|暂停原因|Suspended|状态 status|
simulated!|模拟|Simulated||
""".strip().splitlines()
]
LEFT_OUT = "-"
"""A column that is mapped to this is not read, whatever its heading."""
BY_FIELD = {column.field: column for column in COLUMNS}
WRITABLE = frozenset(column.field for column in COLUMNS if not column.read_only)


@dataclass(frozen=True)
class Headings:
    """Field -> index of its column, and the headings that nothing is known of."""

    at: Mapping[str, int]
    unknown: tuple[str, ...]


def headings_of(headings: Sequence[str], mapping: Mapping[str, str]) -> Headings:
    """Whose column each is, in any order, case and spacing; `mapping` (heading -> field or a
    heading that is known, or "-" to leave the column out) goes before.

    Raises HeadingsMissing, HeadingTwice, MappingUnknown.
    """
    at: dict[str, int] = {}
    unknown = []
    for index, (heading, field) in enumerate(
        zip(headings, fields_of(headings, mapping), strict=True)
    ):
        if field is None:
            # Columns without a heading hold notes at most.
            unknown += [heading[:80]] if heading else []
        elif field in at:
            raise HeadingTwice(heading=heading[:80], column=BY_FIELD[field].heading)
        else:
            at[field] = index
    if "code" not in at:
        raise HeadingsMissing(column=BY_FIELD["code"].heading)
    return Headings(at, tuple(unknown))


def fields_of(headings: Sequence[str], mapping: Mapping[str, str]) -> list[str | None]:
    """The field of each heading; None where nothing is known of it, or it shall be left out.

    Raises MappingUnknown.
    """
    told = {_plain(heading): _field_of(wanted) for heading, wanted in mapping.items()}
    plain = [_plain(heading) for heading in headings]
    return [told[one] if one in told else _KNOWN.get(one) for one in plain]


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """Lines "heading in the sheet=our column" as what `headings_of` takes; empty ones are left
    out."""
    pieces = (pair.rpartition("=") for pair in pairs if pair.strip())
    return {heading.strip(): wanted.strip() for heading, _, wanted in pieces}


def _field_of(wanted: str) -> str | None:
    if wanted == LEFT_OUT:
        return None
    field = wanted if wanted in BY_FIELD else _KNOWN.get(_plain(wanted))
    if field is None:
        raise MappingUnknown(column=wanted[:80])
    return field


def _plain(heading: str) -> str:
    """Without case, width, spaces, stars; what stands in brackets is kept with its letters."""
    narrow = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in narrow if sign.isalnum())


_KNOWN: dict[str, str] = {}
for _one in COLUMNS:
    for _name in (_one.field, _one.zh, _one.en, _one.heading, *_one.others):
        _KNOWN.setdefault(_plain(_name), _one.field)
