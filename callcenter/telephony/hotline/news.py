"""What the house has decided about a call that is on our switch, told to its conversation."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from callcenter.calls import service as calls
from callcenter.calls.control.repository import SQL as CONTROL
from callcenter.calls.model import CallState
from callcenter.calls.queue.model import PlaceState
from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.db.database import Database
from callcenter.db.events import StoredEvent
from callcenter.db.follow import follow
from callcenter.db.retry import RETRYABLE
from callcenter.db.transaction import Tx
from callcenter.telephony.recordings.recorder import PauseChanged
from callcenter.telephony.switch import LiveCall

log = structlog.get_logger()

AGAIN_S = 0.5


@dataclass(frozen=True)
class AgentPicked:
    """It is this agent's turn to be rung; `offers` tells one ring from the next."""

    entry_id: UUID
    staff_id: UUID
    offers: int


@dataclass(frozen=True)
class AgentDropped:
    """He is not to be rung any more: passed on, lost, or not there in time."""

    staff_id: UUID


@dataclass(frozen=True)
class CallClosed:
    """The house has ended the call: at the desk, or for a call-back."""


@dataclass(frozen=True)
class Ordered:
    """A desk wants something done with the call."""

    order_id: UUID


@dataclass(frozen=True)
class LookAgain:
    """Something may have been missed: the house is asked how it stands."""


HouseNews = AgentPicked | AgentDropped | CallClosed | Ordered | LookAgain | PauseChanged


async def as_it_stands(tx: Tx, call_id: UUID) -> AgentPicked | CallClosed | None:
    """Whose turn it is at this moment, if it is anybody's; or that the call is over."""
    if (await calls.get(tx, call_id)).state is CallState.ENDED:
        return CallClosed()
    for place in await QUEUE.places_of_call(tx.connection, call_id=call_id):
        if place["state"] == PlaceState.OFFERED:
            return AgentPicked(place["id"], place["offered_to"], place["offers"])
    return None


class News:
    """The calls of this process, by the id that the house gave them. `dial` is told of each call of
    ours that an agent waits for; twice of some."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.calls: dict[UUID, LiveCall] = {}
        self.dial: Callable[[UUID], None] = lambda _: None
        self.is_listening = asyncio.Event()

    @asynccontextmanager
    async def told_of(self, call_id: UUID, call: LiveCall) -> AsyncIterator[None]:
        """Within, the call's conversation hears what the house decides about it."""
        self.calls[call_id] = call
        try:
            yield
        finally:
            self.calls.pop(call_id, None)

    async def serve(self) -> None:
        """Until it is cancelled; a lost connection costs half a second, and no news."""
        while True:
            try:
                await follow(self.database, self._begin, self._hear)
            except RETRYABLE as failure:
                log.warning("news_lost", error=repr(failure))
            self.is_listening.clear()
            await asyncio.sleep(AGAIN_S)

    async def _begin(self, tx: Tx, _: str) -> None:
        for call in self.calls.values():
            call.tell(LookAgain())
            call.tell(PauseChanged())
        for row in await CONTROL.undialled(tx.connection):
            self.dial(row["id"])
        self.is_listening.set()

    async def _hear(self, _: Tx, events: Sequence[StoredEvent], __: str) -> None:
        for event in events:
            told = event.facts.get("call_id")
            if event.kind == "call.dialled":
                self.dial(UUID(event.facts["call_id"]))
            call = self.calls.get(UUID(told)) if told else None
            news = _news_of(event.kind, event.facts)
            if call is not None and news is not None:
                call.tell(news)


def _news_of(kind: str, facts: dict[str, Any]) -> HouseNews | None:
    if kind == "queue.offered":
        return AgentPicked(UUID(facts["entry_id"]), UUID(facts["staff_id"]), facts["offers"])
    if kind == "queue.waits_again":
        return AgentDropped(UUID(facts["staff_id"]))
    if kind == "call.ordered":
        return Ordered(UUID(facts["order_id"]))
    if kind in ("recording.pause_asked", "recording.resume_asked"):
        return PauseChanged()
    return CallClosed() if kind == "call.ended" else None
