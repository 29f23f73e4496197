"""Touches by text message and e-mail: put into words and queued in the transaction of their claim,
held back at the last moment, and followed by what becomes of their messages."""

from collections.abc import Sequence

from callcenter.db.transaction import Tx
from callcenter.messages.many import ToSay, queue_many
from callcenter.messages.model import Channel, DeliveryState, Message, MessageState
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.policies.verdict import May, Verdict
from callcenter.outbound.touches import service
from callcenter.outbound.touches.claim import SQL, claim
from callcenter.outbound.touches.model import ALL_BUCKETS, BATCH, Said, Unsaid
from callcenter.outbound.touches.ports import Follow, Words, nothing_follows
from callcenter.outbound.touches.rows import touch_of

CHANNEL_OF = {Way.TEXT: Channel.TEXT, Way.EMAIL: Channel.EMAIL}
KEY = "touch:"
SETTLED: dict[MessageState, service.Settled] = {
    MessageState.SENT: TouchState.SENT,
    MessageState.FAILED: TouchState.FAILED,
    MessageState.UNKNOWN: TouchState.UNKNOWN,
}
OUTCOME_OF = {
    DeliveryState.DELIVERED: Outcome.DELIVERED,
    DeliveryState.UNDELIVERED: Outcome.UNDELIVERED,
}
UNSAID = Unsaid()


async def claim_and_queue(
    tx: Tx,
    way: Way,
    by: str,
    words: Words,
    most: int = BATCH,
    buckets: Sequence[int] = ALL_BUCKETS,
    following: Follow = nothing_follows,
) -> int:
    """One batch of due touches on its way into the outbox; how many were judged."""
    judged, claimed = await claim(tx, way, by, most, buckets, following)
    if not claimed:
        return judged
    worded = await words(tx, claimed)
    said = {one: found for one, found in worded.items() if isinstance(found, Said)}
    for touch in claimed:
        unsaid = worded.get(touch.id, UNSAID)
        if isinstance(unsaid, Unsaid):
            await service.give_back(tx, touch.id, Verdict(May.NEVER, unsaid.why), following)
    to_say = [
        ToSay(
            key=f"{KEY}{touch.id}",
            channel=CHANNEL_OF[way],
            recipient=found.recipient,
            language=found.language,
            purpose=touch.purpose.value,
            body=found.body,
            subject=found.subject,
        )
        for touch in claimed
        if (found := said.get(touch.id)) is not None
    ]
    queued = await queue_many(tx, to_say)
    keys = {f"{KEY}{touch.id}": touch.id for touch in claimed}
    await SQL.keep_messages(
        tx.connection,
        ids=[keys[key] for key in queued],
        message_ids=list(queued.values()),
        variants=[said[keys[key]].variant for key in queued],
    )
    return judged


class TouchFollower:
    """What the outbox asks of a touch's message, and tells of it."""

    def __init__(self, following: Follow) -> None:
        self.following = following

    async def stands_against(self, tx: Tx, message: Message) -> str | None:
        """Whatever was asked at the claim, asked once more; the touch begins with its message."""
        touch = await _touch(tx, message)
        if touch is None:
            return "touch_gone" if message.key.startswith(KEY) else None
        found = await service.begin(tx, touch.id, message_id=message.id, following=self.following)
        if found is None:
            return "touch_gone"
        return None if found.may is May.NOW else str(found.why)

    async def became(self, tx: Tx, message: Message) -> None:
        """In any order, as often as it likes."""
        touch = await _touch(tx, message)
        if touch is None:
            return
        if message.state is MessageState.QUEUED:
            await SQL.touch_is_tried_again(tx.connection, message_id=message.id)
        if message.state in SETTLED:
            await self._settle(tx, touch, message)

    async def _settle(self, tx: Tx, touch: Touch, message: Message) -> None:
        await service.settle(
            tx,
            touch.id,
            SETTLED[message.state],
            reason="" if message.state is MessageState.SENT else (message.failure or ""),
            words=message.body,
            following=self.following,
        )
        outcome = _outcome(message)
        if outcome is not None:
            await service.come_of(tx, touch.id, outcome, following=self.following)


def _outcome(message: Message) -> Outcome | None:
    """Surely not sent is not delivered either: the step's rules go on from there."""
    if message.state is MessageState.FAILED:
        return Outcome.UNDELIVERED
    return OUTCOME_OF[message.delivery] if message.delivery else None


async def _touch(tx: Tx, message: Message) -> Touch | None:
    if not message.key.startswith(KEY):
        return None
    row = await SQL.touch_of_message(tx.connection, message_id=message.id)
    return touch_of(row) if row is not None else None
