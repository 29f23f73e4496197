"""What is told of a sheet's headings before it is tried out."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from callcenter.web.forms import Upload
from callcenter.web.sheets.headings import Columns
from callcenter.web.sheets.read import Row
from callcenter.web.wire import QueryModel, WireModel

EXAMPLES = 3


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


def mapping_field(columns: Columns) -> Any:
    """The form's field by which headings that are not known are mapped."""
    names = ", ".join(column.field for column in columns.all if not column.read_only)
    return Field(
        max_length=8000,
        description="one a line, heading in the sheet=our column (shop=code), or =- to leave the "
        f"column out. Columns: {names}",
    )


def headings_out(
    columns: Columns, headings: Sequence[str], first: Sequence[Row], rows: int, language: str
) -> HeadingsOut:
    """The sheet's headings as they would be taken if nothing were said about them."""
    known = columns.fields_of(headings, {})
    return HeadingsOut(
        headings=[
            HeadingOut(
                heading=heading[:80],
                field=known[index],
                examples=[row.cells[index][:40] for row in first[:EXAMPLES]],
            )
            for index, heading in enumerate(headings)
            if heading
        ],
        rows=rows,
        columns=[
            ColumnOut(
                field=column.field,
                words=column.en if language == "en" else column.zh,
                can_be_written=not column.read_only,
            )
            for column in columns.all
        ],
    )
