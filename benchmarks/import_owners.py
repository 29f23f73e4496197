"""How long a maker's whole file of owners takes, as `callcenter import` reads and writes it.

    python -m benchmarks.import_owners [--owners 500000] [--visits 3] [--format csv]

Made-up owners (one in five with a second car, five consents each), then visits of each car,
go into an empty database of their own (fsync on) through the program's own reader: plan and
application together. Then the owners' file is read once more, which must change nothing. Prints
seconds and rows a second of each part, the memory that the reader took at its most, and what the
whole would take for 500,000 owners at this rate.
"""

import argparse
import asyncio
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.figures import machine, progress
from callcenter.cli.database import migrated
from callcenter.customers.by_file import applying, planning
from callcenter.customers.by_file.model import FileImport, ImportKind
from callcenter.customers.by_file.sorts import SORTS
from callcenter.db.database import Database
from callcenter.demo import people
from callcenter.places.provinces import PROVINCES
from callcenter.web.sheets.write import written

GOAL_OWNERS, GOAL_S = 500_000, 300
HEADINGS = (
    *("姓名", "电话", "省份", "城市", "生日", "生日历法", "等级", "车架号", "车牌", "车型", "能源"),
    *("颜色", "交车日期", "同意时间", "同意合同服务短信", "同意合同服务电话", "同意营销短信"),
    *("同意营销电话", "同意问候短信"),
)
VISIT_HEADINGS = ("车架号", "进站日期", "类型", "里程", "金额", "工单号")
DAY = date(2026, 1, 1)
MOST_IN_A_SHEET = 1_000_000


def owner_rows(count: int) -> Iterator[Sequence[str]]:
    """A row for each car."""
    chance = random.Random(7)
    provinces = [one.zh for one in PROVINCES.values()]
    second = {owner: car for owner, _, car in people.second_cars(count)}
    for number, (name, phones, car) in enumerate(people.owners(count), start=1):
        own = (
            *(name, phones[0], provinces[number % 34], "东望市"),
            *(f"{number % 12 + 1}-{number % 28 + 1}", "公历" if number % 3 else "农历"),
            ("普通", "银牌", "普通", "金牌", "普通")[number % 5],
        )
        said = tuple(chance.choice(("是", "是", "否")) for _ in range(5))
        for one in (car, *([second[number]] if number in second else [])):
            delivered = (DAY - timedelta(days=number % 2000)).isoformat()
            yield (
                *own,
                *(one["vin"], one["plate"], one["model"], one["energy"], one["colour"]),
                *(delivered, "2026-03-05", *said),
            )


def visit_rows(owners: int, each: int) -> Iterator[Sequence[str]]:
    """So many for each car."""
    for at, row in enumerate(owner_rows(owners)):
        for nth in range(each):
            day = (DAY - timedelta(days=180 * (each - nth) - at % 90)).isoformat()
            kind = "首保" if nth == 0 else "保养"
            km = str(5000 + 9000 * nth + at % 700)
            yield row[7], day, kind, km, f"{300 + at % 900}", f"RO{at}-{nth}"


def put(file: Path, headings: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
    """As a spreadsheet program writes it: texts that are shared between cells."""
    if file.suffix == ".csv":
        file.write_bytes(written("csv", headings, rows))
        return
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((headings, *rows)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)


async def imported(database: Database, kind: ImportKind, file: Path) -> tuple[FileImport, float]:
    """The import, and how long it took in seconds."""
    began = time.perf_counter()
    digest = planning.digest_of(file, {})
    now = datetime.now(UTC)
    import_id = await database.run(
        lambda tx: planning.open_import(
            tx, "benchmark", kind, file_name=file.name, digest=digest, said_at=now, mapping={}
        )
    )
    with progress() as bar:
        for words in ("read", "write"):
            task = bar.add_task(f"{words} {kind}", total=None)

            def told(done: int, total: int, task: Any = task) -> None:
                bar.update(task, completed=done, total=total)

            if words == "read":
                await planning.read_file(database, "benchmark", import_id, file, {}, told)
                read_s = time.perf_counter() - began
            else:
                await database.run(lambda tx: applying.allow(tx, "benchmark", import_id))
                made = await applying.apply_file(database, import_id, told)
    took = time.perf_counter() - began
    print(f"{kind}: read {read_s:.1f} s, whole {took:.1f} s", file=sys.stderr)
    return made, took


async def run(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The figures."""
    owners, visits = (folder / f"{name}.{given.format}" for name in ("owners", "visits"))
    put(owners, HEADINGS, owner_rows(given.owners))
    put(visits, VISIT_HEADINGS, visit_rows(given.owners, given.visits))
    async with migrated(given.database_url, folder / "data") as addresses:
        database = await Database.open(addresses.app, min_size=1, max_size=2)
        try:
            first, owners_s = await imported(database, ImportKind.OWNERS, owners)
            second, visits_s = await imported(database, ImportKind.VISITS, visits)
            again, again_s = await imported(database, ImportKind.OWNERS, owners)
        finally:
            await database.close()
    assert SORTS.keys() == {first.kind, second.kind}
    whole = owners_s + visits_s
    return {
        **machine(),
        "owners": given.owners,
        "rows": {"owners": first.rows_read, "visits": second.rows_read},
        "files_mb": {one.stem: round(one.stat().st_size / 1e6, 1) for one in (owners, visits)},
        "seconds": {
            "owners": round(owners_s, 1),
            "visits": round(visits_s, 1),
            "owners_again": round(again_s, 1),
        },
        "rows_per_s": {
            "owners": round(first.rows_read / owners_s),
            "visits": round(second.rows_read / visits_s),
        },
        "outcomes": [{k.value: n for k, n in one.counts.items()} for one in (first, second, again)],
        "reader_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "seconds_for_500000_owners": round(whole * GOAL_OWNERS / given.owners),
        "goal_s": GOAL_S,
    }


def main() -> int:
    """Take the figures and print them as one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--owners", type=int, default=GOAL_OWNERS)
    parser.add_argument("--visits", type=int, default=3, help="for each car")
    parser.add_argument("--format", choices=("csv", "xlsx"), default="csv")
    parser.add_argument("--database-url")
    given = parser.parse_args()
    rows = given.owners * 6 // 5 * max(given.visits, 1)
    if given.format == "xlsx" and rows > MOST_IN_A_SHEET:
        parser.error("a sheet of .xlsx holds 1,048,576 rows: fewer owners or visits, or csv")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(run(given, Path(folder))), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
