"""Who queued a message may follow it: he is asked before it leaves, and told what becomes of it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.messages.inbound import NO_READER, Reader
from callcenter.messages.model import Message
from callcenter.messages.service import SQL, message_of


class Follower(Protocol):
    """Asked and told of every message; knows his own by their keys."""

    async def stands_against(self, tx: Tx, message: Message) -> str | None:
        """Why it may not leave any more, as a code; None: it may. Asked in the transaction in which
        it becomes "sending"."""

    async def became(self, tx: Tx, message: Message) -> None:
        """Its state or its delivery may have changed, in this transaction; also back to "queued",
        when it was surely not sent and is tried again."""


class Nobody:
    """Follows no message."""

    async def stands_against(self, tx: Tx, message: Message) -> str | None:
        return None

    async def became(self, tx: Tx, message: Message) -> None:
        """Not interested."""


@dataclass(frozen=True)
class Followed:
    """By whom messages are followed in this process, and what comes back is read: a part of the
    web application."""

    by: Follower
    reader: Reader = NO_READER


NOBODY = Nobody()


async def settle(tx: Tx, message_id: UUID, follower: Follower) -> None:
    """Bring the message in line with its parts, and tell who follows it."""
    await SQL.settle_message(tx.connection, id=message_id)
    await tell(tx, message_id, follower)


async def tell(tx: Tx, message_id: UUID, follower: Follower) -> None:
    """How it stands now."""
    row = await SQL.message_by_id(tx.connection, id=message_id)
    if row is not None:
        await follower.became(tx, message_of(row))
