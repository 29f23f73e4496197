"""Messages that callers left: who has heard one, who has dealt with it, who is called back."""

from typing import Any
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.queue import model as queue_model
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.errors import CallBackNeedsNumber
from callcenter.calls.queue.model import CallBackReason, Urgency
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings
from callcenter.telephony.recordings.errors import LeftMessageNotFound
from callcenter.telephony.recordings.events import MessageFact, MessageHandled, MessageHeard

SQL = load_queries(__file__, "left_messages.sql")
GROUP = "desk"


async def get(tx: Tx, message_id: UUID) -> Any:
    """The message with its call; raises LeftMessageNotFound."""
    row = await SQL.left_message(tx.connection, id=message_id)
    if row is None:
        raise LeftMessageNotFound
    return row


async def heard(tx: Tx, actor: str, recording_id: UUID) -> None:
    """Somebody listens to it; who was first stays."""
    row = await SQL.hear(tx.connection, recording_id=recording_id, actor=actor)
    if row is not None:
        await _tell(tx, actor, MessageHeard, row)


async def handled(tx: Tx, actor: str, message_id: UUID) -> Any:
    """Somebody has dealt with it; again, nothing changes. Raises LeftMessageNotFound."""
    row = await SQL.handle(tx.connection, id=message_id, actor=actor)
    if row is not None:
        await _tell(tx, actor, MessageHandled, row)
    return await get(tx, message_id)


async def call_back(tx: Tx, actor: str, message_id: UUID, rules: QueueSettings) -> Any:
    """He is called back by whose turn it is, as one who has waited since he left it; the message
    is dealt with. Raises LeftMessageNotFound, CallBackNeedsNumber."""
    row = await get(tx, message_id)
    if row["caller"] is None:
        raise CallBackNeedsNumber
    left_at = row["left_at"]
    place = {
        "call_id": row["call_id"],
        "caller": row["caller"],
        "group_name": GROUP,
        "urgency": Urgency.REST.value,
        "tier": 0,
        "language": row["language"],
        "skills": [],
        "drill": False,
        "entered_at": left_at,
        "turn_at": queue_model.turn(left_at, Urgency.REST, 0),
        "last_agent_id": None,
    }
    await queue.keep_call_back(tx, actor, place, CallBackReason.ASKED)
    await queue.look(tx, rules)
    return await handled(tx, actor, message_id)


async def _tell(tx: Tx, actor: str, kind: type[MessageFact], row: Any) -> None:
    call = await calls.get(tx, row["call_id"])
    fact = kind(message_id=row["id"], call_id=call.id)
    await record(tx, fact, actor=actor, ticket_id=call.ticket_id)
