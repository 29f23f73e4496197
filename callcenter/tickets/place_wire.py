"""What places of a ticket look like on the wire."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.places.model import Datum, OnRoad
from callcenter.places.roads.carriageway import sense_of
from callcenter.tickets.repository import TicketPlace
from callcenter.tickets.said_place import SaidPlace
from callcenter.web.wire import Moment, QueryModel, WireModel

Source = Literal["agent_pin", "typed", "share_text", "link_fix"]


class OnRoadDraft(WireModel):
    """Where on which road: a code (G15) or a name, metres from its start, what stands there, and
    the direction: a place, or a word such as up, down, north, inner."""

    road: Annotated[str, Field(min_length=1, max_length=40)]
    post_m: Annotated[int, Field(ge=0, le=9_999_999)] | None = None
    feature: Annotated[str, Field(max_length=60)] | None = None
    towards: Annotated[str, Field(max_length=40)] | None = None


class OnRoadOut(WireModel):
    """The same; `sense` up: with rising kilometres, down: against them, null: not known."""

    road: str
    post_m: int | None
    feature: str | None
    towards: str | None
    sense: str | None


class PlaceDraft(WireModel):
    """A place as somebody named it: coordinates in their datum, and the words.

    A latitude beyond 90 is most often a longitude: it is refused with the exchange proposed.
    """

    lat: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    datum: Datum = Datum.WGS84
    accuracy_m: Annotated[float, Field(ge=0, le=100000, allow_inf_nan=False)] | None = None
    fixed_at: Moment | None = None
    source: Source | None = Field(None, description="A fix when it has a time, else a pin.")
    words: Annotated[str, Field(max_length=500)] = ""
    on_road: OnRoadDraft | None = None


class SayingDraft(WireModel):
    """The caller's own words, or what was pasted; `datum` is that of plain coordinates in it."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    datum: Datum | None = None


class SayingOut(WireModel):
    """What was understood: its kind, what must be asked (a code; `place` when nothing was
    understood), and the place, when words give one."""

    kind: str
    ask: list[str]
    on_road: OnRoadOut | None
    place: "PlaceOut | None"


class DirectionDraft(WireModel):
    """Which way the car was going: an end of the road, or up, down, north."""

    towards: Annotated[str, Field(min_length=1, max_length=60)]


class PlaceConfirmation(WireModel):
    """A doubtful place is confirmed by judgement: then the reason is needed."""

    reason: Annotated[str, Field(max_length=500)] | None = None


class PlaceOut(WireModel):
    """A place of the ticket: WGS-84, its doubts as codes to ask about."""

    id: UUID
    lat: float
    lon: float
    accuracy_m: float | None
    fixed_at: datetime | None
    source: str
    source_datum: str
    words: str
    province: str | None
    doubts: list[str]
    state: str
    uncertain: bool
    confirmed_at: datetime | None
    created_at: datetime
    on_road: OnRoadOut | None


class PlacePath(QueryModel):
    """The ticket and its place in the address."""

    ticket_id: UUID
    place_id: UUID


class PlaceList(WireModel):
    """Every place named for the ticket, oldest first."""

    items: list[PlaceOut]


class LinkOut(WireModel):
    """A location link: the address is seen this once."""

    id: UUID
    url: str
    expires_at: datetime


def on_road_of(draft: OnRoadDraft) -> OnRoad:
    """The same with the sense of its direction, where the road's cities tell it."""
    told = draft.model_dump()
    return OnRoad(**told, sense=sense_of(draft.road, draft.towards))


def saying_out(said: SaidPlace) -> SayingOut:
    """What was understood on the wire."""
    on_road = said.understood.on_road
    return SayingOut(
        kind=said.saying.kind,
        ask=list(said.understood.ask),
        on_road=OnRoadOut(**vars(on_road)) if on_road else None,
        place=place_out(said.place) if said.place else None,
    )


def place_out(place: TicketPlace) -> PlaceOut:
    """A place on the wire."""
    fields = {name: getattr(place, name) for name in PlaceOut.model_fields}
    on_road = OnRoadOut(**vars(place.on_road)) if place.on_road else None
    return PlaceOut(**(fields | {"doubts": list(place.doubts), "on_road": on_road}))
