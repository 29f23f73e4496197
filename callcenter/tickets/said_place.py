"""Where the car is in the caller's own words: read, put on the map where the words allow it, and
asked about where they leave something open."""

from dataclasses import dataclass, replace
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.places.angles import plain
from callcenter.places.intake import Intake
from callcenter.places.model import Datum, OnRoad, Position, Source
from callcenter.places.roads.carriageway import sense_of
from callcenter.places.roads.headings import headings_in
from callcenter.places.roads.sides import BESIDE_CITY_M, on_its_side
from callcenter.places.saying import Saying, read_saying
from callcenter.places.understood import Understood, understand
from callcenter.settings import PlacesSettings
from callcenter.tickets import repository, service
from callcenter.tickets.errors import DirectionUnreadable, PlaceNotFound
from callcenter.tickets.geocoding import ask_geocoder
from callcenter.tickets.location import NamedPlace, confirm_place, named_place, propose_place
from callcenter.tickets.repository import TicketPlace

ASK = "ask_"
DIRECTION = f"{ASK}direction"
"""What must be asked is a doubt of the place: ask_direction, ask_road, ask_where ..."""


@dataclass(frozen=True)
class SaidPlace:
    """What was read and understood; `place` is None where the words give no position: they are kept
    as a note, and `understood.ask` says what to ask."""

    saying: Saying
    understood: Understood
    place: TicketPlace | None


async def say_place(
    tx: Tx,
    actor: str,
    ticket_id: UUID,
    text: str,
    intake: Intake,
    settings: PlacesSettings,
    *,
    datum: Datum | None = None,
    geocodes: bool = False,
) -> SaidPlace:
    """Read a sentence and propose the place it tells. `datum` is that of plain coordinates; with
    `geocodes` an online geocoder is asked afterwards about what words leave coarse.

    Raises PlaceRefused for coordinates that cannot be.
    """
    saying = read_saying(text, intake.districts)
    understood = await understand(tx, saying, intake)
    named = _named(intake, saying, understood, datum)
    if named is None:
        note = await service.write_note(tx, actor, ticket_id, text.strip())
        if geocodes and saying.kind != "nothing":
            await ask_geocoder(tx, ticket_id, note["id"])
        return SaidPlace(saying, understood, None)
    place = await propose_place(tx, actor, ticket_id, named, settings)
    if geocodes and named.position.source is Source.ADDRESS:
        await ask_geocoder(tx, ticket_id, place)
    return SaidPlace(saying, understood, place)


async def named_by_words(tx: Tx, text: str, intake: Intake) -> NamedPlace | None:
    """The place that a sentence names, where its words give a position.

    Raises PlaceRefused for coordinates that cannot be.
    """
    saying = read_saying(text, intake.districts)
    return _named(intake, saying, await understand(tx, saying, intake), None)


async def on_carriageway(tx: Tx, named: NamedPlace, intake: Intake) -> NamedPlace:
    """The place with its carriageway also where its direction is a city in the middle of the road:
    then the position, if it is sure enough, tells on which side of that city the car is."""
    if named.on_road is None:
        return named
    it = named.position
    here = (it.lat, it.lon) if (it.accuracy_m or 0) < BESIDE_CITY_M else None
    on_road = await on_its_side(tx, named.on_road, here, intake.districts)
    return replace(named, on_road=on_road)


async def tell_direction(
    tx: Tx,
    actor: str,
    ticket_id: UUID,
    place_id: UUID,
    words: str,
    settings: PlacesSettings,
    intake: Intake | None = None,
) -> TicketPlace:
    """The direction of a place that is named already: the same place, with its carriageway.

    Of a city in the middle of the road the place tells on which side of it the car is. It counts
    at once when the place did, or when nothing else is to be asked about it. Raises PlaceNotFound
    and DirectionUnreadable.
    """
    ticket = await repository.lock(tx, ticket_id)
    place = await repository.get_place(tx, ticket_id, place_id)
    if place is None:
        raise PlaceNotFound
    doubts = tuple(doubt for doubt in place.doubts if doubt != DIRECTION)
    named = NamedPlace(
        Position(
            lat=place.lat,
            lon=place.lon,
            accuracy_m=place.accuracy_m,
            fixed_at=None,
            source=Source(place.source),
            source_datum=Datum(place.source_datum),
        ),
        place.words,
        place.province,
        () if ticket.place_id == place.id and not place.uncertain else doubts,
        _directed(place.on_road, words),
    )
    if intake is not None:
        named = await on_carriageway(tx, named, intake)
    await repository.SQL.drop_place(tx.connection, id=place.id, ticket_id=ticket_id)
    told = await propose_place(tx, actor, ticket_id, named, settings)
    if told.state == "proposed" and (not told.doubts or ticket.place_id == place.id):
        return await confirm_place(tx, actor, ticket_id, told.id, "direction_told")
    return told


def _directed(on_road: OnRoad | None, words: str) -> OnRoad:
    """With the direction in words: 大连, 往大连方向, 上行, towards Dalian."""
    said = headings_in(plain(words)) or headings_in(plain(f"往{words.strip()}方向"))
    if not said:
        raise DirectionUnreadable
    on_road = on_road or OnRoad("")
    towards, origin = said[0].towards, said[0].origin
    return replace(on_road, towards=towards, sense=sense_of(on_road.road or None, towards, origin))


def _named(
    intake: Intake, saying: Saying, understood: Understood, datum: Datum | None
) -> NamedPlace | None:
    located = understood.located
    if located is None:
        return None
    named = named_place(
        intake,
        located.source,
        lat=located.lat,
        lon=located.lon,
        datum=located.datum or datum,
        accuracy_m=located.accuracy_m,
        words=_words(saying),
        on_road=understood.on_road,
    )
    asked = tuple(f"{ASK}{code}" for code in understood.ask)
    return replace(named, doubts=(*named.doubts, *asked))


def _words(saying: Saying) -> str:
    """Of a pasted link what stands beside it; of all else the caller's own words."""
    shared = saying.coordinates
    return (shared.words if shared else saying.text.strip())[:500]
