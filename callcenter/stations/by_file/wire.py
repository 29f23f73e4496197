"""What imports and exports of stations look like on the wire."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.stations.by_file.columns import COLUMNS
from callcenter.stations.by_file.repository import ImportRow, Outcome, State, StationImport
from callcenter.web.forms import Upload
from callcenter.web.sheets.headings_wire import mapping_field
from callcenter.web.wire import Moment, Page, QueryModel, WireModel

Mapping = Annotated[str, mapping_field(COLUMNS)]


class ImportForm(QueryModel):
    """An .xlsx or .csv of at most 8 MiB, and what its headings mean where they are not known."""

    file: Upload
    mapping: Mapping = ""


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
