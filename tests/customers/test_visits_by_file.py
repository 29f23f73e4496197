"""Visits by file: each once, however often the file is read; and a file whose reader is killed."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from callcenter.customers.by_file import applying, files, planning
from callcenter.customers.by_file.model import ImportKind, ImportState
from callcenter.db.database import Database
from callcenter.web.sheets.read import read_sheet
from tests.customers.by_file_cast import everything, imported, planned, vin
from tests.service import add_station

OWNERS, VISITS = ImportKind.OWNERS, ImportKind.VISITS
CARS = [
    {
        "姓名": f"王{number}",
        "电话": f"139{number:08d}",
        "VIN": vin(number),
        "车牌": f"辽A{number:05d}",
    }
    for number in range(1, 31)
]
VISIT = {"VIN": vin(1), "服务站编号": "sy001", "日期": "2026年9月5日", "类型": "保养"}


async def test_a_visit_is_known_by_car_day_kind_and_work_order(database: Database, tmp_path: Path):
    async with database.transaction() as tx:
        station = await add_station(tx, "SY001")
    await imported(database, tmp_path, OWNERS, CARS)
    rows = [
        VISIT | {"里程": "10,000 km", "金额": "¥680.50", "工单号": "A1"},
        VISIT | {"里程": "10000", "工单号": "A1"},
        VISIT | {"工单号": "A2"},
        {"车牌": "辽A00002", "日期": "20260906", "类型": "首保", "里程": "5000"},
    ]
    known = {"SY001": station.id}
    first = await imported(database, tmp_path, VISITS, rows, stations=known)
    assert first == {"added": 4, "changed": 0, "unchanged": 0, "refused": 0}
    async with database.reading() as tx:
        there = await tx.connection.fetch("select * from visits order by visited_on, work_order")
    assert [(one["kind"], one["odometer_km"], one["source"]) for one in there] == [
        ("maintenance", 10000, "file"),
        ("maintenance", None, "file"),
        ("first_service", 5000, "file"),
    ]
    assert (there[0]["station_id"], str(there[0]["amount"])) == (station.id, "680.50")
    before = await everything(database)
    again = await imported(database, tmp_path, VISITS, rows, stations=known)
    assert again["unchanged"] == 4
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"VIN": vin(999)}, "no such car is registered"),
        ({"服务站编号": "XX"}, "no station has the code"),
        ({"日期": "2200-01-01"}, "still to come"),
        ({"里程": "-5"}, "no odometer reading"),
        ({"类型": "洗车"}, "is not known"),
    ],
)
async def test_a_refused_visit_comes_back_with_why_and_can_be_read_again(
    database: Database, tmp_path: Path, row: dict[str, str], why: str
):
    await imported(database, tmp_path, OWNERS, CARS[:1])
    made = await planned(database, tmp_path, VISITS, [VISIT | {"服务站编号": ""} | row])
    assert made.counts["refused"] == 1
    async with database.reading() as tx:
        sheet = read_sheet(await files.error_file(tx, made.id))
    assert why in sheet.rows[0].cells[-1]
    assert sheet.headings[:-1] == made.headings


class _Killed(Exception):
    pass


async def _applied_but_killed(database: Database, import_id: Any, pieces: int) -> None:
    """Applies, and dies behind so many pieces."""

    def told(_done: int, _total: int) -> None:
        nonlocal pieces
        pieces -= 1
        if pieces == 0:
            raise _Killed

    try:
        await applying.apply_file(database, import_id, told)
    except _Killed:
        return


async def test_who_is_killed_leaves_whole_pieces_and_the_next_goes_on_behind_them(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(planning, "ROWS_AT_ONCE", 7)
    monkeypatch.setattr(applying, "ROWS_AT_ONCE", 7)
    made = await planned(database, tmp_path, OWNERS, CARS)
    await database.run(lambda tx: applying.allow(tx, "test", made.id))
    await _applied_but_killed(database, made.id, pieces=2)
    half = await everything(database)
    # Rows are counted from the headings: the second piece ends with row 14, the thirteenth owner.
    assert len(half["owners"]) == len(half["owner_reach"]) == len(half["vehicles"]) == 13
    assert len(half["owner_vehicles"]) == len(half["owner_contact_points"]) == 13
    # Two go on at once.
    done = await asyncio.gather(
        *(applying.apply_file(database, made.id) for _ in range(2)), return_exceptions=True
    )
    assert {one.state for one in done if not isinstance(one, BaseException)} == {
        ImportState.APPLIED
    }
    whole = await everything(database)
    assert len(whole["owners"]) == len(whole["vehicles"]) == 30
    assert (await imported(database, tmp_path, OWNERS, CARS))["unchanged"] == 30
    assert await everything(database) == whole


async def test_a_reader_who_is_killed_is_followed_by_one_who_begins_anew(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(planning, "ROWS_AT_ONCE", 7)
    made = await planned(database, tmp_path, OWNERS, CARS)
    async with database.transaction() as tx:
        await tx.connection.execute("update owner_imports set state = 'reading'")
    file = tmp_path / "owners.csv"
    again = await planning.read_file(database, "test", made.id, file, {})
    assert (again.rows_read, again.counts["added"]) == (30, 30)
