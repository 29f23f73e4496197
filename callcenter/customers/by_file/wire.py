"""What imports of owners and of visits look like on the wire."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.customers.by_file.model import FileImport, ImportKind, ImportState, RowOutcome
from callcenter.web.errors import BodyUnreadable
from callcenter.web.forms import Upload
from callcenter.web.wire import Moment, Page, QueryModel, WireModel


class OwnerImportForm(QueryModel):
    """An .xlsx or .csv of at most 200 MiB, unless the installation says otherwise
    (CALLCENTER_LARGEST_IMPORT_MIB); larger ones go by the command line."""

    kind: ImportKind
    file: Upload
    mapping: Annotated[
        str,
        Field(
            max_length=8000,
            description="one a line, heading in the sheet=our column, or =- to leave it out",
        ),
    ] = ""


class OwnerHeadingsForm(QueryModel):
    """The same file, only looked at."""

    kind: ImportKind
    file: Upload


class OwnerTemplateQuery(QueryModel):
    """Of which kind of sheet."""

    kind: ImportKind


class OwnerImportPath(QueryModel):
    """The import in the address."""

    import_id: UUID


class OwnerImportRowsQuery(QueryModel):
    """Which rows: of one outcome, or all."""

    outcome: RowOutcome | None = None
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class OwnerImportCounts(WireModel):
    """Rows by outcome."""

    added: int
    changed: int
    unchanged: int
    refused: int


class OwnerImportRowOut(WireModel):
    """A row by its number in the file: the car it is about, which fields it changes, why it is
    refused."""

    number: int
    about: str
    outcome: RowOutcome
    changed: list[str]
    reason: str


OwnerImportRowPage = Page[OwnerImportRowOut]


class OwnerImportOut(WireModel):
    """An import and how far it is. `total` rows are expected, of which `rows_read` were told what
    they would do; rows up to the number `applied_to` are written. `failure`: code of why the whole
    file is refused."""

    id: UUID
    kind: ImportKind
    file_name: str
    state: ImportState
    counts: OwnerImportCounts
    total: int
    rows_read: int
    applied_to: int
    unknown_headings: list[str]
    failure: str
    made_by: str
    made_at: Moment
    applied_at: Moment | None


OwnerImportPage = Page[OwnerImportOut]


def path_of(upload: Upload) -> Path:
    """Where the file lies while the request lasts; raises BodyUnreadable."""
    if upload.spooled is None:
        raise BodyUnreadable
    return Path(upload.spooled.name)


def import_out(made: FileImport) -> OwnerImportOut:
    """As the API tells it."""
    names = OwnerImportOut.model_fields.keys() - {"counts", "unknown_headings"}
    return OwnerImportOut(
        counts=OwnerImportCounts(**{one.value: many for one, many in made.counts.items()}),
        unknown_headings=list(made.unknown_headings),
        **{name: getattr(made, name) for name in names},
    )
