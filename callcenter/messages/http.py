"""Reading what was sent: the inbox of the demo, and the log of a ticket."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.messages import service
from callcenter.messages.model import Channel, Message, MessageState
from callcenter.phones import masked
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import Moment, Page, QueryModel, WireModel

routes = Routes(tags=["messages"])


class MessageOut(WireModel):
    """A message as it was said; the number masked unless the role may read it."""

    id: UUID
    channel: Channel
    recipient: str
    language: str
    purpose: str
    body: str
    drill: bool
    ticket_id: UUID | None
    station_id: UUID | None
    state: MessageState
    failure: str | None
    created_at: Moment
    sent_at: Moment | None


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


def _out(call: Call, message: Message) -> MessageOut:
    fields = {name: getattr(message, name) for name in MessageOut.model_fields}
    if not call.actor.may(Permission.PHONES_READ):
        fields["recipient"] = masked(message.recipient)
    return MessageOut(**fields)
