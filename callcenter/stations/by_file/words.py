"""What people write into the cells, as values. Pure; each raises Unclear in the user's words."""

import re
import unicodedata
from datetime import date

from callcenter.hours import BadHours, check_hours
from callcenter.hours.rule import WEEKDAYS
from callcenter.places.model import Datum
from callcenter.places.provinces import province_named
from callcenter.stations.model import AppliesTo, StationKind
from callcenter.stations.needs import Equipment, Skill
from callcenter.web.sheets.cell_words import Unclear, is_nothing, one_of, plain, table

SKILLS = table("""
tyre: 换胎 补胎 轮胎 tire tyres
battery: 搭电 电瓶 充电 蓄电池 jumpstart
fuel: 送油 送燃油 燃油 gasoline
lockout: 开锁 困锁
mechanic: 维修 机修 抢修 机械 mechanics repair
ev: 新能源 电动车 高压 电动 highvoltage
accident: 事故 事故救援 事故车
""")
EQUIPMENT = table("""
flatbed: 平板 平板车 平板拖车 清障平板
wheel_lift: 托举 托臂 托牵 拖臂 wheellift
heavy: 重型 大型 重拖
dollies: 辅助轮 小轮 拖车轮 dolly
low_clearance: 低底盘 地库 地下车库 低矮 lowclearance
winch: 绞盘 卷扬机
""")
KINDS = table("""
dealer: 服务站 经销商 4s店 特约店 station servicestation
tow_partner: 拖车公司 合作拖车 拖车 救援公司 拖车合作方 towpartner towing
""")
DATUMS = table("""
wgs84: gps 国际 84
gcj02: 高德 腾讯 火星 火星坐标 amap tencent
bd09: 百度 baidu bd09ll
""")
_AMONG = re.compile(r"[\s,,、;;/+|]+")
_ITEMS = re.compile(r"[;;\n\r]+")


def kind(text: str) -> str:
    return StationKind(one_of(text, KINDS, "服务站、拖车公司")).value


def datum(text: str) -> Datum:
    return Datum(one_of(text, DATUMS, "WGS-84、GCJ-02(高德、腾讯)、BD-09(百度)"))


def skills(text: str) -> list[str]:
    words = "换胎、搭电、送油、开锁、维修、新能源、事故"
    found = {one_of(word, SKILLS, words) for word in _words(text)}
    return sorted(Skill(code).value for code in found)


def brands(text: str) -> list[str]:
    found = sorted({word.strip() for word in re.split(r"[,,、;;\n]+", text) if word.strip()})
    if len(found) > 50 or any(len(word) > 40 for word in found):
        raise Unclear("品牌太多或太长", "too many brands, or too long ones")
    return [] if is_nothing(text) else found


def province(text: str) -> str:
    """The code, by code, Chinese or English name, long or short."""
    found = province_named(text)
    if found is None:
        raise Unclear(f"“{text}”不是省级地区", f'"{text}" is no province')
    return found.code


def degrees(text: str) -> float:
    try:
        value = float(unicodedata.normalize("NFKC", text).strip(" °NnEe"))
    except ValueError:
        value = float("nan")
    if not -180 <= value <= 180:
        raise Unclear(f"“{text}”不是经纬度,例:41.8057", f'"{text}" are no degrees, such as 41.8057')
    return value


_CHINESE_DAYS = {
    **{f"{begin}{day}": name
       for begin in ("星期", "周", "礼拜")
       for day, name in zip("一二三四五六日天", (*WEEKDAYS, "Su"), strict=True)},
    **{"每天": "Mo-Su", "每日": "Mo-Su", "工作日": "Mo-Fr", "周末": "Sa-Su"},
    **{"法定节假日": "PH", "节假日": "PH", "节日": "PH"},
    **{"休息": "off", "不营业": "off", "关门": "off", "闭店": "off"},
    **{"至": "-", "到": "-", "~": "-", "～": "-", "—": "-", "–": "-", "、": ","},
}  # fmt: skip
_CHINESE_DAY = re.compile("|".join(sorted(_CHINESE_DAYS, key=len, reverse=True)))
_ALWAYS = frozenset({"24小时", "全天", "全天24小时", "24h", "7x24", "7*24", "24*7", "24x7"})


def hours(text: str) -> str:
    """OSM syntax, or the same in Chinese words ("周一至周五 8:30-17:30; 节假日 休息")."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    if narrow.replace(" ", "").casefold() in _ALWAYS:
        return "24/7"
    rule = _CHINESE_DAY.sub(lambda found: _CHINESE_DAYS[found[0]], narrow)
    rule = re.sub(r"([a-zA-Z])(\d)", r"\1 \2", re.sub(r"\s*-\s*", "-", rule))
    rule = re.sub(r"(?<![\d:])(\d):(\d\d)", r"0\1:\2", rule)
    try:
        return check_hours(rule[:500])
    except BadHours:
        raise Unclear.because(BadHours(rule=text[:100])) from None


def trucks(text: str) -> dict[str, dict[str, object]]:
    """Plate -> what it carries and lifts: "辽A12345 平板 绞盘 3500kg 210cm", one per line or ;"""
    found: dict[str, dict[str, object]] = {}
    for item in _ITEMS.split("" if is_nothing(text) else text):
        if not (words := _words(item.replace(":", " ").replace(":", " "))):
            continue
        plate, *rest = words
        if len(plate) > 20 or len(found) >= 100:
            raise Unclear(f"“{plate[:30]}”不像车牌", f'"{plate[:30]}" does not look like a plate')
        if plate in found:
            raise Unclear(f"车牌 {plate} 写了两次", f"the plate {plate} stands there twice")
        found[plate] = _truck(rest)
    return found


def _truck(words: list[str]) -> dict[str, object]:
    equipment = set()
    sizes: dict[str, int | None] = {"capacity_kg": None, "height_cm": None}
    in_service = True
    for word in words:
        if size := re.fullmatch(r"(\d{1,6})(kg|公斤|千克|cm|厘米)", word, re.IGNORECASE):
            is_height = size[2].casefold() in ("cm", "厘米")
            sizes["height_cm" if is_height else "capacity_kg"] = int(size[1]) or None
        elif plain(word) in ("停用", "off", "outofservice"):
            in_service = False
        else:
            code = one_of(word, EQUIPMENT, "平板、托举、重型、辅助轮、低底盘、绞盘")
            equipment.add(Equipment(code).value)
    return {"equipment": sorted(equipment), "in_service": in_service, **sizes}


_DAYS = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:\s*(?:~|至|到|/)\s*(\d{4})-(\d{1,2})-(\d{1,2}))?\s*"
)
_WHICH = {"救援": AppliesTo.RESCUE, "rescue": AppliesTo.RESCUE, "维修": AppliesTo.WORKSHOP,
          "营业": AppliesTo.WORKSHOP, "workshop": AppliesTo.WORKSHOP}  # fmt: skip


def special_days(text: str) -> list[list[str | None]]:
    """ "2026-10-01~2026-10-03 闭店 #国庆" or "2026-10-10 救援 09:00-12:00", one per line or ;

    Each as [first day, last day, applies to, hours or None, reason], in order.
    """
    items = _ITEMS.split("" if is_nothing(text) else unicodedata.normalize("NFKC", text))
    return sorted((_special(item.strip()) for item in items if item.strip()), key=str)


def _special(item: str) -> list[str | None]:
    said, _, reason = item.partition("#")
    found = _DAYS.match(said)
    try:
        if found is None:
            raise ValueError
        numbers = [int(piece) for piece in found.groups() if piece]
        first, last = date(*numbers[:3]), date(*numbers[-3:])
        if not 2000 <= first.year <= last.year <= 2200 or last < first:
            raise ValueError
    except ValueError:
        raise Unclear(
            f"特殊日期“{item[:60]}”看不懂,例:2026-10-01~2026-10-03 闭店 #国庆",
            f'the special day "{item[:60]}" cannot be read, '
            "such as 2026-10-01~2026-10-03 off #national day",
        ) from None
    rest = said[found.end() :].strip()
    which = next((word for word in _WHICH if rest.casefold().startswith(word)), "")
    rule = hours(rest[len(which) :].strip() or "?")
    applies_to = _WHICH[which] if which else AppliesTo.BOTH
    closed = rule.casefold() in ("off", "closed")
    return [first.isoformat(), last.isoformat(), applies_to.value, None if closed else rule,
            reason.strip()[:200]]  # fmt: skip


def _words(text: str) -> list[str]:
    return [word for word in _AMONG.split(text) if word and not is_nothing(word)]
