"""What the list of colleagues can be narrowed down to."""

from typing import Annotated

from pydantic import Field

from callcenter.staff.model import Role
from callcenter.web.wire import ListQuery, QueryModel


class StaffFilter(QueryModel):
    """Filters of the list; `search` looks into login and name."""

    role: Role | None = None
    active: bool | None = None
    search: Annotated[str, Field(max_length=60)] | None = None


class StaffQuery(StaffFilter, ListQuery):
    """The filters, and which part of the list."""
