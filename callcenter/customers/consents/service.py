"""What an owner says about being contacted: taken in with its evidence, and kept as it stands.

Whoever decides about a contact with him locks the same row of `owner_reach` first, so that one of
the two is first: a contact that was decided before he said no was decided before it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.customers.consents.errors import SaidInFuture
from callcenter.customers.consents.events import ConsentChanged
from callcenter.customers.consents.model import (
    Channel,
    Evidence,
    Purpose,
    Reach,
    SilenceReason,
    Word,
)
from callcenter.customers.errors import OwnerNotFound
from callcenter.db.events import record
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id

SQL = load_queries(__file__)
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class Proof:
    """By what it can be proved: the evidence, where it lies, and when he said so (None: now)."""

    evidence: Evidence
    reference: str = ""
    said_at: datetime | None = None


async def give(
    tx: Tx, actor: str, owner_id: UUID, codes: Iterable[tuple[Purpose, Channel]], proof: Proof
) -> Reach:
    """He agrees to these purposes on these channels; silence there is over for them.
    Raises OwnerNotFound, SaidInFuture."""
    return await _say(tx, actor, owner_id, codes, proof, granted=True)


async def take_back(
    tx: Tx, actor: str, owner_id: UUID, codes: Iterable[tuple[Purpose, Channel]], proof: Proof
) -> Reach:
    """He agrees to these no more, or never did; an `every_purpose_on` takes all of a channel.
    Raises OwnerNotFound, SaidInFuture."""
    return await _say(tx, actor, owner_id, codes, proof, granted=False)


async def silence(
    tx: Tx,
    actor: str,
    owner_id: UUID,
    channels: Iterable[Channel],
    proof: Proof,
    reason: SilenceReason = SilenceReason.ASKED,
) -> Reach:
    """Nothing at all on these channels any more; on all four he is not contacted at all.
    Raises OwnerNotFound, SaidInFuture."""
    pairs = [(None, channel) for channel in channels]
    return await _say(tx, actor, owner_id, pairs, proof, granted=False, reason=reason)


async def end_silence(
    tx: Tx, actor: str, owner_id: UUID, channels: Iterable[Channel], proof: Proof
) -> Reach:
    """He may be contacted there again. What he had given before is not given by that.
    Raises OwnerNotFound, SaidInFuture."""
    pairs = [(None, channel) for channel in channels]
    return await _say(tx, actor, owner_id, pairs, proof, granted=True)


def every_purpose_on(*channels: Channel) -> list[tuple[Purpose, Channel]]:
    """All that can be taken back on these channels."""
    return [(purpose, channel) for channel in channels for purpose in Purpose]


async def reach_of(tx: Tx, owner_id: UUID) -> Reach:
    """His words as they stand today; raises OwnerNotFound."""
    row = await SQL.reach_of(tx.connection, owner_id=owner_id)
    if row is None:
        raise OwnerNotFound
    return reach_row(row)


async def lock_reach(tx: Tx, owner_id: UUID) -> None:
    """Until the end of the transaction he says nothing new and nobody else decides about him;
    raises OwnerNotFound."""
    if await SQL.lock_reach(tx.connection, owner_id=owner_id) is None:
        raise OwnerNotFound


async def lock_reaches(tx: Tx, owner_ids: Sequence[UUID]) -> None:
    """`lock_reach` of many, in one order."""
    await SQL.lock_reaches(tx.connection, owner_ids=list(owner_ids))


async def keep_reach(tx: Tx, owner_ids: Sequence[UUID]) -> None:
    """`owner_reach` of these owners as all their words come to, after new rows of `consents`;
    their rows are locked."""
    await SQL.keep_reach(
        tx.connection, owner_ids=list(owner_ids), purposes=[one.value for one in Purpose]
    )


async def words_of(tx: Tx, owner_id: UUID) -> Sequence[Any]:
    """Every word he has said, the latest first, as rows of `consents`."""
    rows: Sequence[Any] = await SQL.consents_of(tx.connection, owner_id=owner_id)
    return rows


def reach_row(row: Any) -> Reach:
    """A row of `owner_reach` as the model."""
    codes = {name: frozenset(row[name]) for name in ("granted", "refused", "silent")}
    return Reach(owner_id=row["owner_id"], silent_at=row["silent_at"], **codes)


async def _say(
    tx: Tx,
    actor: str,
    owner_id: UUID,
    pairs: Iterable[tuple[Purpose | None, Channel]],
    proof: Proof,
    *,
    granted: bool,
    reason: SilenceReason | None = None,
) -> Reach:
    said_at = await _when(tx, proof)
    words = [
        Word(
            owner_id,
            channel,
            granted,
            proof.evidence,
            said_at,
            purpose,
            proof.reference,
            reason,
        )
        for purpose, channel in dict.fromkeys(pairs)
    ]
    await lock_reach(tx, owner_id)
    rows = json.dumps([_row(word) for word in words])
    new = await SQL.insert_consents(tx.connection, owner_id=owner_id, recorded_by=actor, words=rows)
    if new:
        await keep_reach(tx, [owner_id])
        await record(tx, _told(owner_id, words, granted), actor=actor)
    return await reach_of(tx, owner_id)


async def _when(tx: Tx, proof: Proof) -> datetime:
    now = await tx.now()
    said_at = proof.said_at or now
    if said_at > now + CLOCKS_DIFFER:
        raise SaidInFuture
    return min(said_at, now)


def _row(word: Word) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "purpose": word.purpose,
        "channel": word.channel,
        "granted": word.granted,
        "evidence": word.evidence,
        "reference": word.reference,
        "reason": word.reason,
        "said_at": word.said_at.isoformat(),
    }


def _told(owner_id: UUID, words: Sequence[Word], granted: bool) -> ConsentChanged:
    return ConsentChanged(
        owner_id=owner_id,
        granted=granted,
        purposes=sorted({word.purpose for word in words if word.purpose}),
        channels=sorted({word.channel for word in words}),
    )
