"""The worker's errands: a message leaves once, and what became of it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.jobs import Errand, Work
from callcenter.db.transaction import Tx
from callcenter.messages import receipts
from callcenter.messages.following import NOBODY, Follower, settle, tell
from callcenter.messages.many import AT_ONCE, SEND_MANY
from callcenter.messages.model import (
    Carrier,
    CarrierBusy,
    CarrierRefused,
    CarrierSilent,
    Channel,
    Inbox,
    Message,
    MessageState,
    Part,
)
from callcenter.messages.service import SQL, message_of

GIVE_UP_S = 1800.0
LONGEST_FAILURE = 500


@dataclass(frozen=True)
class Outcome:
    """What came of handing a message over; `accepted`: the provider's ids by part."""

    state: MessageState
    failure: str | None = None
    accepted: Mapping[int, str] = field(default_factory=dict)


def work(
    carriers: Mapping[Channel, Carrier],
    give_up_s: float = GIVE_UP_S,
    follower: Follower = NOBODY,
) -> Work:
    """Single messages as they come; very many, so many at a time."""
    send = sender(carriers, give_up_s, follower)
    return Work(errands={"messages.send": send, SEND_MANY: send}, at_once={SEND_MANY: AT_ONCE})


def sender(
    carriers: Mapping[Channel, Carrier],
    give_up_s: float = GIVE_UP_S,
    follower: Follower = NOBODY,
) -> Errand:
    """Claim, call the carrier outside any transaction, write the outcome.

    `follower` may stop it at the last moment. What no carrier would take is tried again by the
    queue, with its back-off, for `give_up_s`.
    """

    async def send(database: Database, payload: dict[str, Any]) -> None:
        message_id = UUID(payload["message_id"])
        claimed = await database.run(lambda tx: _claim(tx, message_id, carriers, follower))
        if claimed is None:
            return
        message, carrier = claimed
        try:
            outcome = await _hand_over(message, carrier)
        except CarrierBusy as busy:
            reason = _words(busy)
            if await database.run(lambda tx: _release(tx, message_id, reason, give_up_s, follower)):
                raise
            return
        await database.run(lambda tx: _finish(tx, message, carrier, outcome, follower))

    return send


async def _hand_over(message: Message, carrier: Carrier) -> Outcome:
    try:
        ids = await carrier.send(message)
    except CarrierBusy:
        raise
    except CarrierRefused as refusal:
        return Outcome(MessageState.FAILED, _words(refusal))
    # Whatever else went wrong, it may have been sent: say so, and do not repeat it.
    except CarrierSilent as silence:
        return Outcome(MessageState.UNKNOWN, _words(silence), silence.accepted)
    except Exception as error:
        return Outcome(MessageState.UNKNOWN, _words(repr(error)))
    return Outcome(MessageState.SENT, accepted=dict(enumerate(ids, start=1)))


def _words(failure: object) -> str:
    """As the database can keep it: what a provider says may be any bytes."""
    kept = str(failure).replace("\0", "")[:LONGEST_FAILURE]
    return kept.encode(errors="replace").decode()


async def _claim(
    tx: Tx, message_id: UUID, carriers: Mapping[Channel, Carrier], follower: Follower
) -> tuple[Message, Carrier] | None:
    # Held from here on: a job that was taken twice must not see it under way with the other and,
    # a moment later, released by him, and end as if nothing were left to do.
    await SQL.lock_message(tx.connection, id=message_id)
    row = await SQL.claim_message(tx.connection, id=message_id)
    if row is None:
        if await SQL.stuck_message(tx.connection, id=message_id) is not None:
            await settle(tx, message_id, follower)
        return None
    message = message_of(row)
    if (reason := await follower.stands_against(tx, message)) is not None:
        await SQL.withdraw_message(tx.connection, id=message_id, reason=reason)
        return None
    carrier = Inbox() if message.drill else carriers[message.channel]
    # Before it leaves: a receipt that names it must find it, even when we die meanwhile.
    parts = [Part(message.id, number + 1) for number in range(carrier.parts(message))]
    await SQL.write_parts(
        tx.connection,
        message_id=message.id,
        carrier=carrier.name,
        parts=[part.part for part in parts],
        refs=[part.reference for part in parts],
    )
    return message, carrier


async def _release(
    tx: Tx, message_id: UUID, reason: str, give_up_s: float, follower: Follower
) -> bool:
    row = await SQL.release_message(
        tx.connection, id=message_id, failure=reason, give_up_s=give_up_s
    )
    await tell(tx, message_id, follower)
    return row is not None and row["state"] == MessageState.QUEUED


async def _finish(
    tx: Tx, message: Message, carrier: Carrier, outcome: Outcome, follower: Follower
) -> None:
    await receipts.keep_ids(tx, carrier.name, message.id, outcome.accepted)
    await SQL.finish_message(
        tx.connection, id=message.id, state=outcome.state.value, failure=outcome.failure
    )
    await settle(tx, message.id, follower)
