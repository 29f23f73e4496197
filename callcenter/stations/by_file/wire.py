"""What imports and exports of stations look like on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.stations.by_file.columns import COLUMNS, fields_of
from callcenter.stations.by_file.repository import ImportRow, Outcome, State, StationImport
from callcenter.web.forms import Upload
from callcenter.web.sheets.read import Sheet
from callcenter.web.wire import Moment, Page, QueryModel, WireModel

Mapping = Annotated[
    str,
    Field(
        max_length=8000,
        description="one a line, heading in the sheet=our column (shop=code), or =- to leave the "
        "column out. Columns: "
        + ", ".join(column.field for column in COLUMNS if not column.read_only),
    ),
]

EXAMPLES = 3


class ImportForm(QueryModel):
    """An .xlsx or .csv of at most 8 MiB, and what its headings mean where they are not known."""

    file: Upload
    mapping: Mapping = ""


class HeadingsForm(QueryModel):
    """The same file, only looked at."""

    file: Upload


class HeadingOut(WireModel):
    """A heading of the sheet: the column it is taken for (null: none), and what stands below."""

    heading: str
    field: str | None
    examples: list[str]


class ColumnOut(WireModel):
    """A column that an import knows; `can_be_written` false: exports only."""

    field: str
    words: str
    can_be_written: bool


class HeadingsOut(WireModel):
    """What was recognised, how many rows there are, and every column there is to choose from."""

    headings: list[HeadingOut]
    rows: int
    columns: list[ColumnOut]


class ImportPath(QueryModel):
    """The import in the address."""

    import_id: UUID


class ImportApplication(WireModel):
    """`strict`: all rows or none."""

    strict: bool = False


class ImportRowsQuery(QueryModel):
    """Which rows: of one outcome; those that an undo left as they are are not `undone`."""

    outcome: Outcome | None = None
    undone: bool | None = None
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ImportCounts(WireModel):
    """Rows by outcome."""

    added: int
    changed: int
    unchanged: int
    refused: int


class ImportRowOut(WireModel):
    """A row by its number in the file: the fields that it changes; why it is refused, or was not
    undone, in the caller's language; `undone` is null as long as no undo was tried."""

    number: int
    code: str
    outcome: Outcome
    changed: list[str]
    reason: str
    undone: bool | None


ImportRowPage = Page[ImportRowOut]


class StationImportHead(WireModel):
    """An import in the list of imports."""

    id: UUID
    file_name: str
    state: State
    made_by: str
    made_at: Moment
    applied_at: Moment | None
    undone_at: Moment | None


StationImportPage = Page[StationImportHead]


class StationImportOut(WireModel):
    """An import, its first rows with it; nothing is written to a station while it is `planned`."""

    id: UUID
    file_name: str
    state: State
    counts: ImportCounts
    unknown_headings: list[str]
    made_at: Moment
    applied_at: Moment | None
    undone_at: Moment | None
    first_rows: list[ImportRowOut]


def headings_out(sheet: Sheet, language: str) -> HeadingsOut:
    """The sheet's headings as they would be taken if nothing were said about them."""
    known = fields_of(sheet.headings, {})
    headings = [
        HeadingOut(
            heading=heading[:80],
            field=known[index],
            examples=[row.cells[index][:40] for row in sheet.rows[:EXAMPLES]],
        )
        for index, heading in enumerate(sheet.headings)
        if heading
    ]
    columns = [
        ColumnOut(
            field=column.field,
            words=column.en if language == "en" else column.zh,
            can_be_written=not column.read_only,
        )
        for column in COLUMNS
    ]
    return HeadingsOut(headings=headings, rows=len(sheet.rows), columns=columns)


def head_out(made: StationImport) -> StationImportHead:
    """The import as the list shows it."""
    names = StationImportHead.model_fields
    return StationImportHead(**{name: getattr(made, name) for name in names})


def row_out(row: ImportRow, language: str) -> ImportRowOut:
    """The row in this language."""
    return ImportRowOut(
        number=row.number,
        code=row.code,
        outcome=row.outcome,
        changed=list(row.changed),
        reason=row.reason(language),
        undone=row.undone,
    )


def import_out(
    made: StationImport, counts: dict[str, int], first_rows: list[ImportRowOut]
) -> StationImportOut:
    """The import with what is counted and read beside it."""
    return StationImportOut(
        id=made.id,
        file_name=made.file_name,
        state=made.state,
        counts=ImportCounts(**counts),
        unknown_headings=list(made.unknown_headings),
        made_at=made.made_at,
        applied_at=made.applied_at,
        undone_at=made.undone_at,
        first_rows=first_rows,
    )
