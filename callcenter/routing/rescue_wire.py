"""What the desk says and sees of a rescue's dispatch on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.places.model import Datum
from callcenter.routing.choose import PassedOver
from callcenter.routing.proofs import ProofKind, Unsigned
from callcenter.routing.wire import DispatchOut, Minutes, OfferOut, Reason, TruckSeenOut
from callcenter.stations.needs import Equipment, Fault, Skill
from callcenter.tickets.particulars import Energy
from callcenter.web.wire import Moment, QueryModel, WireModel


class RescuePath(QueryModel):
    """The rescue's ticket in the address."""

    ticket_id: UUID


class HandAssignment(WireModel):
    """Ask this station now; each filter it fails is overruled by name."""

    station_id: UUID
    overruled: list[PassedOver] = Field(default_factory=list)
    reason: Reason


class PhoneAcceptance(HandAssignment):
    """The station said yes on the telephone; the reason says with whom the agent spoke."""

    eta_minutes: Minutes
    truck_id: UUID | None = None


class HandOver(WireModel):
    """To the road operator."""

    operator: Annotated[str, Field(min_length=2, max_length=40)] = "12122"
    reason: Reason


class LadderOut(WireModel):
    """Where the asking stands."""

    round: int
    rung: str
    urgent: bool
    held: bool
    began_at: datetime
    deadline_at: datetime
    ended_at: datetime | None


class ConsideredOut(WireModel):
    """A station that was considered; no reasons: it was asked. `seconds` by road and who measured
    them (`method`), where a router was asked."""

    station_id: UUID
    distance_m: float
    reasons: list[PassedOver]
    seconds: float | None = None
    method: str | None = None


class ChoiceOut(WireModel):
    """One choice: who was asked, and every nearer one with its reasons."""

    id: UUID
    round: int
    rung: str
    made_at: datetime
    candidates: list[ConsideredOut]


class ProofOut(WireModel):
    """A picture that is kept with a dispatch; a signature has a file, or a reason for none."""

    dispatch_id: UUID
    kind: ProofKind
    file_id: UUID | None
    reason: Unsigned | None
    added_at: datetime | None


class RescueOut(WireModel):
    """The whole dispatch of a rescue: ladder, choices, offers, who holds it, where the truck is."""

    ticket_id: UUID
    ladder: LadderOut | None
    choices: list[ChoiceOut]
    offers: list[OfferOut]
    dispatches: list[DispatchOut]
    truck: TruckSeenOut | None
    proofs: list[ProofOut]


class PreviewQuery(QueryModel):
    """A place, a fault, a car and a time: who would come? Now, when no time is given."""

    lat: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    datum: Datum = Datum.WGS84
    fault: Fault = Fault.UNKNOWN
    energy: Energy | None = None
    weight_kg: Annotated[int, Field(ge=1, le=60000)] | None = None
    wheels_locked: bool = False
    low_clearance: bool = False
    height_limit_cm: Annotated[int, Field(ge=100, le=600)] | None = None
    off_road: bool = False
    skills: list[Skill] = Field(default_factory=list, description="Needed beyond the fault's.")
    equipment: list[Equipment] = Field(default_factory=list)
    at: Moment | None = None


class StationSeenOut(WireModel):
    """A station as the desk sees it on the map; `phone`: who is on duty now, in the desk's view of
    a rescue only."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    lat: float
    lon: float
    phone: str | None = None


class PreviewOut(WireModel):
    """The rung that would answer, its stations nearest first, and the nearer ones left out."""

    rung: str
    doubts: list[str] = Field(default_factory=list)
    ranked: list[ConsideredOut]
    passed_over: list[ConsideredOut]
    stations: list[StationSeenOut] = Field(default_factory=list, description="All named above.")
