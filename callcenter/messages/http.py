"""Reading what was sent: the inbox of the demo, and the log of a ticket."""

import re
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.messages import service
from callcenter.messages.model import Channel, DeliveryState, Message, MessageState
from callcenter.messages.recipient import masked_recipient
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import Moment, Page, QueryModel, WireModel

routes = Routes(tags=["messages"])
SHOWN = 100
_LINK = re.compile(r"https?://\S+")


class MessageOut(WireModel):
    """A message as it was said; the number masked unless the role may read it."""

    id: UUID
    channel: Channel
    recipient: str
    language: str
    purpose: str
    subject: str | None
    body: str
    drill: bool
    ticket_id: UUID | None
    station_id: UUID | None
    state: MessageState
    failure: str | None
    created_at: Moment
    sent_at: Moment | None
    delivery: DeliveryState | None
    delivered_at: Moment | None
    delivery_failure: str | None


class SaidOut(WireModel):
    """What was said about a ticket, and what became of it. Its links are left out of `words`: they
    open without a sign-in."""

    id: UUID
    channel: Channel
    recipient: str
    purpose: str
    words: str
    station_id: UUID | None
    state: MessageState
    failure: str | None
    created_at: Moment
    sent_at: Moment | None
    delivery: DeliveryState | None
    delivered_at: Moment | None
    delivery_failure: str | None


class SaidList(WireModel):
    """The newest first."""

    items: list[SaidOut]


class TicketPath(QueryModel):
    """The ticket in the address."""

    ticket_id: UUID


class SaidPath(TicketPath):
    """One of its messages."""

    message_id: UUID


class MessageQuery(QueryModel):
    """Paging, and one ticket's only."""

    ticket_id: UUID | None = None
    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


MessagePage = Page[MessageOut]


@routes.get("/api/v1/messages", permission=Permission.MESSAGES_READ)
async def list_messages(call: Call, query: MessageQuery) -> MessagePage:
    """What was sent, newest first."""
    before = read_cursor(query.cursor)
    found = await service.listed(
        call.tx, limit=query.limit + 1, ticket_id=query.ticket_id, before=before
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return MessagePage(
        items=[_out(call, message) for message in found[: query.limit]],
        next_cursor=write_cursor(last.created_at, last.id) if last else None,
    )


@routes.get("/api/v1/tickets/{ticket_id}/messages", permission=Permission.TICKETS_READ)
async def list_said(call: Call, path: TicketPath) -> SaidList:
    """What was sent about this ticket, and what became of it; the newest hundred."""
    found = await service.of_ticket(call.tx, path.ticket_id, SHOWN)
    return SaidList(items=[_said(call, message) for message in found])


@routes.post(
    "/api/v1/tickets/{ticket_id}/messages/{message_id}/repetition",
    permission=Permission.TICKETS_WRITE,
    status=201,
    problems=(404, 409),
)
async def say_again(call: Call, path: SaidPath) -> SaidOut:
    """Send the same words to the same number once more, as a message of its own."""
    message = await service.repeat(call.tx, path.ticket_id, path.message_id)
    return _said(call, message)


def _out(call: Call, message: Message) -> MessageOut:
    fields = {name: getattr(message, name) for name in MessageOut.model_fields}
    return MessageOut(**(fields | {"recipient": _number(call, message)}))


def _said(call: Call, message: Message) -> SaidOut:
    own = SaidOut.model_fields.keys() - {"recipient", "words"}
    fields = {name: getattr(message, name) for name in own}
    words = _LINK.sub("…", message.body)
    return SaidOut(**fields, recipient=_number(call, message), words=words)


def _number(call: Call, message: Message) -> str:
    full = call.actor.may(Permission.PHONES_READ)
    return message.recipient if full else masked_recipient(message)
