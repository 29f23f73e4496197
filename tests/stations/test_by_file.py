"""Stations by file: planned, applied, done again, undone; and out and in again."""

import contextlib
import time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.places.intake import Intake
from callcenter.stations import repository
from callcenter.stations import service as stations
from callcenter.stations.by_file import export, service
from callcenter.stations.by_file import repository as imports
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.errors import ImportHasRefusedRows
from callcenter.stations.by_file.plan import Plan
from callcenter.stations.model import Station
from callcenter.web.sheets.errors import HeadingsMissing, HeadingTwice
from callcenter.web.sheets.export import exported
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import xlsx
from tests.service import add_station

HEADINGS = [
    *("编号", "名称", "Latitude", "经 度", "坐标系", "省份", "电话", "技能", "救援车", "救援时间"),
]
GOOD = [
    *("sy001", "东望站", "41.8057", "123.4315", "", "辽宁省", "13900000000", "换胎、新能源"),
    "辽A12345 平板 绞盘 3500kg; 辽A12346 托举",
    "周一至周五 8:30-17:30; 节假日 休息",
]


async def plan(tx: Tx, intake: Intake, data: bytes, **mapping: str) -> UUID:
    return await service.plan_import(
        tx, "test", read_sheet(data), intake=intake, file_name="x", mapping=mapping
    )


async def put(tx: Tx, intake: Intake, data: bytes, **how: Any) -> tuple[UUID, dict[str, int]]:
    import_id = await plan(tx, intake, data)
    await service.apply_import(tx, "test", import_id, **how)
    return import_id, await service.counts(tx, import_id)


async def station(tx: Tx, code: str) -> Station:
    (found,) = await repository.with_codes(tx, [code])
    return found


def row(**changes: str) -> list[str]:
    names = [
        "code",
        "name",
        "lat",
        "lon",
        "datum",
        "province",
        "phone",
        "skills",
        "trucks",
        "hours",
    ]
    return [changes.get(name, cell) for name, cell in zip(names, GOOD, strict=True)]


async def test_a_row_becomes_a_station_and_the_second_time_nothing_changes(tx: Tx, intake: Intake):
    data = xlsx(HEADINGS, [GOOD])
    _, counts = await put(tx, intake, data)
    assert counts == {"added": 1, "changed": 0, "unchanged": 0, "refused": 0}
    made = await station(tx, "SY001")
    assert (made.name_zh, made.province, made.duty_phone) == ("东望站", "LN", "+8613900000000")
    assert made.rescue_hours == "Mo-Fr 08:30-17:30; PH off"
    assert {t.plate: (t.equipment, t.capacity_kg) for t in made.trucks} == {
        "辽A12345": (("flatbed", "winch"), 3500),
        "辽A12346": (("wheel_lift",), None),
    }
    _, again = await put(tx, intake, data)
    assert again == {"added": 0, "changed": 0, "unchanged": 1, "refused": 0}
    assert (await station(tx, "SY001")) == made


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"lat": "123.4315", "lon": "41.8057"}, "写反"),
        ({"lat": "38.9", "lon": "120.5"}, "位置"),
        ({"province": "广东"}, "广东"),
        ({"phone": "12"}, "值班电话"),
        ({"hours": "随时"}, "救援时间"),
        ({"skills": "理发"}, "理发"),
        ({"code": "东望"}, "编号"),
        ({"lat": ""}, "纬度"),
        ({"trucks": "辽T10 平板"}, "辽T10"),
    ],
)
async def test_what_is_wrong_stands_in_the_error_file_which_can_be_corrected(
    tx: Tx, intake: Intake, changes: dict[str, str], word: str
):
    other = await add_station(tx, "OTHER")
    await stations.add_truck(tx, "test", other.id, plate="辽·T10", equipment=["flatbed"])
    data = xlsx(HEADINGS, [row(**changes), row(code="B2", trucks="")])
    import_id, counts = await put(tx, intake, data)
    assert (counts["added"], counts["refused"]) == (1, 1)
    errors = read_sheet(await service.error_file(tx, import_id))
    (refused,) = errors.rows
    assert errors.headings[-1] == "原因 Reason"
    assert word in refused.cells[-1]
    assert (await imports.get(tx, import_id)).unknown_headings == ()
    with pytest.raises(ImportHasRefusedRows):
        await put(tx, intake, data, strict=True)


async def test_a_shifted_datum_is_converted_and_stays_where_it_is(tx: Tx, intake: Intake):
    data = xlsx(HEADINGS, [row(datum="高德")])
    await put(tx, intake, data)
    made = await station(tx, "SY001")
    assert 0.0005 < abs(made.lon - 123.4315) < 0.01
    assert (await put(tx, intake, data))[1]["unchanged"] == 1


async def test_headings_may_be_mapped_and_a_file_without_codes_is_refused(tx: Tx, intake: Intake):
    data = xlsx(["网点", "颜色", *HEADINGS[1:]], [["SY1", "红", *GOOD[1:]]])
    with pytest.raises(HeadingsMissing):
        await plan(tx, intake, data)
    import_id = await plan(tx, intake, data, 网点="code")
    assert (await service.counts(tx, import_id))["added"] == 1
    assert (await imports.get(tx, import_id)).unknown_headings == ("颜色",)


async def test_an_undo_restores_suspends_and_leaves_what_was_changed_since(tx: Tx, intake: Intake):
    old, touched = await add_station(tx, "OLD"), await add_station(tx, "TOUCHED")
    data = xlsx(HEADINGS, [row(code=code, trucks="") for code in ("NEW", "OLD", "TOUCHED")])
    import_id, _ = await put(tx, intake, data)
    now = await repository.get(tx, touched.id)
    await stations.edit_station(tx, "test", now, {"address": "x"})
    assert await service.undo_import(tx, "test", import_id) == ["TOUCHED"]
    restored = await repository.get(tx, old.id)
    assert (restored.name_zh, restored.duty_phone) == (old.name_zh, old.duty_phone)
    assert (await station(tx, "TOUCHED")).name_zh == "东望站"
    assert (await station(tx, "NEW")).suspended_at is not None
    # Imported again, it is asked again.
    await put(tx, intake, data)
    assert (await station(tx, "NEW")).suspended_at is None


async def test_who_was_quicker_than_the_plan_is_not_overwritten(tx: Tx, intake: Intake):
    old = await add_station(tx, "OLD")
    import_id = await plan(tx, intake, xlsx(HEADINGS, [row(code="OLD")]))
    await stations.edit_station(tx, "test", old, {"address": "x"})
    await service.apply_import(tx, "test", import_id)
    assert (await service.counts(tx, import_id))["refused"] == 1
    assert (await station(tx, "OLD")).name_zh == old.name_zh


@pytest.mark.parametrize("how", ["xlsx", "csv"])
@pytest.mark.parametrize("with_phones", [True, False])
async def test_an_export_comes_in_again_without_change(
    tx: Tx, intake: Intake, how: Any, with_phones: bool
):
    await put(tx, intake, xlsx(HEADINGS, [row(), row(code="B2", trucks="", name="=1+1")]))
    await add_station(tx, "OLD", 3)
    listed = export.stations_export(tx, with_phones=with_phones)
    data, many = await exported(tx, listed, how, "test")
    assert (many, b"13900000000" in data) == (3, with_phones and how == "csv")
    _, counts = await put(tx, intake, data)
    assert counts == {"added": 0, "changed": 0, "unchanged": 3, "refused": 0}


async def test_the_template_is_a_file_that_can_be_imported(tx: Tx, intake: Intake):
    assert (await put(tx, intake, export.template()))[1]["added"] == 1


async def test_many_rows_go_in_quickly(database: Database, intake: Intake):
    many = 1000
    rows = [row(code=f"S{n}", trucks=f"辽B{n:05} 平板") for n in range(many)]
    data = xlsx(HEADINGS, rows)
    begin = time.monotonic()
    async with database.transaction() as tx:
        _, counts = await put(tx, intake, data)
    assert counts["added"] == many
    assert time.monotonic() - begin < 60, "a sign of life"


CELL = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="辽A12平板;:,#~-kgcm 0123456789.停用救援", max_size=40),
    st.sampled_from(
        ["24/7", "2026-10-01~2026-10-03 off #x", "9999-12-31 24/7", "1e400", "９" * 30]
    ),
)


@given(cells=st.dictionaries(st.sampled_from([c.field for c in COLUMNS.all]), CELL, max_size=12))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_is_a_fault(intake: Intake, cells: dict[str, str]):
    planned = Plan(intake, {}, {}).row({"code": "A1", **cells})
    assert (planned.after is None) == bool(planned.reasons)


@given(headings=st.lists(st.one_of(st.text(max_size=20), st.just("编号")), max_size=6))
def test_no_heading_is_a_fault(headings: list[str]):
    with contextlib.suppress(HeadingsMissing, HeadingTwice):
        COLUMNS.headings_of(headings, {"x": "code"})
