"""What the desk's search and the readers of a ticket look like on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.customers.wire import OwnerOut, VehicleOut
from callcenter.tickets.wire import TicketOut
from callcenter.web.wire import QueryModel, WireModel


class SearchQuery(QueryModel):
    """A few signs: a ticket's number, the end of a phone number or VIN (four signs or more), the
    beginning of a plate with or without its province, of a name, its pinyin or its initials."""

    q: Annotated[str, Field(min_length=1, max_length=80)]


class SearchOut(WireModel):
    """Up to 20 of each; `more`: others fit, too. Owners and cars need the right to read them."""

    owners: list[OwnerOut]
    vehicles: list[VehicleOut]
    tickets: list[TicketOut]
    more: bool


class Presence(WireModel):
    """Whether the ticket is only read or being changed."""

    editing: bool = False


class ReaderOut(WireModel):
    """A colleague who has the ticket open."""

    staff_id: UUID
    name: str
    editing: bool
    since: datetime


class ReaderList(WireModel):
    """The others who have it open, the first to come first; say so again in `beat_s` seconds."""

    items: list[ReaderOut]
    beat_s: int
