"""Offers that end while their call goes on, told to its conversation."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import structlog

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent
from callcenter.db.follow import follow
from callcenter.db.retry import RETRYABLE
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.events import OfferAccepted, OfferEnded
from callcenter.routing.model import OfferState
from callcenter.telephony.duty.answering import OfferOver
from callcenter.telephony.switch import LiveCall

log = structlog.get_logger()

AGAIN_S = 0.5


class OfferNews:
    """The calls of this process, by the offer that each is about now."""

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
                log.warning("offer_news_lost", error=repr(failure))
            self.is_listening.clear()
            await asyncio.sleep(AGAIN_S)

    async def look(self, tx: Tx, offer_id: UUID) -> None:
        """Tell an end that came before anybody listened."""
        offer = await repository.get_offer(tx, offer_id)
        if offer.state is not OfferState.OFFERED:
            self._tell(OfferOver(offer.id, offer.state, offer.end_reason))

    async def _begin(self, tx: Tx, _: str) -> None:
        for offer_id in list(self.calls):
            await self.look(tx, offer_id)
        self.is_listening.set()

    async def _hear(self, _: Tx, events: Sequence[StoredEvent], __: str) -> None:
        for event in events:
            if event.kind == OfferEnded.kind:
                state = OfferState(event.facts["state"])
                offer_id = UUID(event.facts["offer_id"])
                self._tell(OfferOver(offer_id, state, event.facts["reason"]))
            elif event.kind == OfferAccepted.kind:
                self._tell(OfferOver(UUID(event.facts["offer_id"]), OfferState.ACCEPTED))

    def _tell(self, over: OfferOver) -> None:
        if over.offer_id in self.calls:
            self.calls[over.offer_id].tell(over)
