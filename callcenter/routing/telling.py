"""Says to stations and owners what happened: message rows, sent by the worker after commit."""

from uuid import UUID

from callcenter.db.events import StoredEvent
from callcenter.db.transaction import Tx
from callcenter.messages import service as messages
from callcenter.messages.model import Channel
from callcenter.places.roads.way import way_to
from callcenter.routing import push_offer, repository
from callcenter.routing.model import DispatchStage, OfferState
from callcenter.routing.words import OWNER, STATION, place_words
from callcenter.settings import Settings
from callcenter.stations import repository as stations
from callcenter.stations.model import Station
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Kind, Stage, Ticket
from callcenter.tickets.repository import TicketPlace
from callcenter.web.links import SignedLinks

NOBODY_HELD_IT = (Stage.OPENED, Stage.DISPATCHING, Stage.HANDED_OVER)
D = DispatchStage
STATION_HEARS = {D.CANCELLED: "cancelled", D.REASSIGNED: "reassigned"}
OWNER_HEARS = {
    D.DEPARTED: "departed",
    D.ARRIVED: "arrived",
    D.DONE: "done",
    D.GONE_ON_ARRIVAL: "gone_on_arrival",
    D.HANDED_BACK: "asking_again",
    D.REASSIGNED: "asking_again",
    D.CANCELLED: "cancelled",
}


class Teller:
    """The reactions that speak. Each message is keyed by its event, so twice is once."""

    def __init__(self, settings: Settings, links: SignedLinks) -> None:
        self.settings = settings
        self.links = links

    async def offer_made(self, tx: Tx, event: StoredEvent) -> None:
        """The station's duty phone gets the text with the short link; whoever has duty with the
        page open, or did, gets a push. A drill's leaves the house by no way. Where a switch dials
        out, the phone rings later, if nobody opens the offer: see `duty`."""
        offer = await repository.get_offer(tx, UUID(event.facts["offer_id"]))
        if offer.state is not OfferState.OFFERED:
            return
        place = await tickets.get_place(tx, offer.ticket_id, offer.place_id)
        assert place is not None
        where = await self._where(tx, event, place)
        spoken = () if self.settings.asterisk.dials_out else (Channel.DUTY_PHONE,)
        for channel in (Channel.TEXT, *spoken):
            await self._station(
                tx,
                event,
                "offer",
                channel=channel,
                offer_id=offer.id,
                place=where,
                km=f"{offer.distance_m / 1000:.1f}",
                seconds=round((offer.expires_at - offer.made_at).total_seconds()),
            )
        if not (await tickets.get(tx, offer.ticket_id)).drill:
            await push_offer.queue(tx, offer)

    async def offer_ended(self, tx: Tx, event: StoredEvent) -> None:
        """Only an offer that was taken back needs a word, and why: the others the station ended
        itself."""
        if event.facts["state"] == OfferState.WITHDRAWN:
            reason = event.facts["reason"]
            words = f"withdrawn_{reason}"
            await self._station(tx, event, words if words in STATION["zh"] else "withdrawn")

    async def accepted(self, tx: Tx, event: StoredEvent) -> None:
        """The owner learns who comes, and when; the station that said yes by telephone gets the
        link to its job."""
        dispatch = await repository.get_dispatch(tx, UUID(event.facts["dispatch_id"]))
        station = await stations.get(tx, dispatch.station_id)
        minutes = round((dispatch.eta_at - dispatch.accepted_at).total_seconds() / 60)
        ticket = await tickets.get(tx, dispatch.ticket_id)
        names = {"zh": station.name_zh, "en": station.name_en}
        await self._owner(tx, event, ticket, "accepted", station=names, minutes=minutes)
        if dispatch.by_phone:
            await self._station(tx, event, "by_phone", offer_id=dispatch.offer_id)

    async def moved(self, tx: Tx, event: StoredEvent) -> None:
        """Each step of the journey: the owner, and the station when the desk took it."""
        stage = DispatchStage(event.facts["stage"])
        ticket = await tickets.get(tx, _ticket_id(event))
        now_at = event.facts.get("ticket_stage")
        if stage in STATION_HEARS:
            is_merged = now_at == Stage.MERGED
            await self._station(
                tx, event, "cancelled_merged" if is_merged else STATION_HEARS[stage]
            )
        if stage in OWNER_HEARS and now_at not in (Stage.HANDED_OVER, Stage.MERGED):
            await self._owner(tx, event, ticket, OWNER_HEARS[stage])

    async def eta_changed(self, tx: Tx, event: StoredEvent) -> None:
        """The owner learns the new time, when the truck is not there yet."""
        dispatch = await repository.get_dispatch(tx, UUID(event.facts["dispatch_id"]))
        if dispatch.ended_at is None and dispatch.arrived_at is None:
            minutes = max(1, round((dispatch.eta_at - event.at).total_seconds() / 60))
            ticket = await tickets.get(tx, dispatch.ticket_id)
            await self._owner(tx, event, ticket, "eta_changed", minutes=minutes)

    async def ticket_moved(self, tx: Tx, event: StoredEvent) -> None:
        """Cancelled before anybody was on the way: the owner reads that nobody will come."""
        ticket = await tickets.get(tx, _ticket_id(event))
        was, stage = event.facts["was"], event.facts["stage"]
        if ticket.kind is Kind.RESCUE and stage == Stage.CANCELLED and was in NOBODY_HELD_IT:
            await self._owner(tx, event, ticket, "cancelled")

    async def delay(self, tx: Tx, event: StoredEvent) -> None:
        """A clock ran out: the station is asked; the owner is told once, and not while the truck
        stands beside him."""
        dispatch = await repository.get_dispatch(tx, UUID(event.facts["dispatch_id"]))
        if dispatch.ended_at is not None:
            return
        await self._station(tx, event, event.facts["clock"], offer_id=dispatch.offer_id)
        ticket = await tickets.get(tx, dispatch.ticket_id)
        if dispatch.arrived_at is None and event.facts.get("times", 1) == 1:
            await self._owner(tx, event, ticket, "delayed")

    async def place_moved(self, tx: Tx, event: StoredEvent) -> None:
        """The station that is coming looks again where to; on the other side, which way."""
        if event.facts["dispatch_id"]:
            dispatch = await repository.get_dispatch(tx, UUID(event.facts["dispatch_id"]))
            words = "other_carriageway" if event.facts.get("other_carriageway") else "place_moved"
            language = (await _station_of(tx, event)).language
            way = await way_to(tx, language, (await _place(tx, event)).on_road)
            await self._station(tx, event, words, offer_id=dispatch.offer_id, way=way)

    async def way(self, tx: Tx, event: StoredEvent) -> None:
        """The direction is known now: the station reads which way to come from."""
        offer = await repository.get_offer(tx, UUID(event.facts["offer_id"]))
        if offer.state in (OfferState.OFFERED, OfferState.ACCEPTED):
            place, language = await _place(tx, event), (await _station_of(tx, event)).language
            where, way = place_words(language, place), await way_to(tx, language, place.on_road)
            await self._station(tx, event, "way", offer_id=offer.id, place=where, way=way)

    async def handed_over(self, tx: Tx, event: StoredEvent) -> None:
        """The owner learns that the road operator comes instead."""
        ticket = await tickets.get(tx, _ticket_id(event))
        await self._owner(tx, event, ticket, "handed_over", operator=event.facts["operator"])

    async def _where(self, tx: Tx, event: StoredEvent, place: TicketPlace) -> str:
        """Which place, and which way to come from."""
        language = (await _station_of(tx, event)).language
        said, way = place_words(language, place), await way_to(tx, language, place.on_road)
        if not way:
            return said
        return f"{said}. {way}." if language == "en" else f"{said}。{way}。"

    async def _station(
        self,
        tx: Tx,
        event: StoredEvent,
        words: str,
        *,
        channel: Channel = Channel.TEXT,
        offer_id: UUID | None = None,
        **values: object,
    ) -> None:
        station = await _station_of(tx, event)
        phone = await stations.duty_phone(tx, station.id)
        if phone is None:
            return
        ticket = await tickets.get(tx, _ticket_id(event))
        url = f"{self.settings.base_url}/s/{self.links.make('offer', offer_id)}" if offer_id else ""
        await messages.queue(
            tx,
            key=f"{event.id}:station:{channel.value}",
            channel=channel,
            recipient=phone,
            language=station.language,
            purpose=f"station_{words}",
            body=STATION[station.language][words].format(number=ticket.number, url=url, **values),
            drill=ticket.drill,
            ticket_id=ticket.id,
            station_id=station.id,
        )

    async def _owner(
        self, tx: Tx, event: StoredEvent, ticket: Ticket, words: str, **values: object
    ) -> None:
        """Everybody who waits for it: the callers of merged rescues each under his own number, in
        his language. A value that is a mapping is in two languages."""
        callers = {
            caller.caller_phone: caller
            for caller in (*await tickets.goes_on_for(tx, ticket.id), ticket)
            if caller.caller_phone
        }
        for phone, caller in callers.items():
            url = f"{self.settings.base_url}/o/{self.links.make('owner', caller.id)}"
            said = {n: v[caller.language] if isinstance(v, dict) else v for n, v in values.items()}
            text = OWNER[caller.language][words]
            await messages.queue(
                tx,
                key=f"{event.id}:owner:{caller.id}",
                channel=Channel.TEXT,
                recipient=phone,
                language=caller.language,
                purpose=f"owner_{words}",
                body=text.format(number=caller.number, url=url, **said),
                drill=caller.drill,
                ticket_id=caller.id,
            )


async def _station_of(tx: Tx, event: StoredEvent) -> Station:
    assert event.station_id is not None
    return await stations.get(tx, event.station_id)


async def _place(tx: Tx, event: StoredEvent) -> TicketPlace:
    place = await tickets.get_place(tx, _ticket_id(event), UUID(event.facts["place_id"]))
    assert place is not None
    return place


def _ticket_id(event: StoredEvent) -> UUID:
    assert event.ticket_id is not None
    return event.ticket_id
