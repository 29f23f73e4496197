"""The network from a file and into one, by the commands that an operator types."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from callcenter.db.database import Database
from callcenter.places.roads.posts import post_fix
from callcenter.stations import repository
from callcenter.stations.model import Station
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import xlsx
from tests.conftest import Server
from tests.forked import callcenter


class Operator:
    """Types commands against one database, in one folder."""

    def __init__(self, url: str, folder: Path, tables: Path, database: Database) -> None:
        self.url, self.folder, self.tables, self.database = url, folder, tables, database

    def types(self, *words: str, status: int = 0) -> str:
        """What the command prints, its refusals too; it must end with this status."""
        where = ["--database-url", self.url, "--data-dir", str(self.tables)]
        done = callcenter(*words, *([] if "template" in words else where))
        assert done.returncode == status, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def sheet(self, name: str, headings: Sequence[str], *rows: Sequence[str]) -> str:
        (self.folder / name).write_bytes(xlsx(headings, rows))
        return str(self.folder / name)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a file, each cell by its heading."""
        read = read_sheet((self.folder / name).read_bytes())
        return [dict(zip(read.headings, row.cells, strict=True)) for row in read.rows]

    async def stations(self) -> dict[str, Station]:
        async with self.database.reading() as tx:
            return {one.code: one for one in await repository.listed(tx, limit=50)}


@pytest.fixture
def operator(
    server: Server, dbname: str, database: Database, tmp_path: Path, tables: Path
) -> Operator:
    return Operator(server.owner_dsn(dbname), tmp_path, tables, database)


async def test_the_template_is_filled_in_tried_imported_exported_and_undone(operator: Operator):
    blank = operator.folder / "stations.xlsx"
    operator.types("import", "template", str(blank))
    template = read_sheet(blank.read_bytes())
    example = list(template.rows[0].cells)
    another = [*example]
    for at, heading in enumerate(template.headings):
        changed = {"服务站编号 Code": "SY002", "中文名称 Name (Chinese)": "沈阳北陵服务站"}
        another[at] = "" if heading.startswith("救援车") else changed.get(heading, example[at])
    filled = operator.sheet("filled.xlsx", template.headings, example, another)

    assert "added 2" in operator.types("import", "stations", filled, "--dry-run")
    assert await operator.stations() == {}, "a dry run writes no station"

    told = operator.types("import", "stations", filled)
    assert "已导入 imported: 新增 added 2" in told
    (import_id,) = re.findall(r"import undo (\S+)", told)
    made = await operator.stations()
    assert set(made) == {"SY001", "SY002"}
    assert len(made["SY001"].trucks) == 2

    operator.types("export", "stations", str(operator.folder / "masked.csv"))
    assert "8888" not in (operator.folder / "masked.csv").read_text("utf-8-sig")
    whole = str(operator.folder / "whole.xlsx")
    assert "2 家" in operator.types("export", "stations", whole, "--with-phones")
    assert [row["服务站编号 Code"] for row in operator.rows("whole.xlsx")] == ["SY001", "SY002"]
    assert "unchanged 2" in operator.types("import", "stations", whole), "an export comes back"

    operator.types("import", "undo", import_id)
    assert all(one.suspended_reason for one in (await operator.stations()).values())
    operator.types("import", "undo", import_id, status=1)


async def test_bad_rows_come_back_in_a_file_with_the_reason_and_status_1(operator: Operator):
    headings = ["编号", "名称", "纬度", "经度", "省份", "店长"]
    good = ["SY001", "东望站", "41.8057", "123.4315", "辽宁", "王"]
    swapped = ["SY002", "北陵站", "123.4315", "41.8057", "辽宁", "李"]
    file = operator.sheet("list.xlsx", headings, good, swapped)

    told = operator.types("import", "stations", file, "--strict", status=1)
    assert "什么都没有写入" in told
    assert "已导入" not in told
    assert await operator.stations() == {}, "all rows or none"
    assert [row["编号"] for row in operator.rows("list-errors.xlsx")] == ["SY002"]

    told = operator.types("import", "stations", file, status=1)
    assert "added 1" in told
    assert "refused 1" in told
    assert "店长" in told, "a column that nothing is known of is named"
    assert set(await operator.stations()) == {"SY001"}

    (row,) = operator.rows("list-errors.xlsx")
    assert row["原因 Reason"]
    row |= {"纬度": row["经度"], "经度": row["纬度"]}
    corrected = operator.sheet("corrected.xlsx", list(row), list(row.values()))
    assert "added 1" in operator.types("import", "stations", corrected)
    assert set(await operator.stations()) == {"SY001", "SY002"}


def test_what_is_no_sheet_of_ours_is_refused_in_words(operator: Operator):
    picture = operator.folder / "picture.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert re.search("[。] [A-Z]", operator.types("import", "stations", str(picture), status=1))
    headless = operator.sheet("headless.xlsx", ["甲", "乙"], ["1", "2"])
    assert "缺少列" in operator.types("import", "posts", headless, status=1)


async def test_posts_are_tried_imported_and_bad_ones_come_back(operator: Operator):
    headings = ["路线", "桩号", "纬度", "经度"]
    good, bad = ["G15", "K10", "41.0", "123.0"], ["G15", "随便", "41.1", "123.0"]
    fine = operator.sheet("posts.xlsx", headings, good)
    mixed = operator.sheet("mixed.xlsx", headings, good, bad)

    async def known() -> bool:
        async with operator.database.reading() as tx:
            return await post_fix(tx, "G15", 10_000) is not None

    assert "试算 planned: 1" in operator.types("import", "posts", fine, "--dry-run")
    assert not await known()
    assert "refused 1" in operator.types("import", "posts", mixed, status=1)
    assert await known()
    (row,) = operator.rows("mixed-errors.xlsx")
    assert (row["桩号"], bool(row["原因 Reason"])) == ("随便", True)
