"""All that routing answers to others' news and its own, on one screen."""

from typing import Any
from uuid import UUID

from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Reaction, Timer, Work
from callcenter.db.transaction import Tx
from callcenter.routing import by_hand, clocks, confirmed_place, ladder, ladder_alarms, standstill
from callcenter.routing.events import (
    DispatchMoved,
    EtaChanged,
    HandedOver,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    PlaceMoved,
    StationAsked,
    WayTold,
)
from callcenter.routing.push_offer import PUSH_OFFER, pusher
from callcenter.routing.telling import Teller
from callcenter.routing.towing import ends as tow_ends
from callcenter.routing.towing.events import DestinationChosen, TowLate, TowMoved
from callcenter.routing.towing.telling import TowTeller
from callcenter.routing.travel import MEASURE_AND_ASK, measurer
from callcenter.settings import RoutingSettings, Settings
from callcenter.staff.events import AlarmTaken
from callcenter.tickets import repository as tickets
from callcenter.tickets.events import PlaceConfirmed, PriorityChanged, TicketMoved, TicketOpened
from callcenter.tickets.model import ENDED
from callcenter.web.links import SignedLinks

SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    PlaceConfirmed: ("routing.place_confirmed",),
    PriorityChanged: ("routing.hasten", "routing.watch_standstill"),
    AlarmTaken: ("routing.follow_up_alarm",),
    OfferMade: ("routing.tell_offer_made",),
    OfferEnded: ("routing.tell_offer_ended",),
    OfferAccepted: ("routing.tell_accepted",),
    DispatchMoved: ("routing.tell_moved",),
    EtaChanged: ("routing.tell_eta_changed",),
    StationAsked: ("routing.tell_delay",),
    PlaceMoved: ("routing.tell_place_moved",),
    WayTold: ("routing.tell_way",),
    HandedOver: ("routing.tell_handed_over",),
    DestinationChosen: ("routing.tell_tow",),
    TowMoved: ("routing.tell_tow",),
    TowLate: ("routing.tell_tow",),
    TicketOpened: ("routing.watch_standstill",),
    TicketMoved: ("routing.end_asking", "routing.watch_standstill", "routing.tell_ticket_moved"),
}


def work(settings: Settings, links: SignedLinks) -> Work:
    """The reactions, timers and errands of this room."""
    teller, rules = Teller(settings, links), _Rules(settings.routing)
    reactions: dict[str, Reaction] = {
        "routing.place_confirmed": rules.place_confirmed,
        "routing.hasten": rules.hasten,
        "routing.follow_up_alarm": rules.follow_up_alarm,
        "routing.end_asking": rules.end_asking,
        "routing.watch_standstill": rules.watch_standstill,
        "routing.tell_offer_made": teller.offer_made,
        "routing.tell_offer_ended": teller.offer_ended,
        "routing.tell_accepted": teller.accepted,
        "routing.tell_moved": teller.moved,
        "routing.tell_eta_changed": teller.eta_changed,
        "routing.tell_delay": teller.delay,
        "routing.tell_ticket_moved": teller.ticket_moved,
        "routing.tell_place_moved": teller.place_moved,
        "routing.tell_way": teller.way,
        "routing.tell_handed_over": teller.handed_over,
        "routing.tell_tow": TowTeller(settings, links).tell,
    }
    timers: dict[str, Timer] = {
        "routing.expire_offer": rules.expire_offer,
        "routing.sound_deadline": ladder_alarms.sound_deadline,
        "routing.look_again": rules.look_again,
        "routing.check_departure": rules.check_departure,
        "routing.check_arrival": rules.check_arrival,
        "routing.check_silence": rules.check_silence,
        "routing.check_standstill": rules.check_standstill,
        "routing.check_delivery": rules.check_delivery,
    }
    errands = {
        MEASURE_AND_ASK: measurer(settings.routing),
        PUSH_OFFER: pusher(settings, links),
    }
    return Work(reactions=reactions, timers=timers, errands=errands)


class _Rules:
    """The reactions and timers that need the room's numbers."""

    def __init__(self, settings: RoutingSettings) -> None:
        self.settings = settings

    async def place_confirmed(self, tx: Tx, event: StoredEvent) -> None:
        await confirmed_place.place_confirmed(tx, _ticket(event), self.settings)

    async def hasten(self, tx: Tx, event: StoredEvent) -> None:
        await by_hand.hasten(tx, _ticket(event), self.settings)

    async def follow_up_alarm(self, tx: Tx, event: StoredEvent) -> None:
        """An alarm that was taken is looked at again: taking it is not yet help."""
        if event.ticket_id is not None and event.facts["alarm_kind"] in ladder_alarms.LADDER_ALARMS:
            await ladder_alarms.watch_taken_alarm(tx, event.ticket_id, self.settings)

    async def end_asking(self, tx: Tx, event: StoredEvent) -> None:
        """A rescue that ended at the desk asks nobody any more, unless it was taken up again."""
        ticket = await tickets.lock(tx, _ticket(event))
        if ticket.stage in ENDED:
            await by_hand.end_asking(tx, "system", _ticket(event), "rescue_ended")

    async def look_again(self, tx: Tx, payload: dict[str, Any]) -> None:
        await ladder_alarms.look_again(tx, payload, self.settings)

    async def expire_offer(self, tx: Tx, payload: dict[str, Any]) -> None:
        await ladder.expire_offer(tx, payload, self.settings)

    async def check_departure(self, tx: Tx, payload: dict[str, Any]) -> None:
        await clocks.check_departure(tx, payload, self.settings)

    async def check_arrival(self, tx: Tx, payload: dict[str, Any]) -> None:
        await clocks.check_arrival(tx, payload, self.settings)

    async def check_silence(self, tx: Tx, payload: dict[str, Any]) -> None:
        await clocks.check_silence(tx, payload, self.settings)

    async def watch_standstill(self, tx: Tx, event: StoredEvent) -> None:
        await standstill.watch(tx, _ticket(event), self.settings)

    async def check_standstill(self, tx: Tx, payload: dict[str, Any]) -> None:
        await standstill.check(tx, payload, self.settings)

    async def check_delivery(self, tx: Tx, payload: dict[str, Any]) -> None:
        await tow_ends.check_delivery(tx, payload, self.settings)


def _ticket(event: StoredEvent) -> UUID:
    assert event.ticket_id is not None
    return event.ticket_id
