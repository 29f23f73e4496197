"""Files of any content, from the bytes to each row's outcome: whatever is sent is no fault."""

import csv
import functools
import io
import os
import random
import time
from collections.abc import Callable

import pytest

from callcenter.places.intake import Intake
from callcenter.places.roads.posts_by_file import PostHeadingsMissing, posts_of
from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.plan import Plan
from callcenter.web.sheets.errors import (
    HeadingsMissing,
    HeadingTwice,
    SheetEmpty,
    SheetTooLarge,
    SheetUnreadable,
)
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import xlsx

STATION = [column.example for column in COLUMNS.all]
STATION_HEADINGS = [column.heading for column in COLUMNS.all]
POST_HEADINGS = ["路线", "桩号", "纬度", "经度", "坐标系", "名称", "方向", "精度"]
POST = ["G15", "K100+300", "41.5", "123.3", "高德", "鞍山服务区", "上行", "20"]
PIECES = [
    *("24/7", "周一至周五 8:30-17:30; 节假日 休息", "Mo-Fr 08:00-26:00", "PH off", "week 1-53/2"),
    *("2026-10-01~2026-10-03 闭店 #国庆", "9999-12-31", "0000-00-00 off", "2026-02-30 救援 24/7"),
    *("辽A12345 平板 绞盘 3500kg 210cm; 辽A12346 托举", "辽A·1", "停用", "999999kg", "停用;停用"),
    *("41.8057", "123.4315", "1e400", "nan", "-0", "９" * 9, "北纬41度", "180.0000001", "38.9"),
    *("辽宁", "广东省", "台湾", "LN", "XX", "WGS84", "火星", "北京54", "是", "无", "-", "—"),
    *("024-8888 1234", "13900000000", "+86139*****000", "换胎 搭电", "理发", "服务站", "拖车公司"),
    *("=1+1", "'", '"', "\n", "\r", "\t", ",", ";", "|", " ", "\ufeff", "\u202e", "东" * 300),
    *("K1024+300", "一百二十公里", "沈海高速", "往天上", "下行", "编号", "code", "纬度"),
]
SIGNS = "辽A12平板;:,#~-kgcm 0123456789.+停用救援\n\"'=GK"


def cell(chance: random.Random) -> str:
    """Nothing, pieces of what people write, or any signs."""
    kind = chance.random()
    if kind < 0.2:
        return ""
    if kind < 0.7:
        return "".join(chance.choices(PIECES, k=chance.randrange(1, 4)))
    if kind < 0.9:
        return "".join(chance.choices(SIGNS, k=chance.randrange(12)))
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(6)))


def written_rows(chance: random.Random, headings: list[str], good: list[str]) -> list[list[str]]:
    """Under headings that are mostly right, rows with anything from hardly wrong to nonsense."""
    order = chance.sample(range(len(good)), chance.randrange(1, len(good) + 1))
    if chance.random() < 0.8:
        order = sorted({0, 1, 2, 3, 8, 9, *order} & set(range(len(good))))
    head = [headings[at] if chance.random() < 0.97 else cell(chance) for at in order]
    rows = [head]
    for number in range(chance.randrange(1, 3)):
        wrong = chance.choice([0.02, 0.1, 0.5])
        keyed = [f"{good[0]}{number}", *good[1:]] if good is STATION else good
        rows.append([keyed[at] if chance.random() > wrong else cell(chance) for at in order])
    return rows


def any_file(chance: random.Random, headings: list[str], good: list[str]) -> bytes:
    """A text in columns of some encoding, a workbook with bytes exchanged, or only bytes."""
    kind = chance.random()
    if kind < 0.05:
        return chance.randbytes(chance.randrange(200))
    if kind < 0.15:
        return spoilt(chance, workbook(tuple(headings), tuple(good)))
    out = io.StringIO()
    csv.writer(out, delimiter=chance.choice(",;\t")).writerows(written_rows(chance, headings, good))
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"])
    data = out.getvalue().encode(encoding, "surrogatepass" if "utf" in encoding else "replace")
    return spoilt(chance, data) if chance.random() < 0.1 else data


@functools.cache
def workbook(headings: tuple[str, ...], good: tuple[str, ...]) -> bytes:
    return xlsx(headings, [good])


def spoilt(chance: random.Random, good: bytes) -> bytes:
    """Some bytes exchanged, or cut."""
    data = bytearray(good)
    for _ in range(chance.randrange(1, 9)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(4, len(data) + 1)] if chance.random() < 0.5 else data)


def stations_in(data: bytes, intake: Intake) -> int:
    """How many rows the file holds; each has an outcome, and its reasons when it is refused."""
    sheet = read_sheet(data)
    at = COLUMNS.headings_of(sheet.headings, {}).at
    plan = Plan(intake, {}, {})
    for row in sheet.rows:
        planned = plan.row({field: row.cells[index] for field, index in at.items()})
        assert (planned.after is None) == bool(planned.reasons)
    return len(sheet.rows)


def posts_in(data: bytes, intake: Intake) -> int:
    """How many rows the file holds; each is taken or refused with its reason."""
    sheet = read_sheet(data)
    read = posts_of(sheet, intake)
    assert len(read.posts) + len(read.refused) == len(sheet.rows)
    assert all(why for _, why in read.refused)
    return len(sheet.rows)


REFUSALS = (SheetUnreadable, SheetTooLarge, SheetEmpty)
REFUSALS += (HeadingsMissing, HeadingTwice, PostHeadingsMissing)
FILES = pytest.mark.parametrize(
    ("reads", "headings", "good"),
    [
        pytest.param(stations_in, STATION_HEADINGS, STATION, id="stations"),
        pytest.param(posts_in, POST_HEADINGS, POST, id="posts"),
    ],
)
Reads = Callable[[bytes, Intake], int]


def read_many(
    seed: int, many: int, intake: Intake, reads: Reads, headings: list[str], good: list[str]
) -> int:
    """How many of so many files were read down to their rows."""
    chance = random.Random(seed)
    read = 0
    for _ in range(many):
        data = any_file(chance, headings, good)
        try:
            read += reads(data, intake) > 0
        except REFUSALS:
            pass
        except Exception as fault:
            raise AssertionError(f"seed {seed}: {data!r}") from fault
    return read


@FILES
def test_a_thousand_files_are_no_fault(
    intake: Intake, reads: Reads, headings: list[str], good: list[str]
):
    assert read_many(15, 1_000, intake, reads, headings, good) > 500, "most come to their rows"


@pytest.mark.long
@pytest.mark.timeout(7200)
@FILES
def test_a_million_files_are_no_fault(
    intake: Intake, reads: Reads, headings: list[str], good: list[str]
):
    """As many as FUZZ_INPUTS names; searched anew at each run, the seed is in the failure."""
    seed = int(os.environ.get("FUZZ_SEED", time.time()))
    many = int(os.environ.get("FUZZ_INPUTS", 1_000_000))
    assert read_many(seed, many, intake, reads, headings, good) > many // 2
