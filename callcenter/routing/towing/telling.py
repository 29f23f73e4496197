"""Says where the car is taken: to the owner, to who takes it in, and to who no longer does."""

from datetime import datetime
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.events import StoredEvent
from callcenter.db.transaction import Tx
from callcenter.messages import service as messages
from callcenter.messages.model import Channel
from callcenter.routing.repository import get_dispatch
from callcenter.routing.towing import tows
from callcenter.routing.towing.destination import DestinationKind
from callcenter.routing.towing.events import DestinationChosen, TowLate, TowMoved
from callcenter.routing.towing.tows import Tow, TowDestination, TowStage
from callcenter.routing.towing.words import A_CAR, OWNER, STATION
from callcenter.settings import Settings
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets.car import car_of
from callcenter.tickets.model import Ticket
from callcenter.web.links import SignedLinks


class TowTeller:
    """One reaction for all news of a tow. Each message is keyed by its event and addressee."""

    def __init__(self, settings: Settings, links: SignedLinks) -> None:
        self.settings = settings
        self.links = links

    async def tell(self, tx: Tx, event: StoredEvent) -> None:
        """What is still so is told; a destination that counts no more is not announced."""
        tow = await tows.get_tow(tx, UUID(event.facts["tow_id"]))
        ticket = await tickets.get(tx, tow.ticket_id)
        at = await tows.destination(tx, tow)
        if event.kind == DestinationChosen.kind:
            await self._call_off(tx, event, ticket, event.facts["instead_of"], at)
            if at and str(at.id) == event.facts["destination_id"]:
                await self._announce(tx, event, ticket, tow, at)
        elif event.kind == TowMoved.kind and event.facts["stage"] == TowStage.ENDED and at:
            await self._call_off(tx, event, ticket, str(at.id), None)
        elif event.kind == TowMoved.kind and at:
            words = {TowStage.IN_YARD: "in_yard", TowStage.DELIVERED: "delivered"}
            if told := words.get(TowStage(event.facts["stage"])):
                await self._owner(tx, event, ticket, told, at)
        elif event.kind == TowLate.kind and tow.stage is TowStage.IN_YARD:
            dispatch = await get_dispatch(tx, tow.dispatch_id)
            await self._station(tx, event, ticket, dispatch.station_id, "late")

    async def _announce(
        self, tx: Tx, event: StoredEvent, ticket: Ticket, tow: Tow, at: TowDestination
    ) -> None:
        """The workshop learns that a car comes, the yard that it stays the night."""
        if tow.stage is TowStage.DELIVERED:
            await self._owner(tx, event, ticket, "delivered", at)
            return
        if at.kind is DestinationKind.YARD:
            await self._coming(tx, event, ticket, at.station_id, "yard", at.arrive_at)
            await self._coming(tx, event, ticket, at.workshop_id, "morning", at.deliver_by)
        elif at.waits_until:
            await self._wait_at_gate(tx, event, ticket, tow, at)
        else:
            await self._coming(tx, event, ticket, at.station_id, "coming", at.arrive_at)
        await self._owner(tx, event, ticket, f"to_{at.kind.value}", at)

    async def _wait_at_gate(
        self, tx: Tx, event: StoredEvent, ticket: Ticket, tow: Tow, at: TowDestination
    ) -> None:
        """The workshop learns who stands at its gate, the driver's station that he waits there."""
        opens = _clock(at.waits_until)
        await self._coming(tx, event, ticket, at.station_id, "at_gate", at.arrive_at, opens=opens)
        driver_s = (await get_dispatch(tx, tow.dispatch_id)).station_id
        if at.station_id and at.station_id != driver_s:
            language = (await stations.get(tx, driver_s)).language
            place = await _named(tx, language, at.station_id)
            await self._station(tx, event, ticket, driver_s, "wait", place=place, opens=opens)

    async def _call_off(
        self,
        tx: Tx,
        event: StoredEvent,
        ticket: Ticket,
        before: str | None,
        now: TowDestination | None,
    ) -> None:
        """Who waits for a car that does not come any more; who refused it knows."""
        if before is None:
            return
        old = await tows.get_destination(tx, UUID(before))
        still = {now.station_id, now.workshop_id} if now else set()
        for station_id in {old.station_id, old.workshop_id} - still - {old.refusing_id, None}:
            await self._station(tx, event, ticket, station_id, "not_coming")

    async def _coming(
        self,
        tx: Tx,
        event: StoredEvent,
        ticket: Ticket,
        station_id: UUID | None,
        words: str,
        at: datetime | None,
        **values: str,
    ) -> None:
        car = await car_of(tx, ticket)
        told = " ".join(filter(None, (car.brand, car.model, car.plate)))
        await self._station(tx, event, ticket, station_id, words, car=told, at=_clock(at), **values)

    async def _station(
        self,
        tx: Tx,
        event: StoredEvent,
        ticket: Ticket,
        station_id: UUID | None,
        words: str,
        **values: str,
    ) -> None:
        phone = await stations.duty_phone(tx, station_id) if station_id else None
        if station_id is None or phone is None:
            return
        language = (await stations.get(tx, station_id)).language
        values["car"] = values.get("car") or A_CAR[language]
        await messages.queue(
            tx,
            key=f"{event.id}:tow:{station_id}:{words}",
            channel=Channel.TEXT,
            recipient=phone,
            language=language,
            purpose=f"tow_{words}",
            body=STATION[language][words].format(number=ticket.number, **values),
            drill=ticket.drill,
            ticket_id=ticket.id,
            station_id=station_id,
        )

    async def _owner(
        self, tx: Tx, event: StoredEvent, ticket: Ticket, words: str, at: TowDestination
    ) -> None:
        if ticket.caller_phone is None:
            return
        url = f"{self.settings.base_url}/o/{self.links.make('owner', ticket.id)}"
        is_yard = at.kind is DestinationKind.YARD
        named = at.workshop_id if is_yard and words == "delivered" else at.station_id
        text = OWNER[ticket.language][words]
        await messages.queue(
            tx,
            key=f"{event.id}:tow:owner",
            channel=Channel.TEXT,
            recipient=ticket.caller_phone,
            language=ticket.language,
            purpose=f"owner_tow_{words}",
            body=text.format(
                place=await _named(tx, ticket.language, named) or at.place_words,
                workshop=await _named(tx, ticket.language, at.workshop_id) or "—",
                by=_clock(at.deliver_by),
                url=url,
            ),
            drill=ticket.drill,
            ticket_id=ticket.id,
        )


async def _named(tx: Tx, language: str, station_id: UUID | None) -> str:
    if station_id is None:
        return ""
    station = await stations.get(tx, station_id)
    return station.name_en if language == "en" else station.name_zh


def _clock(at: datetime | None) -> str:
    return at.astimezone(CHINA).strftime("%m-%d %H:%M") if at else "—"
