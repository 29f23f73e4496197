"""One rescue in the middle of its life, and everything somebody may do to it at that moment."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.places.model import Datum, Position, Source
from callcenter.routing import answers, by_hand, clocks, journey, ladder, repository
from callcenter.routing.model import DeclineReason, Dispatch, Offer
from callcenter.stations.model import Station
from callcenter.tickets import repository as tickets_repository
from callcenter.tickets import service as tickets
from tests.races.scene import DESK, Scene, name_place
from tests.service import SHENYANG

BY_HAND: dict[str, Any] = {"overruled": (), "reason": "spoke to Wang"}


@dataclass
class Rescue:
    """Its verbs, each in the transaction it is given; `third` is a station not asked yet."""

    scene: Scene
    ticket_id: UUID
    third: Station
    offers: list[Offer] = field(default_factory=list)
    dispatch: Dispatch | None = None

    @property
    def dispatch_id(self) -> UUID:
        assert self.dispatch is not None
        return self.dispatch.id

    async def first_accepts(self, tx: Tx) -> None:
        await self.scene.accept(self.offers[0])(tx)

    async def second_accepts(self, tx: Tx) -> None:
        await self.scene.accept(self.offers[1])(tx)

    async def first_declines(self, tx: Tx) -> None:
        offer = self.offers[0]
        await answers.decline_offer(
            tx, "station", offer.id, DeclineReason.TOO_FAR, self.scene.routing
        )

    async def first_sees_it(self, tx: Tx) -> None:
        await answers.see_offer(tx, "station", self.offers[0].id)

    async def deadline_sounds(self, tx: Tx) -> None:
        standing = await repository.get_ladder(tx, self.ticket_id)
        assert standing is not None
        payload = {"ticket_id": str(self.ticket_id), "round": standing.round}
        await ladder.sound_deadline(tx, payload)

    async def assigned_by_hand(self, tx: Tx) -> None:
        await by_hand.assign(
            tx, DESK, self.ticket_id, self.third.id, settings=self.scene.routing, **BY_HAND
        )

    async def accepted_by_phone(self, tx: Tx) -> None:
        await by_hand.accept_by_phone(
            tx,
            DESK,
            self.ticket_id,
            self.third.id,
            eta_minutes=20,
            truck_id=None,
            settings=self.scene.routing,
            **BY_HAND,
        )

    async def asked_again(self, tx: Tx) -> None:
        await by_hand.ask_again(tx, DESK, self.ticket_id, self.scene.routing)

    async def held(self, tx: Tx) -> None:
        await by_hand.hold(tx, DESK, self.ticket_id, True, self.scene.routing)

    async def let_go_on(self, tx: Tx) -> None:
        await by_hand.hold(tx, DESK, self.ticket_id, False, self.scene.routing)

    async def handed_over(self, tx: Tx) -> None:
        await by_hand.hand_over(tx, DESK, self.ticket_id, "12122", "their truck is nearer")

    async def cancelled(self, tx: Tx) -> None:
        await by_hand.cancel_rescue(tx, DESK, self.ticket_id, "starts again")

    async def danger_is_marked(self, tx: Tx) -> None:
        ticket = await tickets_repository.lock(tx, self.ticket_id)
        await tickets.edit_ticket(tx, DESK, ticket, {"danger": True})

    async def place_is_corrected(self, tx: Tx) -> None:
        await name_place(tx, self.ticket_id, km_north=20)

    async def news_of_the_place(self, tx: Tx) -> None:
        await ladder.place_confirmed(tx, self.ticket_id, self.scene.routing)

    async def departs(self, tx: Tx) -> None:
        await journey.depart(tx, "station", self.dispatch_id)

    async def arrives(self, tx: Tx) -> None:
        await journey.arrive(tx, "station", self.dispatch_id)

    async def completes(self, tx: Tx) -> None:
        await journey.complete(tx, "station", self.dispatch_id, "repaired")

    async def hands_back(self, tx: Tx) -> None:
        await journey.hand_back(
            tx, "station", self.dispatch_id, "flat tyre too", self.scene.routing
        )

    async def reassigned(self, tx: Tx) -> None:
        await journey.reassign(tx, DESK, self.dispatch_id, "too slow", self.scene.routing)

    async def promises_anew(self, tx: Tx) -> None:
        await journey.change_eta(tx, "station", self.dispatch_id, 45)

    async def truck_is_seen(self, tx: Tx) -> None:
        position = Position(*SHENYANG, 10, await tx.now(), Source.TRUCK, Datum.WGS84)
        await journey.see_truck(tx, "station", self.dispatch_id, position, self.scene.routing)

    async def departure_is_checked(self, tx: Tx) -> None:
        await clocks.check_departure(tx, {"dispatch_id": str(self.dispatch_id)})

    async def arrival_is_checked(self, tx: Tx) -> None:
        due = (await repository.get_dispatch(tx, self.dispatch_id)).eta_at.isoformat()
        await clocks.check_arrival(tx, {"dispatch_id": str(self.dispatch_id), "due": due})

    async def silence_is_checked(self, tx: Tx) -> None:
        payload = {"dispatch_id": str(self.dispatch_id)}
        await clocks.check_silence(tx, payload, self.scene.routing)


FROM_DESK = [
    Rescue.accepted_by_phone,
    Rescue.asked_again,
    Rescue.handed_over,
    Rescue.cancelled,
    Rescue.place_is_corrected,
    Rescue.news_of_the_place,
]
WHILE_ASKED = [
    Rescue.first_accepts,
    Rescue.second_accepts,
    Rescue.first_declines,
    Rescue.first_sees_it,
    Rescue.deadline_sounds,
    Rescue.assigned_by_hand,
    Rescue.held,
    Rescue.let_go_on,
    Rescue.danger_is_marked,
    *FROM_DESK,
]
UNDER_WAY = [
    Rescue.departs,
    Rescue.arrives,
    Rescue.completes,
    Rescue.hands_back,
    Rescue.reassigned,
    Rescue.promises_anew,
    Rescue.truck_is_seen,
    Rescue.departure_is_checked,
    Rescue.arrival_is_checked,
    Rescue.silence_is_checked,
    *FROM_DESK,
]
