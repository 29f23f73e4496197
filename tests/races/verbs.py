"""One rescue in the middle of its life, and everything somebody may do to it at that moment."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.places.model import Datum, Position, Source
from callcenter.routing import (
    answers,
    by_hand,
    clocks,
    confirmed_place,
    journey,
    ladder,
    ladder_alarms,
    repository,
    standstill,
    truck_way,
)
from callcenter.routing.model import DeclineReason, Dispatch, DispatchStage, Offer
from callcenter.routing.towing import ends as tow_ends
from callcenter.routing.towing import service as towing
from callcenter.routing.towing import tows
from callcenter.routing.towing.errors import TowNotFound
from callcenter.routing.towing.finding import Wish
from callcenter.routing.towing.tows import OnwardKind
from callcenter.stations.model import Station
from callcenter.tickets import repository as tickets_repository
from callcenter.tickets import service as tickets
from callcenter.web import files
from tests.contract.world import PNG
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
    seen: UUID | None = None

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

    async def first_offer_runs_out(self, tx: Tx) -> None:
        await tx.connection.execute(
            "update offers set expires_at = now() - interval '1 s' where id = $1",
            self.offers[0].id,
        )

    async def first_falls_silent(self, tx: Tx) -> None:
        told = {"offer_id": str(self.offers[0].id)}
        await ladder.expire_offer(tx, told, self.scene.routing)

    async def alarm_is_followed_up(self, tx: Tx) -> None:
        told = {"ticket_id": str(self.ticket_id)}
        await ladder_alarms.look_again(tx, told, self.scene.routing)

    async def standstill_is_watched(self, tx: Tx) -> None:
        await standstill.watch(tx, self.ticket_id, self.scene.routing)

    async def standstill_is_checked(self, tx: Tx) -> None:
        ticket = await tickets_repository.get(tx, self.ticket_id)
        since = ticket.stage_since.isoformat()
        told = {"ticket_id": str(self.ticket_id), "since": since, "times": 1}
        await standstill.check(tx, told, self.scene.routing)

    async def deadline_sounds(self, tx: Tx) -> None:
        standing = await repository.get_ladder(tx, self.ticket_id)
        assert standing is not None
        payload = {"ticket_id": str(self.ticket_id), "round": standing.round}
        await ladder_alarms.sound_deadline(tx, payload)

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

    async def is_hastened(self, tx: Tx) -> None:
        await by_hand.hasten(tx, self.ticket_id, self.scene.routing)

    async def place_is_corrected(self, tx: Tx) -> None:
        await name_place(tx, self.ticket_id, km_north=20)

    async def news_of_the_place(self, tx: Tx) -> None:
        await confirmed_place.place_confirmed(tx, self.ticket_id, self.scene.routing)

    async def departs(self, tx: Tx) -> None:
        await journey.depart(tx, "station", self.dispatch_id)

    async def arrives(self, tx: Tx) -> None:
        await journey.arrive(tx, "station", self.dispatch_id)

    async def completes(self, tx: Tx) -> None:
        await journey.complete(tx, "station", self.dispatch_id, "repaired")

    async def finds_nobody(self, tx: Tx) -> None:
        photo = await files.store(tx, PNG, uploaded_by="station")
        await journey.gone_on_arrival(
            tx, "station", self.dispatch_id, proof_file=photo.id, called_owner=True
        )

    async def departure_is_told_by_phone(self, tx: Tx) -> None:
        await by_hand.report_by_phone(tx, DESK, self.dispatch_id, DispatchStage.DEPARTED, "")

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
        await truck_way.see_truck(tx, "station", self.dispatch_id, position, self.scene.routing)

    async def departure_is_checked(self, tx: Tx) -> None:
        await clocks.check_departure(tx, {"dispatch_id": str(self.dispatch_id)}, self.scene.routing)

    async def arrival_is_checked(self, tx: Tx) -> None:
        due = (await repository.get_dispatch(tx, self.dispatch_id)).eta_at.isoformat()
        await clocks.check_arrival(
            tx, {"dispatch_id": str(self.dispatch_id), "due": due}, self.scene.routing
        )

    async def silence_is_checked(self, tx: Tx) -> None:
        payload = {"dispatch_id": str(self.dispatch_id)}
        await clocks.check_silence(tx, payload, self.scene.routing)

    async def tow(self, tx: Tx) -> tows.Tow:
        """Its second leg, as the page that somebody looks at has it."""
        tow = await tows.tow_of_dispatch(tx, self.dispatch_id)
        if tow is None:
            raise TowNotFound
        return tow

    async def tow_is_planned(self, tx: Tx) -> None:
        await towing.plan(tx, "station", self.dispatch_id, self.scene.routing)

    async def car_is_loaded(self, tx: Tx) -> None:
        await towing.load(tx, "station", (await self.tow(tx)).id)

    async def destination_refuses(self, tx: Tx) -> None:
        tow = await self.tow(tx)
        assert self.seen is not None
        await towing.refuse(tx, DESK, tow.id, self.seen, "no lift free", self.scene.routing)

    async def owner_wishes(self, tx: Tx) -> None:
        tow = await self.tow(tx)
        wish = Wish(place_words="Lin's garage", reason="owner's wish")
        await towing.choose(tx, DESK, tow.id, wish, self.scene.routing, instead_of=self.seen)

    async def driver_knows_better(self, tx: Tx) -> None:
        tow = await self.tow(tx)
        wish = Wish(self.third.id, reason="the road to it is open")
        await towing.choose(tx, "station", tow.id, wish, self.scene.routing, instead_of=self.seen)

    async def car_is_delivered(self, tx: Tx) -> None:
        tow = await self.tow(tx)
        assert self.seen is not None
        await towing.deliver(tx, "station", tow.id, self.seen)

    async def delivery_is_checked(self, tx: Tx) -> None:
        tow = await self.tow(tx)
        told = {"tow_id": str(tow.id), "promised": f"{tow.due_at}", "times": 1}
        await tow_ends.check_delivery(tx, told, self.scene.routing)

    async def towed_without_a_word(self, tx: Tx) -> None:
        await journey.complete(tx, "station", self.dispatch_id, "towed_to_workshop")

    async def people_travel_on(self, tx: Tx) -> None:
        await towing.record_onward_travel(tx, DESK, self.ticket_id, OnwardKind.TAXI, 2, "")


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
    Rescue.first_falls_silent,
    Rescue.deadline_sounds,
    Rescue.alarm_is_followed_up,
    Rescue.standstill_is_watched,
    Rescue.standstill_is_checked,
    Rescue.assigned_by_hand,
    Rescue.held,
    Rescue.let_go_on,
    Rescue.danger_is_marked,
    Rescue.is_hastened,
    *FROM_DESK,
]
UNDER_WAY = [
    Rescue.departs,
    Rescue.arrives,
    Rescue.completes,
    Rescue.finds_nobody,
    Rescue.departure_is_told_by_phone,
    Rescue.hands_back,
    Rescue.reassigned,
    Rescue.promises_anew,
    Rescue.truck_is_seen,
    Rescue.departure_is_checked,
    Rescue.arrival_is_checked,
    Rescue.silence_is_checked,
    *FROM_DESK,
]
TOWING = [
    Rescue.tow_is_planned,
    Rescue.car_is_loaded,
    Rescue.destination_refuses,
    Rescue.owner_wishes,
    Rescue.driver_knows_better,
    Rescue.car_is_delivered,
    Rescue.delivery_is_checked,
    Rescue.towed_without_a_word,
    Rescue.people_travel_on,
    Rescue.completes,
    Rescue.hands_back,
    Rescue.reassigned,
    Rescue.cancelled,
]
"""While the car is being taken away."""
