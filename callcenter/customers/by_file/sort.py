"""What differs between files of owners and of visits: columns, rows, statements."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.web.sheets.headings import Columns
from callcenter.web.sheets.read import Row

CELLS_DIVIDED_BY = "\x1f"


@dataclass(frozen=True)
class Piece:
    """Rows of one import from one number to another, both included."""

    import_id: UUID
    first: int
    last: int
    file_name: str
    said_at: datetime

    @property
    def rows(self) -> Mapping[str, Any]:
        """As the named queries ask for it."""
        return {"id": self.import_id, "first": self.first, "last": self.last}


@dataclass(frozen=True)
class Context:
    """What reading needs besides the cells: ids of stations by code, and the day."""

    stations: Mapping[str, UUID]
    today: date


RowReader = Callable[[Row, Mapping[str, str]], tuple[Any, ...]]
"""A row and its cells by field, as a record for COPY."""


@dataclass(frozen=True)
class PieceTable:
    """The rows of one piece beside the staging table, for one transaction: a planner knows how many
    they are, and what is found out about them is written down once. All but `name` are queries."""

    name: str
    hold: Callable[..., Awaitable[Any]]
    measure: Callable[..., Awaitable[Any]]
    counted: Callable[..., Awaitable[Sequence[Any]]]
    keep: Callable[..., Awaitable[Any]]
    take: Callable[..., Awaitable[Any]]
    keep_refused: Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class Sort:
    """`copied`: columns of the table that a record fills; `resolve`: tells what each row of a piece
    would do; `write`: does it. The last three are named queries of its own table."""

    columns: Columns
    piece: PieceTable
    copied: Sequence[str]
    reader: Callable[[UUID, Context], RowReader]
    resolve: Callable[[Tx, Piece], Awaitable[None]]
    write: Callable[[Tx, str, Piece], Awaitable[None]]
    last_row: Callable[..., Awaitable[Any]]
    forgotten: Callable[..., Awaitable[Any]]
    listed: Callable[..., Awaitable[Sequence[Any]]]
