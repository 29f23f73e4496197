"""Kilometre posts, toll gates and service areas out of a sheet, row by row. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from callcenter.errors import CallCenterError
from callcenter.places.datum import to_wgs84
from callcenter.places.intake import Intake
from callcenter.places.model import Datum
from callcenter.places.roads.carriageway import sense_of
from callcenter.places.roads.place import read_road_place
from callcenter.places.roads.posts import RoadPost
from callcenter.web.sheets.read import Row, Sheet
from callcenter.web.sheets.write import xlsx

HEADINGS = {
    "road": "路线 路线编号 道路 road code",
    "post": "桩号 里程桩 里程 公里 post km chainage",
    "lat": "纬度 lat latitude y",
    "lon": "经度 lon lng longitude x",
    "datum": "坐标系 datum crs",
    "feature": "名称 设施 收费站 服务区 feature name",
    "towards": "方向 上下行 direction towards",
    "accuracy": "精度 精度米 accuracy",
}
NEEDED = ("road", "post", "lat", "lon")
DATUMS = {"": Datum.WGS84, "wgs84": Datum.WGS84, "wgs-84": Datum.WGS84, "cgcs2000": Datum.WGS84}
DATUMS |= {"gcj02": Datum.GCJ02, "gcj-02": Datum.GCJ02, "高德": Datum.GCJ02, "腾讯": Datum.GCJ02}
DATUMS |= {"bd09": Datum.BD09, "bd-09": Datum.BD09, "百度": Datum.BD09}
DEFAULT_M = 50.0


class PostHeadingsMissing(CallCenterError):
    """The sheet lacks a column that every post needs."""

    code = "post_headings_missing"
    status = 422
    message_zh = "缺少列:{missing}。需要 路线、桩号、纬度、经度;可有 坐标系、名称、方向、精度。"
    message_en = (
        "Columns are missing: {missing}. Needed: road, post, lat, lon; optional: datum, name, "
        "direction, accuracy."
    )


class _Refused(Exception):
    """Why a row cannot be taken, in words."""


@dataclass(frozen=True)
class PostSheet:
    """What can be taken, and each row that cannot with the reason."""

    headings: tuple[str, ...]
    posts: list[RoadPost]
    refused: list[tuple[Row, str]]

    def error_file(self) -> bytes:
        """The refused rows as they were given, the reason in the last column."""
        rows = [(*row.cells, why) for row, why in self.refused]
        return xlsx((*self.headings, "原因 Reason"), rows)


def posts_of(sheet: Sheet, intake: Intake) -> PostSheet:
    """Read every row. Raises PostHeadingsMissing."""
    columns = _columns(sheet.headings)
    posts, refused = [], []
    for row in sheet.rows:
        try:
            posts.append(_post({name: row.cells[at] for name, at in columns.items()}, intake))
        except _Refused as reason:
            refused.append((row, str(reason)))
    return PostSheet(sheet.headings, posts, refused)


def _columns(headings: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        plain = "".join(heading.split()).casefold()
        for name, known in HEADINGS.items():
            if name not in found and plain in known.split():
                found[name] = at
    if missing := [name for name in NEEDED if name not in found]:
        raise PostHeadingsMissing(missing=", ".join(missing))
    return found


def _post(given: Mapping[str, str], intake: Intake) -> RoadPost:
    road, metres = _road_and_metres(given["road"].strip(), given["post"].strip())
    datum = DATUMS.get(given.get("datum", "").strip().casefold())
    if datum is None:
        raise _Refused(f"坐标系不认识 unknown datum: {given['datum']}")
    lat, lon = _number(given["lat"], "纬度 lat"), _number(given["lon"], "经度 lon")
    seen = intake.look_at(lat, lon, datum)
    if seen.refusal:
        raise _Refused(f"{seen.refusal.zh} {seen.refusal.en}")
    lat, lon = to_wgs84(lat, lon, datum)
    off = given.get("accuracy", "").strip()
    return RoadPost(
        road,
        metres,
        round(lat, 7),
        round(lon, 7),
        abs(_number(off, "精度 accuracy")) if off else DEFAULT_M,
        given.get("feature", "").strip()[:60],
        _sense(road, given.get("towards", "").strip()),
    )


def _road_and_metres(road: str, post: str) -> tuple[str, int]:
    written = post if post[:1] in "Kk" else f"K{post}"
    read = read_road_place(f"{road} {written}")
    if read is None or read.metres is None or not (read.road or read.name):
        raise _Refused(f"路线或桩号看不懂 road or post cannot be read: {road} {post}")
    return read.road or read.name or road, read.metres


def _number(text: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise _Refused(f"{what} 不是数字 is not a number: {text or '-'}")
    return value


def _sense(road: str, towards: str) -> str:
    if not towards:
        return ""
    known = {"上行": "up", "下行": "down"}.get(towards, towards)
    sense = sense_of(road, known.removeprefix("往").removesuffix("方向"))
    if sense is None:
        raise _Refused(f"方向看不懂 direction cannot be read: {towards}")
    return sense
