"""Tickets, their places and the search."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/queue",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/tickets")
async def get_tickets(w: World) -> Example:
    return Example(query={"live": "true"})


@example("GET /api/v1/search")
async def get_search(w: World) -> Example:
    return Example(query={"q": "8000"})


@example("PUT /api/v1/tickets/{ticket_id}/presence")
async def put_tickets_ticket_id_presence(w: World) -> Example:
    return Example(await w.ticket(), body={"editing": True})


@example("DELETE /api/v1/tickets/{ticket_id}/presence")
async def delete_tickets_ticket_id_presence(w: World) -> Example:
    return Example(await w.ticket())


@example("POST /api/v1/tickets")
async def post_tickets(w: World) -> Example:
    return Example(body={"kind": "complaint", "particulars": {"severity": "high"}})


@example("GET /api/v1/tickets/{ticket_id}")
async def get_tickets_ticket_id(w: World) -> Example:
    return Example(await w.ticket())


@example("PATCH /api/v1/tickets/{ticket_id}")
async def patch_tickets_ticket_id(w: World) -> Example:
    return Example(await w.ticket(), body={"summary": "late"}, version=1)


@example("GET /api/v1/tickets/{ticket_id}/timeline")
async def get_tickets_ticket_id_timeline(w: World) -> Example:
    return Example(await w.ticket())


@example("POST /api/v1/tickets/{ticket_id}/notes")
async def post_tickets_ticket_id_notes(w: World) -> Example:
    return Example(await w.ticket(), body={"words": "rang back"})


@example("POST /api/v1/tickets/{ticket_id}/assignment")
async def post_tickets_ticket_id_assignment(w: World) -> Example:
    return Example(await w.ticket(), body={"assignee_id": (await w.colleague())["staff_id"]})


@example("POST /api/v1/tickets/{ticket_id}/emergency-calls")
async def post_tickets_ticket_id_emergency_calls(w: World) -> Example:
    return Example(await w.rescue(), body={"service": "120"})


@example("POST /api/v1/tickets/{ticket_id}/start")
async def post_tickets_ticket_id_start(w: World) -> Example:
    return Example(await w.ticket())


@example("POST /api/v1/tickets/{ticket_id}/resolution")
async def post_tickets_ticket_id_resolution(w: World) -> Example:
    return Example(await w.step(await w.ticket(), "start"), body={"outcome": "explained"})


@example("POST /api/v1/tickets/{ticket_id}/closure")
async def post_tickets_ticket_id_closure(w: World) -> Example:
    return Example(
        await w.step(
            await w.step(await w.ticket(), "start"), "resolution", {"outcome": "explained"}
        )
    )


@example("POST /api/v1/tickets/{ticket_id}/cancellation")
async def post_tickets_ticket_id_cancellation(w: World) -> Example:
    return Example(await w.ticket(), body={"outcome": "asked twice"})


@example("POST /api/v1/tickets/{ticket_id}/reopening")
async def post_tickets_ticket_id_reopening(w: World) -> Example:
    return Example(await w.step(await w.ticket(), "cancellation", {"outcome": "asked twice"}))


@example("GET /api/v1/tickets/{ticket_id}/places")
async def get_tickets_ticket_id_places(w: World) -> Example:
    return Example(await w.rescue())


@example("POST /api/v1/tickets/{ticket_id}/places")
async def post_tickets_ticket_id_places(w: World) -> Example:
    return Example(await w.rescue(), body={"lat": 41.8, "lon": 123.4})


@example("POST /api/v1/tickets/{ticket_id}/sayings")
async def post_tickets_ticket_id_sayings(w: World) -> Example:
    return Example(await w.rescue(), body={"text": "G15沈海高速K100往大连方向"})


@example("POST /api/v1/tickets/{ticket_id}/places/{place_id}/direction")
async def post_tickets_ticket_id_places_place_id_direction(w: World) -> Example:
    return Example(await w.place(), body={"towards": "往大连方向"})


@example("GET /api/v1/safety-words")
async def get_safety_words(w: World) -> Example:
    return Example(query={"danger": "true"})


@example("POST /api/v1/tickets/{ticket_id}/places/{place_id}/confirmation")
async def post_tickets_ticket_id_places_place_id_confirmation(w: World) -> Example:
    return Example(await w.place(), body={"reason": "saw the sign"})


@example("POST /api/v1/tickets/{ticket_id}/location-links")
async def post_tickets_ticket_id_location_links(w: World) -> Example:
    return Example(await w.rescue())


@example("GET /api/v1/tickets/export.xlsx")
async def get_tickets_export_xlsx(w: World) -> Example:
    return Example(query={"live": "true"})


@example("GET /api/v1/tickets/export.csv")
async def get_tickets_export_csv(w: World) -> Example:
    return Example(query={"live": "true"})
