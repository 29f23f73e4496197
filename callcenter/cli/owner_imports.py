"""`callcenter import owners` and `visits`: half a million owners, with a bar that says how far."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar
from uuid import UUID

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from callcenter.cli.database import Data, Url, on_database
from callcenter.composition import all_subscriptions
from callcenter.customers.by_file import applying, files, planning, repository
from callcenter.customers.by_file.model import FileImport, ImportKind, ImportState, RowOutcome
from callcenter.db.database import Database
from callcenter.stations import repository as stations
from callcenter.web.sheets.errors import SheetUnreadable
from callcenter.web.sheets.headings import mapping_of

T = TypeVar("T")
ACTOR = "command-line"
WORDS = {ImportKind.OWNERS: "车主与车辆 owners, cars", ImportKind.VISITS: "进站记录 visits"}

File = Annotated[Path, typer.Argument(help=".xlsx 或 .csv")]
DryRun = Annotated[bool, typer.Option(help="只试算,不写入 / write nothing")]
Mapping = Annotated[list[str] | None, typer.Option(help="表中列名=我们的列 / heading=column")]


def owners(
    file: File,
    dry_run: DryRun = False,
    mapping: Mapping = None,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """导入车主、车辆和同意,每辆车一行;重复导入不会重复;中断后重新执行即继续;有拒绝则退出码为 1。

    Import owners, cars and consents, a row for each car; the same file twice changes nothing; one
    that was stopped goes on when the command is given again; status 1 when rows were refused."""
    _run(ImportKind.OWNERS, file, dry_run, mapping, database_url, data_dir)


def visits(
    file: File,
    dry_run: DryRun = False,
    mapping: Mapping = None,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """导入进站记录;先导入车主和车辆;重复导入不会重复;有拒绝的行则退出码为 1。

    Import visits, after owners and cars; the same file twice changes nothing; status 1 when rows
    were refused."""
    _run(ImportKind.VISITS, file, dry_run, mapping, database_url, data_dir)


def owners_template(file: File = Path("owners.xlsx")) -> None:
    """写出车主的空白模板。 Write the template of owners."""
    _write_template(ImportKind.OWNERS, file)


def visits_template(file: File = Path("visits.xlsx")) -> None:
    """写出进站记录的空白模板。 Write the template of visits."""
    _write_template(ImportKind.VISITS, file)


def _write_template(kind: ImportKind, file: Path) -> None:
    file.write_bytes(files.template(kind))
    typer.echo(str(file))


@dataclass(frozen=True)
class _Order:
    """What was asked for."""

    kind: ImportKind
    file: Path
    mapping: dict[str, str]
    dry_run: bool


def _run(
    kind: ImportKind,
    file: Path,
    dry_run: bool,
    mapping: list[str] | None,
    database_url: str | None,
    data_dir: Path,
) -> None:
    order = _Order(kind, file, mapping_of(mapping or ()), dry_run)
    with _bar() as bar:
        done, errors = on_database(
            lambda db: _import(db, order, bar),
            database_url,
            data_dir,
            subscriptions=all_subscriptions(),
        )
    told = "试算 planned" if dry_run else "已导入 imported"
    added, changed, unchanged, refused = (done.counts[one] for one in RowOutcome)
    typer.echo(
        f"{told}: 新增 added {added}, 更改 changed {changed}, "
        f"不变 unchanged {unchanged}, 拒绝 refused {refused}"
    )
    if done.unknown_headings:
        typer.echo(f"不认识的列 Unknown headings: {', '.join(done.unknown_headings)}")
    if refused:
        _hand_back(file, errors)


async def _import(database: Database, order: _Order, bar: Progress) -> tuple[FileImport, bytes]:
    if not order.file.is_file():
        raise SheetUnreadable
    digest = planning.digest_of(order.file, order.mapping)
    stopped = None
    if not order.dry_run:
        stopped = await database.run(lambda tx: repository.under_way(tx, order.kind, digest))
    made = stopped or await _read(database, order, digest, bar)
    if not order.dry_run and made.state in (ImportState.PLANNED, ImportState.APPLYING):
        await database.run(lambda tx: applying.allow(tx, ACTOR, made.id))
        made = await _with_bar(
            bar,
            f"写入 write: {WORDS[order.kind]}",
            lambda told: applying.apply_file(database, made.id, told),
        )
    errors = await database.run(lambda tx: files.error_file(tx, made.id), readonly=True)
    return made, errors


async def _read(database: Database, order: _Order, digest: str, bar: Progress) -> FileImport:
    said_at = datetime.fromtimestamp(order.file.stat().st_mtime, UTC)

    async def opened() -> UUID:
        return await database.run(
            lambda tx: planning.open_import(
                tx,
                ACTOR,
                order.kind,
                file_name=order.file.name,
                digest=digest,
                said_at=said_at,
                mapping=order.mapping,
            )
        )

    import_id = await opened()
    codes = await database.run(stations.ids_by_code, readonly=True)
    return await _with_bar(
        bar,
        f"读取 read: {WORDS[order.kind]}",
        lambda told: planning.read_file(database, ACTOR, import_id, order.file, codes, told),
    )


async def _with_bar(
    bar: Progress, words: str, work: Callable[[planning.Progress], Awaitable[T]]
) -> T:
    task = bar.add_task(words, total=None)
    return await work(lambda done, total: bar.update(task, completed=done, total=total))


class _Rate(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        rate = task.finished_speed or task.speed
        return Text(f"{rate:,.0f} 行 rows/s" if rate else "")


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )


def _hand_back(file: Path, errors: bytes) -> NoReturn:
    """Beside the file, and status 1: a script must not take it for done."""
    beside = file.with_name(f"{file.stem}-errors.xlsx")
    beside.write_bytes(errors)
    typer.echo(f"改正后再导入 Correct and import again: {beside}")
    raise typer.Exit(1)
