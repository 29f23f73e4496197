"""What the house has decided about a call that is on our switch, told to its conversation."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

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
class LookAgain:
    """Something may have been missed: the house is asked how it stands."""


HouseNews = AgentPicked | AgentDropped | CallClosed | LookAgain | PauseChanged


async def agent_picked(tx: Tx, call_id: UUID) -> AgentPicked | None:
    """Whose turn it is at this moment, if it is anybody's."""
    for place in await QUEUE.places_of_call(tx.connection, call_id=call_id):
        if place["state"] == PlaceState.OFFERED:
            return AgentPicked(place["id"], place["offered_to"], place["offers"])
    return None


class News:
    """The calls of this process, by the id that the house gave them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.calls: dict[UUID, LiveCall] = {}
        self.is_listening = asyncio.Event()

    async def serve(self) -> None:
        """Until it is cancelled; a lost connection costs half a second, and no news."""
        while True:
            try:
                await follow(self.database, self._begin, self._hear)
            except RETRYABLE as failure:
                log.warning("news_lost", error=repr(failure))
            self.is_listening.clear()
            await asyncio.sleep(AGAIN_S)

    async def _begin(self, _: Tx, __: str) -> None:
        for call in self.calls.values():
            call.tell(LookAgain())
            call.tell(PauseChanged())
        self.is_listening.set()

    async def _hear(self, _: Tx, events: Sequence[StoredEvent], __: str) -> None:
        for event in events:
            told = event.facts.get("call_id")
            call = self.calls.get(UUID(told)) if told else None
            news = _news_of(event.kind, event.facts)
            if call is not None and news is not None:
                call.tell(news)


def _news_of(kind: str, facts: dict[str, Any]) -> HouseNews | None:
    if kind == "queue.offered":
        return AgentPicked(UUID(facts["entry_id"]), UUID(facts["staff_id"]), facts["offers"])
    if kind == "queue.waits_again":
        return AgentDropped(UUID(facts["staff_id"]))
    if kind in ("recording.pause_asked", "recording.resume_asked"):
        return PauseChanged()
    return CallClosed() if kind == "call.ended" else None
