"""What words alone do not put on the map is asked of an online geocoder, where one is set: by the
worker, outside any transaction; what it finds is proposed, never taken."""

import asyncio
import contextlib
import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Errand
from callcenter.db.transaction import Tx
from callcenter.places.geocoding.cached import CachedGeocoder, geocoder_of
from callcenter.places.geocoding.port import Answer
from callcenter.places.intake import Intake
from callcenter.places.land import is_kept
from callcenter.places.model import Datum, Source
from callcenter.settings import Settings
from callcenter.tickets import repository
from callcenter.tickets.errors import PlaceRefused, TicketEnded
from callcenter.tickets.location import NamedPlace, named_place, propose_place
from callcenter.tickets.repository import TicketPlace

GEOCODE = "tickets.geocode"
WHICH = "ask_which"


async def ask_geocoder(tx: Tx, ticket_id: UUID, said: TicketPlace | UUID) -> None:
    """Have the words of a coarse place, or those of a note, looked up after the commit."""
    of = {"place_id": said.id} if isinstance(said, TicketPlace) else {"note_id": said}
    payload = {"ticket_id": str(ticket_id)} | {name: str(value) for name, value in of.items()}
    await enqueue(tx, [Job(GEOCODE, payload, f"{GEOCODE}:{next(iter(of.values()))}")])


def geocode_errand(settings: Settings) -> Errand:
    """Ask, and propose what was found; with several, each is asked about. Run again after a crash
    it proposes nothing twice: a proposal of the same words stands there already."""
    geocoder = geocoder_of(settings.geocoding)

    @functools.cache
    def intake() -> Intake:
        # Only a worker that has found something needs the tables; they take a second to read.
        return Intake.load(settings.data_dir)

    async def geocode(database: Database, payload: dict[str, Any]) -> None:
        if geocoder is None:
            return
        ticket_id = UUID(payload["ticket_id"])
        words = await database.run(lambda tx: _words(tx, ticket_id, payload), readonly=True)
        answer = await CachedGeocoder(geocoder, database, settings.geocoding).find(words)
        if not answer.found:
            return
        named = list(_named(await asyncio.to_thread(intake), answer, words))
        await database.run(lambda tx: _propose(tx, ticket_id, named, settings))

    return geocode


async def _words(tx: Tx, ticket_id: UUID, payload: dict[str, Any]) -> str:
    if place_id := payload.get("place_id"):
        place = await repository.get_place(tx, ticket_id, UUID(place_id))
        return place.words if place else ""
    notes = await repository.SQL.notes_of(tx.connection, ticket_id=ticket_id)
    return next((str(n["words"]) for n in notes if str(n["id"]) == payload["note_id"]), "")


def _named(intake: Intake, answer: Answer, words: str) -> Iterator[NamedPlace]:
    """What was found in and around the country, each with its province and what is doubtful about
    it; a person chooses among several."""
    which = (WHICH,) if len(answer.found) > 1 else ()
    for found in answer.found:
        if not is_kept(found.lat, found.lon):
            continue
        # A point that cannot be a car's is nothing to propose.
        with contextlib.suppress(PlaceRefused):
            named = named_place(
                intake,
                Source.GEOCODER,
                lat=found.lat,
                lon=found.lon,
                datum=Datum.WGS84,
                accuracy_m=found.accuracy_m,
                words=f"{words} → {found.words}"[:500],
            )
            yield replace(named, doubts=(*named.doubts, *which))


async def _propose(tx: Tx, ticket_id: UUID, named: list[NamedPlace], settings: Settings) -> None:
    there = {place.words for place in await repository.places_of(tx, ticket_id)}
    for one in named:
        if one.words in there:
            continue
        try:
            await propose_place(tx, "geocoder", ticket_id, one, settings.places)
        except TicketEnded:
            return
