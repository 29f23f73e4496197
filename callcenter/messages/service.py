"""Queue a message in the transaction of its cause; the worker sends it after the commit."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Errand
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.messages.errors import MessageNotFound, MessageUnderWay
from callcenter.messages.model import Carrier, CarrierRefused, Channel, Inbox, Message, MessageState

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
) -> None:
    """To be sent once per `key`; nothing leaves before the transaction commits.

    A drill's message is logged like the others and never handed to a carrier.
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
    said = _message_of(row)
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
    )
    return _message_of(await SQL.message_by_key(tx.connection, key=again))


def sender(carriers: Mapping[Channel, Carrier]) -> Errand:
    """The worker's errand: claim, call the carrier outside any transaction, write the outcome."""

    async def send(database: Database, payload: dict[str, Any]) -> None:
        message_id = UUID(payload["message_id"])
        message = await database.run(lambda tx: _claim(tx, message_id))
        if message is None:
            return
        state, failure = MessageState.SENT, None
        try:
            carrier = Inbox() if message.drill else carriers[message.channel]
            await carrier.send(message)
        except CarrierRefused as refusal:
            state, failure = MessageState.FAILED, str(refusal)
        # Whatever else went wrong, it may have been sent: say so, and do not repeat it.
        except Exception as error:
            state, failure = MessageState.UNKNOWN, repr(error)
        await database.run(lambda tx: _finish(tx, message_id, state, failure))

    return send


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
    return [_message_of(row) for row in rows]


async def of_ticket(tx: Tx, ticket_id: UUID, limit: int) -> Sequence[Message]:
    """What was said about this ticket, newest first."""
    rows = await SQL.messages_of_ticket(tx.connection, ticket_id=ticket_id, limit=limit)
    return [_message_of(row) for row in rows]


async def _claim(tx: Tx, message_id: UUID) -> Message | None:
    row = await SQL.claim_message(tx.connection, id=message_id)
    if row is None:
        await SQL.stuck_message(tx.connection, id=message_id)
        return None
    return _message_of(row)


async def _finish(tx: Tx, message_id: UUID, state: MessageState, failure: str | None) -> None:
    await SQL.finish_message(tx.connection, id=message_id, state=state.value, failure=failure)


def _message_of(row: Any) -> Message:
    return Message(
        **(dict(row) | {"channel": Channel(row["channel"]), "state": MessageState(row["state"])})
    )
