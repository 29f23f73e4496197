"""The ways in which rehearsed callers say where they are."""

import random
from collections.abc import Callable
from math import cos, radians, sin, tau

from callcenter.demo.posts import ROADS
from callcenter.places.datum import from_wgs84
from callcenter.places.latin import in_latin
from callcenter.places.model import Datum
from callcenter.places.roads.carriageway import ends_of
from callcenter.places.roads.expressways import EXPRESSWAYS

WHOLE_NETWORK = 60
LAST_KM = 1200
"""Every road of the demo is longer."""

DIGITS = "零一二三四五六七八九"
NOT_IN_THE_TABLE = (
    "国道107 五百一十二公里",
    "沈大高速熊岳服务区,往沈阳方向",
    "京哈高速毛家店隧道里面,往沈阳方向",
    "京沪高速花桥互通A匝道,往上海方向",
    "北京东三环国贸桥,外环",
)
Point = tuple[float, float]


def near(chance: random.Random, station: Point) -> Point:
    """Some kilometres from a station."""
    away_km, angle = chance.uniform(1, 12), chance.uniform(0, tau)
    lat = station[0] + away_km / 111 * sin(angle)
    lon = station[1] + away_km / 111 * cos(angle) / cos(radians(station[0]))
    return round(lat, 6), round(lon, 6)


def sentence(chance: random.Random, stations: int, station: Point) -> tuple[str, str]:
    """The form's name and what the caller says. Posts, gates and cities are those of the demo's
    network, and only asked for where so many stations lie over the country."""
    form = chance.choice(sorted(FORMS if stations >= WHOLE_NETWORK else ANYWHERE))
    return form, FORMS[form](chance, near(chance, station))


def _typed(chance: random.Random, at: Point) -> str:
    return f"坐标 {at[0]:.5f}, {at[1]:.5f}"


def _degrees(chance: random.Random, at: Point) -> str:
    return " ".join(f"{axis}{_dms(value)}" for axis, value in zip("北东", at, strict=True))


def _dms(degrees: float) -> str:
    minutes, seconds = divmod(round(degrees * 3600), 60)
    return f"{'纬' if degrees < 60 else '经'}{minutes // 60}度{minutes % 60}分{seconds}秒"


def _amap(chance: random.Random, at: Point) -> str:
    lat, lon = from_wgs84(*at, Datum.GCJ02)
    return f"我在这里 https://uri.amap.com/marker?position={lon:.6f},{lat:.6f}&name=我的位置"


def _post(chance: random.Random, at: Point) -> str:
    road, ends, km = _on_a_road(chance)
    return f"{road}{EXPRESSWAYS[road].names[0]}高速K{km}+{chance.randrange(10)}00{ends[1]}方向"


def _spoken_post(chance: random.Random, at: Point) -> str:
    road, ends, km = _on_a_road(chance)
    name = EXPRESSWAYS[road].names[0]
    return f"{name}高速往{ends[0]},{_spoken(km)}公里{chance.randrange(1, 10)}百米,车动不了了"


def _post_without_direction(chance: random.Random, at: Point) -> str:
    road, _, km = _on_a_road(chance)
    return f"{road} K{km}"


def _toll_gate(chance: random.Random, at: Point) -> str:
    road, ends, _ = _on_a_road(chance)
    city = chance.choice(ROADS[road].split()[1:-1])
    return f"{EXPRESSWAYS[road].names[0]}高速{city}收费站,往{ends[1]}方向"


def _city(chance: random.Random, at: Point) -> str:
    road, _, _ = _on_a_road(chance)
    return f"{chance.choice(ROADS[road].split())}市里,就在火车站附近"


def _english(chance: random.Random, at: Point) -> str:
    road, ends, km = _on_a_road(chance)
    return f"We broke down on {road} at K{km}+300, towards {in_latin(ends[1])}"


def _address(chance: random.Random, at: Point) -> str:
    road, _, _ = _on_a_road(chance)
    return f"{chance.choice(ROADS[road].split())}市人民路{chance.randrange(1, 300)}号门口"


def _not_in_the_table(chance: random.Random, at: Point) -> str:
    """Understood, but on no map here: a pin follows."""
    return chance.choice(NOT_IN_THE_TABLE)


def _nothing(chance: random.Random, at: Point) -> str:
    return chance.choice(("开了三百公里了,不知道在哪儿", "前面有个加油站,电话13800138000"))


def _on_a_road(chance: random.Random) -> tuple[str, tuple[str, str], int]:
    road = chance.choice(sorted(ROADS))
    first, last = ends_of(road)
    return road, (first, last), chance.randrange(5, LAST_KM)


def _spoken(km: int) -> str:
    """As people say it: 一千零五, 二百三十四."""
    digits = [int(digit) for digit in str(km)]
    words, skipped = "", False
    for digit, unit in zip(digits, ("千", "百", "十", "")[4 - len(digits) :], strict=True):
        if digit == 0:
            skipped = bool(words)
        else:
            words += ("零" if skipped else "") + DIGITS[digit] + unit
            skipped = False
    return words


FORMS: dict[str, Callable[[random.Random, Point], str]] = {
    "typed": _typed,
    "degrees": _degrees,
    "amap": _amap,
    "post": _post,
    "spoken_post": _spoken_post,
    "post_without_direction": _post_without_direction,
    "toll_gate": _toll_gate,
    "city": _city,
    "english": _english,
    "address": _address,
    "not_in_the_table": _not_in_the_table,
    "nothing": _nothing,
}
ANYWHERE = frozenset({"typed", "degrees", "amap", "not_in_the_table", "nothing"})
"""Forms that name a place near the station, or none."""
