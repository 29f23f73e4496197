"""The answer that a key gives: the same verbs, with the same compare-and-set, as the page's."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.routing import answers, repository
from callcenter.routing.errors import (
    NotDispatching,
    OfferGone,
    RescueTaken,
    TruckTaken,
    TruckUnfit,
)
from callcenter.routing.model import DeclineReason, OfferState
from callcenter.settings import RoutingSettings


@dataclass(frozen=True)
class OfferOver:
    """The offer has ended, however it did."""

    offer_id: UUID
    state: OfferState
    reason: str | None = None


class NoTruck(Exception):
    """The station has none that could go."""


@dataclass(frozen=True)
class Answering:
    """For one offer. Verbs answer None when they were in time, else how the offer had ended."""

    database: Database
    settings: RoutingSettings
    offer_id: UUID

    @property
    def actor(self) -> str:
        """Whoever holds the duty phone."""
        return f"phone:offer:{self.offer_id}"

    async def accept(self, minutes: int) -> OfferOver | None:
        """Raises NoTruck."""
        try:
            await self.database.run(lambda tx: self._accept(tx, minutes))
        except (TruckTaken, TruckUnfit):
            raise NoTruck from None
        except (OfferGone, RescueTaken, NotDispatching):
            return await self.how_it_ended()
        return None

    async def decline(self, reason: DeclineReason) -> OfferOver | None:
        """The ladder goes on at once."""
        try:
            await self.database.run(
                lambda tx: answers.decline_offer(
                    tx, self.actor, self.offer_id, reason, self.settings
                )
            )
        except OfferGone:
            return await self.how_it_ended()
        return None

    async def how_it_ended(self) -> OfferOver:
        """As it stands now; one whose time is over counts as ended."""
        offer = await self.database.run(
            lambda tx: repository.get_offer(tx, self.offer_id), readonly=True
        )
        is_open = offer.state is OfferState.OFFERED
        state = OfferState.EXPIRED if is_open else offer.state
        return OfferOver(offer.id, state, offer.end_reason)

    async def _accept(self, tx: Tx, minutes: int) -> None:
        await answers.accept_offer(
            tx,
            self.actor,
            self.offer_id,
            eta_minutes=minutes,
            truck_id=None,
            settings=self.settings,
            by_phone=True,
        )
