"""What an agent's calls to owners look like on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.customers.model import Owner
from callcenter.outbound.dialling.model import OwnerCall, OwnerCallState, Skip
from callcenter.outbound.model import Outcome
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
    """Whom to call: who he is, why him, and the words. The number as the role may see it."""

    id: UUID
    owner_id: UUID
    owner: str
    tier: int
    cars: list[str]
    phone: str
    language: str
    campaign_id: UUID
    campaign: str
    why: list[str]
    words: str
    call_id: UUID | None
    state: OwnerCallState
    outcome: Outcome | None
    taken_at: datetime


class MyOwnerCall(WireModel):
    """Whom the agent has before him; null for nobody."""

    call: OwnerCallOut | None


def owner_call_out(
    one: OwnerCall, owner: Owner, campaign: str, why: list[str], *, phones: bool
) -> OwnerCallOut:
    """With what the agent must know before he dials."""
    return OwnerCallOut(
        id=one.id,
        owner_id=one.owner_id,
        owner=owner.name,
        tier=owner.tier,
        cars=[" ".join(filter(None, (car.model, car.plate))) for car in owner.vehicles],
        phone=one.number if phones else masked(one.number),
        language=one.language,
        campaign_id=one.campaign_id,
        campaign=campaign,
        why=why,
        words=one.words,
        call_id=one.call_id,
        state=one.state,
        outcome=one.outcome,
        taken_at=one.taken_at,
    )
