"""Very many messages queued at once. They wait behind everything that is said about one ticket."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from callcenter.db.enqueue import Job, enqueue
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.messages.model import Channel
from callcenter.messages.service import SQL

SEND_MANY = "messages.send_many"
"""The errand of `sending` under a name of its own, which has a limit of its own."""
AT_ONCE = 32
"""Under way over all workers. Without a limit a campaign's texts would all stand before a rescue
where the worker's few connections are waited for."""
BEHIND_ALL_OTHERS = -10
DUE_LONG_SINCE = timedelta(days=-1)
"""Many of them wait in the queue: a clock that goes back an hour must not hold them that long."""


@dataclass(frozen=True)
class ToSay:
    """A message as `service.queue` takes it."""

    key: str
    channel: Channel
    recipient: str
    language: str
    purpose: str
    body: str
    subject: str | None = None


async def queue_many(tx: Tx, messages: Sequence[ToSay]) -> Mapping[str, UUID]:
    """Each to be sent once per key; the ids of those that were new, by key."""
    rows = await SQL.queue_messages(
        tx.connection,
        ids=[new_id() for _ in messages],
        keys=[one.key for one in messages],
        channels=[one.channel.value for one in messages],
        recipients=[one.recipient for one in messages],
        languages=[one.language for one in messages],
        purposes=[one.purpose for one in messages],
        bodies=[one.body for one in messages],
        subjects=[one.subject for one in messages],
    )
    queued: dict[str, UUID] = {row["key"]: row["id"] for row in rows}
    if queued:
        await enqueue(tx, [_job(message_id) for message_id in queued.values()])
    return queued


def _job(message_id: UUID) -> Job:
    return Job(
        SEND_MANY,
        {"message_id": str(message_id)},
        f"{SEND_MANY}:{message_id}",
        after=DUE_LONG_SINCE,
        priority=BEHIND_ALL_OTHERS,
    )
