"""Routes of the place: proposed at the desk, confirmed, or asked for by a link."""

from uuid import UUID

from callcenter.places.intake import Intake
from callcenter.places.model import Source
from callcenter.tickets import link_message, location, repository, said_place
from callcenter.tickets.place_wire import (
    DirectionDraft,
    LinkOut,
    PlaceConfirmation,
    PlaceDraft,
    PlaceList,
    PlaceOut,
    PlacePath,
    SayingDraft,
    SayingOut,
    on_road_of,
    place_out,
    saying_out,
)
from callcenter.tickets.wire import TicketPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["places"])
READ, WRITE = Permission.TICKETS_READ, Permission.TICKETS_WRITE


@routes.get("/api/v1/tickets/{ticket_id}/places", permission=READ)
async def list_places(call: Call, path: TicketPath) -> PlaceList:
    """Every place named for the ticket, oldest first."""
    await repository.get(call.tx, path.ticket_id)
    found = await repository.places_of(call.tx, path.ticket_id)
    return PlaceList(items=[place_out(place) for place in found])


@routes.post("/api/v1/tickets/{ticket_id}/places", permission=WRITE, status=201, problems=(409,))
async def propose_place(call: Call, path: TicketPath, body: PlaceDraft) -> PlaceOut:
    """Name a place: refused when it cannot be, doubted when something must be asked."""
    told = body.model_dump(exclude={"source", "on_road"})
    guessed = Source.LINK_FIX if body.fixed_at else Source.AGENT_PIN
    source = Source(body.source) if body.source else guessed
    on_road = on_road_of(body.on_road) if body.on_road else None
    intake = call.part(Intake)
    named = await said_place.on_carriageway(
        call.tx, location.named_place(intake, source, on_road=on_road, **told), intake
    )
    place = await location.propose_place(
        call.tx, call.actor.id, path.ticket_id, named, call.settings.places
    )
    return place_out(place)


@routes.post("/api/v1/tickets/{ticket_id}/sayings", permission=WRITE, status=201, problems=(409,))
async def say_place(call: Call, path: TicketPath, body: SayingDraft) -> SayingOut:
    """The place in the caller's own words: understood, proposed, and what must be asked back."""
    said = await said_place.say_place(
        call.tx,
        call.actor.id,
        path.ticket_id,
        body.text,
        call.part(Intake),
        call.settings.places,
        datum=body.datum,
        geocodes=call.settings.geocoding.is_on,
    )
    return saying_out(said)


@routes.post(
    "/api/v1/tickets/{ticket_id}/places/{place_id}/direction",
    permission=WRITE,
    status=201,
    problems=(409,),
)
async def tell_direction(call: Call, path: PlacePath, body: DirectionDraft) -> PlaceOut:
    """Which carriageway the car stands on; stations that are asked or under way are told."""
    place = await said_place.tell_direction(
        call.tx,
        call.actor.id,
        path.ticket_id,
        path.place_id,
        body.towards,
        call.settings.places,
        call.part(Intake),
    )
    return place_out(place)


@routes.post(
    "/api/v1/tickets/{ticket_id}/places/{place_id}/confirmation",
    permission=WRITE,
    problems=(409,),
)
async def confirm_place(call: Call, path: PlacePath, body: PlaceConfirmation) -> PlaceOut:
    """This is where the car stands: stations are asked at once."""
    place = await location.confirm_place(
        call.tx, call.actor.id, path.ticket_id, path.place_id, body.reason
    )
    return place_out(place)


@routes.post(
    "/api/v1/tickets/{ticket_id}/location-links", permission=WRITE, status=201, problems=(409,)
)
async def send_location_link(call: Call, path: TicketPath) -> LinkOut:
    """Make a location link and send it to the caller's number, when there is one."""
    return await send_link(call, path.ticket_id)


async def send_link(call: Call, ticket_id: UUID) -> LinkOut:
    """The same for the desk's page."""
    link, url = await link_message.send_link(call.tx, call.actor.id, ticket_id, call.settings)
    return LinkOut(id=link.id, url=url, expires_at=link.expires_at)
