"""Owners and cars by file: what an operator brings, and what comes of it, once and twice."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from callcenter.customers import service
from callcenter.customers.by_file.model import ImportKind
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, Purpose
from callcenter.db.database import Database
from tests.customers.by_file_cast import everything, imported, planned, vin

OWNERS = ImportKind.OWNERS
WANG = {
    "车主姓名": "王小明",
    "手机": "139 0000 0000",
    "省份": "辽宁省",
    "生日": "5-12",
    "生日历法": "农历",
    "等级": "金牌",
    "VIN": vin(1),
    "车牌": "辽A·12345",
    "车型": "晨光 E3",
    "能源": "汽油",
    "交车日期": "2026/3/5",
    "同意营销短信": "是",
    "同意营销电话": "否",
    "同意时间": "2026-03-05",
}


async def owner(database: Database, name: str) -> Any:
    async with database.reading() as tx:
        return await tx.connection.fetchrow("select * from owners where name = $1", name)


@pytest.mark.parametrize("how", ["csv", "xlsx"])
async def test_a_row_becomes_an_owner_with_his_car_his_days_and_his_words(
    database: Database, tmp_path: Path, how: Any
):
    assert (await imported(database, tmp_path, OWNERS, [WANG], how=how))["added"] == 1
    async with database.reading() as tx:
        (found,) = await service.find_by_phone(tx, "+8613900000000")
        assert (found.name, found.tier) == ("王小明", 2)
        (car,) = found.vehicles
        assert (car.vin, car.plate, car.model, car.energy) == (
            vin(1),
            "辽A12345",
            "晨光 E3",
            "petrol",
        )
        row = await tx.connection.fetchrow("select * from owners where id = $1", found.id)
        assert (row["province"], row["birthday_calendar"]) == ("LN", "lunar")
        assert (row["birthday_month"], row["birthday_day"]) == (5, 12)
        words = await tx.connection.fetch(
            "select purpose, channel, granted, evidence, reference, said_at from consents"
            " order by channel"
        )
        assert [tuple(one)[:5] for one in words] == [
            ("marketing", "call", False, "file", f"owners.{how} #2"),
            ("marketing", "text", True, "file", f"owners.{how} #2"),
        ]
        assert words[0]["said_at"].astimezone(UTC).date() == date(2026, 3, 5)
        reach = await tx.connection.fetchrow("select granted, refused from owner_reach")
        assert tuple(reach) == (["marketing:text"], ["marketing:call"])
        keys = await tx.connection.fetch("select key from owner_name_keys where key = 'wxm'")
        assert len(keys) == 1


async def test_the_same_file_twice_changes_nothing(database: Database, tmp_path: Path):
    rows = [
        WANG,
        {"车主姓名": "王小明", "手机": "13900000000", "VIN": vin(2), "车型": "远山 S7"},
        {"车主姓名": "李敏", "手机": "13900000001、024-8888 1234", "VIN": vin(3)},
        {"车主姓名": "李敏", "手机": "024-88881234", "VIN": vin(4)},
        # Husband and wife drive one car, and answer one phone.
        {"车主姓名": "张强", "手机": "13900000005", "VIN": vin(5), "车型": "L6"},
        {"车主姓名": "陈芳", "手机": "13900000005", "VIN": vin(5)},
        {"车主姓名": "赵磊", "手机": "13900000006"},
        {"车主姓名": "周洋", "车牌": "沪B12345"},
    ]
    first = await imported(database, tmp_path, OWNERS, rows)
    assert first == {"added": 8, "changed": 0, "unchanged": 0, "refused": 0}
    before = await everything(database)
    assert (len(before["owners"]), len(before["vehicles"])) == (6, 6)
    again = await imported(database, tmp_path, OWNERS, rows)
    assert again == {"added": 0, "changed": 0, "unchanged": 8, "refused": 0}
    assert await everything(database) == before


async def test_what_a_filled_cell_says_is_changed_and_an_empty_one_leaves_what_is_there(
    database: Database, tmp_path: Path
):
    await imported(database, tmp_path, OWNERS, [WANG])
    moved = {"车主姓名": "王小明", "手机": "13900000000", "省份": "上海", "VIN": vin(1), "车牌": ""}
    made = await planned(database, tmp_path, OWNERS, [moved])
    assert made.counts["changed"] == 1
    async with database.reading() as tx:
        row = await tx.connection.fetchrow(
            "select changed from owner_import_rows where import_id = $1", made.id
        )
        assert row["changed"] == ["province"]
    assert (await owner(database, "王小明"))["province"] == "LN"
    await imported(database, tmp_path, OWNERS, [moved])
    now = await owner(database, "王小明")
    assert (now["province"], now["tier"], now["version"]) == ("SH", 2, 2)


async def test_a_name_written_anew_with_the_same_car_and_number_is_the_same_owner(
    database: Database, tmp_path: Path
):
    await imported(database, tmp_path, OWNERS, [WANG])
    await imported(database, tmp_path, OWNERS, [WANG | {"车主姓名": "王晓明"}])
    assert await owner(database, "王小明") is None
    async with database.reading() as tx:
        keys = await tx.connection.fetch("select key from owner_name_keys where key = '王小明'")
        assert keys == []
        assert len(await tx.connection.fetch("select id from owners")) == 1


async def test_a_refusal_that_stands_is_not_taken_back_by_an_older_list(
    database: Database, tmp_path: Path
):
    await imported(database, tmp_path, OWNERS, [WANG])
    no = WANG | {"同意营销短信": "否", "同意时间": "2026-10-01"}
    await imported(database, tmp_path, OWNERS, [no])
    for yes in (WANG, WANG | {"同意时间": ""}):
        done = await imported(
            database, tmp_path, OWNERS, [yes], said_at=datetime(2026, 11, 20, tzinfo=UTC)
        )
        assert done["unchanged"] == 1
    async with database.reading() as tx:
        assert await tx.connection.fetchval("select granted from owner_reach") == []
    later = WANG | {"同意时间": "2026-10-02"}
    assert (await imported(database, tmp_path, OWNERS, [later]))["changed"] == 1
    async with database.reading() as tx:
        assert await tx.connection.fetchval("select granted from owner_reach") == ["marketing:text"]


@pytest.mark.parametrize(
    "said_on",
    [
        "",
        "2026-10-01",
        # A yes of his own, later than his silence, ends it for that: the test would see it.
        pytest.param("2026-11-10", marks=pytest.mark.xfail(strict=True, raises=AssertionError)),
    ],
)
async def test_who_is_silent_stays_silent_whatever_an_older_list_says(
    database: Database, tmp_path: Path, said_on: str
):
    given = WANG | {"同意时间": "2026-03-05"}
    await imported(database, tmp_path, OWNERS, [given])
    wang = await owner(database, "王小明")
    proof = consents.Proof(Evidence.TEXT_REPLY, said_at=datetime(2026, 11, 5, tzinfo=UTC))
    await database.run(lambda tx: consents.silence(tx, "desk", wang["id"], [Channel.TEXT], proof))
    yes = WANG | {"同意问候短信": "是", "同意时间": said_on, "备注": "新"}
    late = datetime(2026, 11, 20, tzinfo=UTC)
    assert (await imported(database, tmp_path, OWNERS, [yes], said_at=late))["changed"] == 1
    async with database.reading() as tx:
        reach = await consents.reach_of(tx, wang["id"])
    assert reach.silent == {"text"}
    assert not reach.granted
    assert reach.refused >= {f"{purpose}:text" for purpose in Purpose} | {"marketing:call"}


async def test_a_no_in_a_file_outlives_the_silence_it_was_said_in(
    database: Database, tmp_path: Path
):
    await imported(database, tmp_path, OWNERS, [WANG])
    wang = await owner(database, "王小明")

    async def say(verb: Any, day: int) -> None:
        proof = consents.Proof(Evidence.PAPER, said_at=datetime(2026, 10, day, tzinfo=UTC))
        await database.run(lambda tx: verb(tx, "desk", wang["id"], [Channel.TEXT], proof))

    await say(consents.silence, 1)
    no = WANG | {
        "同意营销短信": "",
        "同意营销电话": "",
        "同意合同服务短信": "否",
        "同意时间": "2026-10-02",
    }
    assert (await imported(database, tmp_path, OWNERS, [no]))["changed"] == 1
    assert (await imported(database, tmp_path, OWNERS, [no]))["unchanged"] == 1
    await say(consents.end_silence, 3)
    async with database.reading() as tx:
        reach = await consents.reach_of(tx, wang["id"])
    assert (reach.silent, reach.refused) == (frozenset(), {"contract:text", "marketing:call"})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"手机": "12"}, "Phones: The phone number cannot be read"),
        ({"省份": "火星"}, "is no province"),
        ({"生日": "2-30", "生日历法": ""}, "there is no such day"),
        ({"等级": "铂金"}, "is not known"),
        ({"交车日期": "去年"}, "is no date"),
        ({"同意营销短信": "也许"}, "is not known"),
        ({"车主姓名": "", "VIN": vin(77)}, "there is no name"),
    ],
)
async def test_a_row_that_cannot_be_read_says_why_and_the_others_go_on(
    database: Database, tmp_path: Path, row: dict[str, str], why: str
):
    other = {"车主姓名": "李敏", "手机": "13900000001"}
    made = await planned(database, tmp_path, OWNERS, [WANG | row, other])
    assert (made.counts["refused"], made.counts["added"]) == (1, 1)
    async with database.reading() as tx:
        refused = await tx.connection.fetchrow(
            "select reason_zh, reason_en from owner_import_rows where outcome = 'refused'"
        )
    assert why in refused["reason_en"]
    assert refused["reason_zh"]


async def test_rows_that_contradict_each_other_are_asked_about(database: Database, tmp_path: Path):
    rows = [
        WANG,
        {"车主姓名": "王小明", "手机": "13900000000", "等级": "银牌", "VIN": vin(2)},
        {"车主姓名": "李敏", "手机": "13900000001", "VIN": vin(1), "车型": "别的"},
    ]
    made = await planned(database, tmp_path, OWNERS, rows)
    assert made.counts["refused"] == 2
    async with database.reading() as tx:
        said = await tx.connection.fetch(
            "select reason_en from owner_import_rows where outcome = 'refused' order by number"
        )
    assert [one["reason_en"] for one in said] == [
        "row 2 says otherwise of this owner",
        "row 2 says otherwise of this car",
    ]


async def test_what_was_changed_between_plan_and_application_is_left_alone(
    database: Database, tmp_path: Path
):
    from callcenter.customers.by_file import applying

    await imported(database, tmp_path, OWNERS, [WANG])
    made = await planned(database, tmp_path, OWNERS, [WANG | {"省份": "上海"}])
    async with database.transaction() as tx:
        await tx.connection.execute("update owners set province = 'BJ', version = version + 1")
    await database.run(lambda tx: applying.allow(tx, "test", made.id))
    done = await applying.apply_file(database, made.id)
    assert (done.counts["changed"], done.counts["refused"]) == (0, 1)
    assert (await owner(database, "王小明"))["province"] == "BJ"
