"""An operator's list of posts: taken row by row, refused in words, interpolated between."""

import io

import pytest

from callcenter.db.transaction import Tx
from callcenter.places.datum import from_wgs84
from callcenter.places.intake import Intake
from callcenter.places.model import Datum, OnRoad
from callcenter.places.roads.posts import RoadPost, feature_fixes, post_fix, put_posts, way_in
from callcenter.places.roads.posts_by_file import PostHeadingsMissing, posts_of
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import xlsx

HEADINGS = ("路线", "桩号", "纬度", "经度", "坐标系", "名称", "方向")
HERE = (41.5, 123.3)


def test_posts_are_read_as_people_write_them_and_bad_rows_say_why(intake: Intake):
    shifted = from_wgs84(*HERE, Datum.GCJ02)
    rows = [
        ("G15", "K0", "41.8", "123.4", "", "", ""),
        ("沈海高速", "12.5", "41.7", "123.4", "", "", ""),
        ("g15", "K100+300", *map(str, shifted), "高德", "鞍山服务区", "上行"),
        ("G15", "随便", "41.8", "123.4", "", "", ""),
        ("G15", "K1", "123.4", "41.8", "", "", ""),
        ("G15", "K2", "北纬", "123.4", "", "", ""),
        ("G15", "K3", "41.8", "123.4", "北京54", "", ""),
        ("G15", "K4", "41.8", "123.4", "", "", "往天上"),
    ]
    read = posts_of(read_sheet(xlsx(HEADINGS, rows)), intake)
    assert [(p.road, p.metres, p.sense) for p in read.posts] == [
        ("G15", 0, ""),
        ("G15", 12_500, ""),
        ("G15", 100_300, "up"),
    ]
    assert (read.posts[2].lat, read.posts[2].lon) == pytest.approx(HERE, abs=1e-6)
    assert [row.number for row, _ in read.refused] == [5, 6, 7, 8, 9]
    again = read_sheet(read.error_file())
    assert again.headings[-1] == "原因 Reason"
    assert all(row.cells[-1] for row in again.rows)


def test_a_sheet_without_the_columns_is_refused_by_name(intake: Intake):
    with pytest.raises(PostHeadingsMissing) as refusal:
        posts_of(read_sheet(io.BytesIO("路线,纬度\nG15,41.8\n".encode()).read()), intake)
    assert "post" in refusal.value.message("zh")


async def test_between_two_posts_a_place_is_as_sure_as_their_distance(tx: Tx):
    posts = [
        RoadPost("G15", 10_000, 41.0, 123.0, 20.0),
        RoadPost("G15", 12_000, 41.02, 123.0, 20.0),
        RoadPost("G15", 90_000, 41.8, 123.0, 20.0),
    ]
    await put_posts(tx, posts)
    exact = await post_fix(tx, "G15", 12_000)
    assert exact is not None
    assert exact.accuracy_m == 20.0
    between = await post_fix(tx, "G15", 10_500)
    assert between is not None
    assert between.lat == pytest.approx(41.005)
    assert 20.0 < between.accuracy_m < 200.0
    assert await post_fix(tx, "G15", 50_000) is None, "a road bends: 78 km of it say nothing"
    assert await post_fix(tx, "G16", 12_000) is None
    assert await post_fix(tx, "G15", 95_000) is None, "beyond the last post"


async def test_a_service_area_has_two_halves_and_a_gate_lies_behind_the_car(tx: Tx):
    posts = [
        RoadPost("G15", 20_000, 41.00, 123.0, 20.0, "鞍山服务区", "up"),
        RoadPost("G15", 20_000, 41.05, 123.0, 20.0, "鞍山服务区", "down"),
        RoadPost("G15", 5_000, 41.2, 123.0, 20.0, "沈阳收费站"),
        RoadPost("G15", 40_000, 40.8, 123.0, 20.0, "海城收费站"),
    ]
    await put_posts(tx, posts)
    assert len(await feature_fixes(tx, "G15", "鞍山服务区", None)) == 2
    ((_, fix),) = await feature_fixes(tx, "G15", "鞍山服务区", "down")
    assert fix.lat == 41.05
    for sense, gate, drive_m in (("up", "沈阳收费站", 15_000), ("down", "海城收费站", 20_000)):
        entry = await way_in(tx, OnRoad("G15", 20_000, towards="大连", sense=sense))
        assert entry is not None
        assert (entry.feature, entry.drive_m) == (gate, drive_m)
    assert await way_in(tx, OnRoad("G15", 20_000)) is None, "nobody knows which way"
