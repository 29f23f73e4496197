"""`callcenter import` and `callcenter export`: the network from a file, and into one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn
from uuid import UUID

import typer
from rich.progress import Progress

from callcenter.cli import owner_imports
from callcenter.cli.database import Data, Url, in_transaction
from callcenter.db.transaction import Tx
from callcenter.places.intake import Intake
from callcenter.places.provinces import PROVINCES
from callcenter.places.roads.posts import put_posts
from callcenter.places.roads.posts_by_file import PostSheet, posts_of
from callcenter.stations.by_file import export, repository, service
from callcenter.stations.by_file.errors import ImportHasRefusedRows
from callcenter.stations.filters import StationFilter
from callcenter.web.sheets.errors import SheetUnreadable
from callcenter.web.sheets.export import exported
from callcenter.web.sheets.headings import mapping_of
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import Format

app = typer.Typer(help="导入 / import from a file", no_args_is_help=True)
export_app = typer.Typer(help="导出 / export into a file", no_args_is_help=True)
ACTOR = "command-line"

File = Annotated[Path, typer.Argument(help=".xlsx 或 .csv")]
Mapping = Annotated[list[str] | None, typer.Option(help="表中列名=我们的列 / heading=column")]


@app.command()
def stations(
    file: File,
    dry_run: Annotated[bool, typer.Option(help="只试算,不写入 / write nothing")] = False,
    mapping: Mapping = None,
    strict: Annotated[bool, typer.Option(help="有错则全部不写入 / all or nothing")] = False,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """导入服务站;按编号重复导入不会重复;有拒绝的行则退出码为 1。

    Import stations; the same file twice changes nothing; status 1 when rows were refused."""

    async def work(tx: Tx) -> _Imported:
        sheet = read_sheet(_bytes_of(file))
        intake = Intake.load(data_dir)
        with Progress(transient=True) as bar:
            task = bar.add_task("服务站 stations", total=None)
            import_id = await service.plan_import(
                tx,
                ACTOR,
                sheet,
                intake=intake,
                file_name=file.name,
                mapping=mapping_of(mapping or ()),
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        refusal = None
        if not dry_run:
            try:
                await service.apply_import(tx, ACTOR, import_id, strict=strict)
            except ImportHasRefusedRows as said:
                # Nothing was written but the plan, whose error file is still to be told of.
                refusal = said
        return _Imported(
            import_id,
            await service.counts(tx, import_id),
            (await repository.get(tx, import_id)).unknown_headings,
            await service.error_file(tx, import_id),
            refusal,
        )

    done = in_transaction(work, database_url, data_dir)
    written = not dry_run and done.refusal is None
    typer.echo(
        f"{'已导入 imported' if written else '试算 planned'}: "
        f"新增 added {done.counts['added']}, 更改 changed {done.counts['changed']}, "
        f"不变 unchanged {done.counts['unchanged']}, 拒绝 refused {done.counts['refused']}"
    )
    if done.unknown_headings:
        typer.echo(f"不认识的列 Unknown headings: {', '.join(done.unknown_headings)}")
    if written and done.counts["added"] + done.counts["changed"]:
        typer.echo(f"撤销 To undo: callcenter import undo {done.import_id}")
    if done.refusal:
        typer.echo(f"{done.refusal.message('zh')} {done.refusal.message('en')}", err=True)
    if done.counts["refused"]:
        _hand_back(file, done.errors)


@app.command()
def posts(
    file: File,
    dry_run: Annotated[bool, typer.Option(help="只试算,不写入 / write nothing")] = False,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """导入公路里程桩、收费站、服务区的位置;有拒绝的行则退出码为 1。

    Import kilometre posts, toll gates, service areas; status 1 when rows were refused."""

    async def work(tx: Tx) -> PostSheet:
        read = posts_of(read_sheet(_bytes_of(file)), Intake.load(data_dir))
        if not dry_run:
            await put_posts(tx, read.posts)
        return read

    read = in_transaction(work, database_url, data_dir)
    told = "试算 planned" if dry_run else "已导入 imported"
    typer.echo(f"{told}: {len(read.posts)}, 拒绝 refused {len(read.refused)}")
    if read.refused:
        _hand_back(file, read.error_file())


app.command(name="owners")(owner_imports.owners)
app.command(name="visits")(owner_imports.visits)
app.command(name="owners-template")(owner_imports.owners_template)
app.command(name="visits-template")(owner_imports.visits_template)


@app.command()
def undo(import_id: UUID, database_url: Url = None, data_dir: Data = Path(".data")) -> None:
    """撤销一次导入;之后又改过的不动。 Undo an import, but for what was changed since."""

    async def work(tx: Tx) -> list[str]:
        return await service.undo_import(tx, ACTOR, import_id)

    kept = in_transaction(work, database_url, data_dir)
    typer.echo("已撤销;新增的服务站已暂停。 Undone; the stations it added are suspended.")
    if kept:
        typer.echo(f"之后改过,未撤销 Changed since, left as they are: {', '.join(kept)}")


@app.command()
def template(file: File = Path("stations.xlsx")) -> None:
    """写出空白模板。 Write the template."""
    file.write_bytes(export.template())
    typer.echo(str(file))


@export_app.command(name="stations")
def export_stations(
    file: File,
    with_phones: Annotated[bool, typer.Option(help="完整号码 / whole numbers")] = False,
    province: Annotated[str | None, typer.Option(help="LN, BJ …")] = None,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """导出服务站。 Export the stations."""
    how: Format = "csv" if file.suffix.lower() == ".csv" else "xlsx"

    if province is not None and province not in PROVINCES:
        raise typer.BadParameter("没有这个省份代码 No province has this code.")
    query = StationFilter(province=province)

    async def work(tx: Tx) -> tuple[bytes, int]:
        listed = export.stations_export(tx, with_phones=with_phones, query=query)
        return await exported(tx, listed, how, ACTOR)

    data, many = in_transaction(work, database_url, data_dir)
    file.write_bytes(data)
    typer.echo(f"{many} 家服务站 stations: {file}")


@dataclass(frozen=True)
class _Imported:
    """What came of a file of stations."""

    import_id: UUID
    counts: dict[str, int]
    unknown_headings: Sequence[str]
    errors: bytes
    refusal: ImportHasRefusedRows | None


def _hand_back(file: Path, errors: bytes) -> NoReturn:
    """Write the refused rows beside the file and end with status 1: a script must not take a
    sheet for done of which rows are missing."""
    beside = file.with_name(f"{file.stem}-errors.xlsx")
    beside.write_bytes(errors)
    typer.echo(f"改正后再导入 Correct and import again: {beside}")
    raise typer.Exit(1)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise SheetUnreadable from None
