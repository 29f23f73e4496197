"""Messages."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/messages",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/tickets/{ticket_id}/messages")
async def get_tickets_ticket_id_messages(w: World) -> Example:
    return Example(await w.ticket())


@example("POST /api/v1/tickets/{ticket_id}/messages/{message_id}/repetition")
async def post_tickets_ticket_id_messages_message_id_repetition(w: World) -> Example:
    return Example(await w.said())
