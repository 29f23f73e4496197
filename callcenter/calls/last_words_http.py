"""The route by which the desk knows what an owner was told last."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from callcenter.calls.last_words import LastContact, Remembered
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import Moment, QueryModel, WireModel

routes = Routes(tags=["calls"])


class LastContactOut(WireModel):
    """What was said to an owner once. `is_sure`: false when nobody knows whether it reached him.
    `note`: what the agent who spoke with him wrote down. `half_done`: the survey response he has
    begun, to go on with."""

    at: Moment
    is_sure: bool
    channel: str
    purpose: str
    campaign: str | None
    words: str
    reason: dict[str, Any]
    outcome: str | None
    promised: str
    note: str
    half_done: UUID | None


class LastWordsOut(WireModel):
    """The newest first; few."""

    items: list[LastContactOut]


class LastWordsPath(QueryModel):
    """The owner in the address."""

    owner_id: UUID


@routes.get("/api/v1/owners/{owner_id}/last-words", permission=Permission.CALLS_READ)
async def last_words(call: Call, path: LastWordsPath) -> LastWordsOut:
    """What was said to this owner last, on whatever way: he may ring about it. Empty for one whom
    nobody has spoken to."""
    found = await call.part(Remembered).by(call.tx, path.owner_id)
    return LastWordsOut(items=[_out(one) for one in found])


def _out(contact: LastContact) -> LastContactOut:
    return LastContactOut(**asdict(contact))
