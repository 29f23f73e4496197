"""What comes back by text message: kept once, and read by whoever knows what it means."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.messages.errors import TextNotFound, TextSeenTo
from callcenter.messages.events import TextNotUnderstood, TextSeenToBySomebody
from callcenter.messages.service import SQL

ACTOR = "owner"


class TextMeaning(StrEnum):
    """What a text was taken for. `likely_refusal`: one in so many words, which counts; a person
    reads it, too."""

    REFUSAL = "refusal"
    LIKELY_REFUSAL = "likely_refusal"
    ANSWER = "answer"
    NOTHING_KNOWN = "nothing_known"


TO_READ = frozenset({TextMeaning.NOTHING_KNOWN, TextMeaning.LIKELY_REFUSAL})
"""What waits for a person."""


@dataclass(frozen=True)
class Written:
    """A text somebody has sent us. `sender`: E.164; `provider_id` where the provider has one."""

    carrier: str
    sender: str
    body: str
    provider_id: str | None = None


class Reader(Protocol):
    """Knows what a text means, and does it in the transaction that keeps it."""

    async def read(self, tx: Tx, text_id: UUID, written: Written) -> TextMeaning: ...


class NoReader:
    """Texts are kept, and mean nothing."""

    async def read(self, tx: Tx, text_id: UUID, written: Written) -> TextMeaning:
        return TextMeaning.NOTHING_KNOWN


NO_READER = NoReader()


async def take(tx: Tx, written: Written, reader: Reader = NO_READER) -> UUID | None:
    """Keep it and have it read; None for one that was here before.

    A centre that has no ids says a text again when our answer to it was lost: the same words of the
    same number within seconds are one text.
    """
    await SQL.lock_sender(tx.connection, sender=written.sender)
    row = await SQL.keep_inbound(
        tx.connection,
        id=new_id(),
        carrier=written.carrier,
        provider_id=written.provider_id,
        sender=written.sender,
        body=written.body,
    )
    if row is None:
        return None
    text_id: UUID = row["id"]
    meant = await reader.read(tx, text_id, written)
    await SQL.inbound_meant(tx.connection, id=text_id, meant=meant.value)
    if meant in TO_READ:
        await record(tx, TextNotUnderstood(text_id=text_id), actor=ACTOR)
    return text_id


async def see_to(tx: Tx, actor: str, text_id: UUID, note: str) -> Any:
    """A person has dealt with what had to be read; the row. Raises TextNotFound, TextSeenTo."""
    row = await SQL.see_to_text(tx.connection, id=text_id, actor=actor, note=note)
    if row is None:
        there = await SQL.text_by_id(tx.connection, id=text_id)
        waited = there is not None and there["meant"] in TO_READ
        raise TextSeenTo if waited else TextNotFound
    await record(tx, TextSeenToBySomebody(text_id=text_id), actor=actor)
    return row
