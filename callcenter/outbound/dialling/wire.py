"""What an agent's calls to owners look like on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.customers.model import Owner, Vehicle
from callcenter.outbound.dialling.before_agent import About, Promised
from callcenter.outbound.dialling.before_agent import PromiseTimes as Allowed
from callcenter.outbound.dialling.model import Begun, OwnerCall, OwnerCallState
from callcenter.outbound.model import Outcome, Skip
from callcenter.outbound.promises.wire import PromiseTimes, TimeSpan
from callcenter.phones import masked
from callcenter.web.wire import Moment, QueryModel, WireModel


class OwnerCallPath(QueryModel):
    """Which call to an owner."""

    owner_call_id: UUID


class SkipBody(WireModel):
    """Why he is not called."""

    why: Annotated[Skip, Field(strict=False)]


class CameOf(WireModel):
    """What came of the talk; a call-back has its time, and is the agent's own."""

    outcome: Annotated[Outcome, Field(strict=False)]
    note: Annotated[str, Field(max_length=500)] = ""
    promised_at: Moment | None = None


class OwnerCallOut(WireModel):
    """Whom to call: who he is, why him, and the words. The number as the role may see it.

    `car`: the one it is about. `survey_id`: what is to be asked. `promised_at`: when he was told
    that he would be called. `noted`: what was written down in the call before.
    """

    id: UUID
    owner_id: UUID
    owner: str
    tier: int
    cars: list[str]
    car: str | None
    vehicle_id: UUID | None
    ticket_id: UUID | None
    phone: str
    language: str
    campaign_id: UUID
    campaign: str
    why: list[str]
    words: str
    survey_id: UUID | None
    promised_at: Moment | None
    noted: str
    mode: Begun
    call_id: UUID | None
    state: OwnerCallState
    outcome: Outcome | None
    taken_at: datetime


class MyOwnerCall(WireModel):
    """Whom the agent has before him, to look at or on the line; null for nobody. `due`: how many
    owners wait for an agent's call now, counted to 100. `next_at`: where nobody waits, when the
    next may be called, as far as is known; null when nobody is to be called."""

    call: OwnerCallOut | None
    due: int
    next_at: datetime | None


class PromisedCall(WireModel):
    """A call that this agent has promised: to whom, when, and until when it counts."""

    id: UUID
    owner_id: UUID
    owner: str
    campaign: str
    due_at: Moment
    expires_at: Moment
    note: str


class PromisedCalls(WireModel):
    """What he has promised, the next first."""

    items: list[PromisedCall]


class SurveyOfCall(WireModel):
    """The owner's response to go on with."""

    response_id: UUID


def owner_call_out(
    one: OwnerCall, owner: Owner, about: About, why: list[str], *, phones: bool
) -> OwnerCallOut:
    """With what the agent must know before he dials."""
    cars = {car.id: car_words(car) for car in owner.vehicles}
    return OwnerCallOut(
        id=one.id,
        owner_id=one.owner_id,
        owner=owner.name,
        tier=owner.tier,
        cars=list(cars.values()),
        car=cars.get(about.vehicle_id) if about.vehicle_id else None,
        vehicle_id=about.vehicle_id,
        ticket_id=about.ticket_id,
        phone=one.number if phones else masked(one.number),
        language=one.language,
        campaign_id=one.campaign_id,
        campaign=about.campaign,
        why=why,
        words=one.words,
        survey_id=about.survey_id,
        promised_at=about.promised_at,
        noted=about.noted,
        mode=one.mode,
        call_id=one.call_id,
        state=one.state,
        outcome=one.outcome,
        taken_at=one.taken_at,
    )


def car_words(car: Vehicle) -> str:
    """Model and plate."""
    return " ".join(filter(None, (car.model, car.plate)))


def promised_out(found: Promised) -> PromisedCall:
    """One promise."""
    return PromisedCall(**{name: getattr(found, name) for name in PromisedCall.model_fields})


def times_out(found: Allowed) -> PromiseTimes:
    """When he may be called."""
    spans = [TimeSpan(begins_at=begins, ends_at=ends) for begins, ends in found.spans]
    return PromiseTimes(zone=found.zone, spans=spans)
