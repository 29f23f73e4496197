"""What goes over the wire in every room: the strict body base, pages of lists, problems."""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

T = TypeVar("T")


class WireModel(BaseModel):
    """Base of every body and answer: unknown fields and silent conversions are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_max_length=10_000)


def _without_defaults(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


class PatchModel(WireModel):
    """Base of what edits: a field that is not given stays as it is, so none has a default."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)


class QueryModel(BaseModel):
    """Base of query, path, header and form parameters: texts become numbers, ids and times."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=10_000)


ABSENT: Any = None
"""The default of a patch's field that may be left out, but not be set to null."""


def _of_our_time(at: datetime) -> datetime:
    if not 1970 <= at.year <= 2200:
        raise ValueError("the year must lie between 1970 and 2200")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""A time with its zone, RFC 3339, of our time: use it for every time on the wire."""


class ListQuery(QueryModel):
    """Which part of a list: give `next_cursor` of the last answer to go on."""

    cursor: str | None = Field(default=None, max_length=500)
    limit: int = Field(default=50, ge=1, le=200)


class Page(WireModel, Generic[T]):
    """One part of a list; `next_cursor` is null at its end."""

    items: list[T]
    next_cursor: str | None = None


class Violation(WireModel):
    """What is wrong with one field."""

    pointer: str = Field(examples=["#/body/phone"])
    code: str = Field(examples=["missing"])
    detail: str


class Problem(WireModel):
    """RFC 9457 problem details. `code` is stable; `detail` is for people, and `facts` are what
    stands in it: codes, that a screen may put into its own words."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[Violation] = []
    facts: dict[str, str] = {}
