"""Queue a message in the transaction of its cause; the worker sends it after the commit."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import Job, enqueue
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.messages.errors import MessageNotFound, MessageUnderWay
from callcenter.messages.model import Channel, DeliveryState, Message, MessageState

SQL = load_queries(__file__)


async def queue(
    tx: Tx,
    *,
    key: str,
    channel: Channel,
    recipient: str,
    language: str,
    purpose: str,
    body: str,
    drill: bool,
    ticket_id: UUID | None = None,
    station_id: UUID | None = None,
    subject: str | None = None,
) -> None:
    """To be sent once per `key`; nothing leaves before the transaction commits.

    A drill's message is logged like the others and never handed to a carrier. `subject`: of an
    e-mail.
    """
    row = await SQL.queue_message(
        tx.connection,
        id=new_id(),
        key=key,
        channel=channel.value,
        recipient=recipient,
        language=language,
        purpose=purpose,
        body=body,
        drill=drill,
        ticket_id=ticket_id,
        station_id=station_id,
        subject=subject,
    )
    if row is not None:
        message_id = str(row["id"])
        job = Job("messages.send", {"message_id": message_id}, f"messages.send:{message_id}")
        await enqueue(tx, [job])


async def repeat(tx: Tx, ticket_id: UUID, message_id: UUID) -> Message:
    """Say it once more to the number it went to, because a person wants it: nobody repeats one by
    himself. Raises MessageNotFound, MessageUnderWay."""
    row = await SQL.message_of(tx.connection, id=message_id, ticket_id=ticket_id)
    if row is None:
        raise MessageNotFound
    said = message_of(row)
    if said.state in (MessageState.QUEUED, MessageState.SENDING):
        raise MessageUnderWay
    again = f"{said.key}:again:{new_id()}"
    await queue(
        tx,
        key=again,
        channel=said.channel,
        recipient=said.recipient,
        language=said.language,
        purpose=said.purpose,
        body=said.body,
        drill=said.drill,
        ticket_id=said.ticket_id,
        station_id=said.station_id,
        subject=said.subject,
    )
    return message_of(await SQL.message_by_key(tx.connection, key=again))


async def listed(
    tx: Tx,
    *,
    limit: int,
    ticket_id: UUID | None = None,
    before: tuple[Any, UUID] | None = None,
    drills: bool = True,
) -> Sequence[Message]:
    """Newest first; without those of drills when only what was really said is wanted."""
    rows = await SQL.list_messages(
        tx.connection,
        limit=limit,
        ticket_id=ticket_id,
        drills=drills,
        before_at=before[0] if before else None,
        before_id=before[1] if before else None,
    )
    return [message_of(row) for row in rows]


async def of_ticket(tx: Tx, ticket_id: UUID, limit: int) -> Sequence[Message]:
    """What was said about this ticket, newest first."""
    rows = await SQL.messages_of_ticket(tx.connection, ticket_id=ticket_id, limit=limit)
    return [message_of(row) for row in rows]


def message_of(row: Any) -> Message:
    """The row as a message."""
    typed = {
        "channel": Channel(row["channel"]),
        "state": MessageState(row["state"]),
        "delivery": DeliveryState(row["delivery"]) if row["delivery"] else None,
    }
    return Message(**(dict(row) | typed))
