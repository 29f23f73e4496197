"""What providers report of messages, in whatever order, as often as they like.

A receipt is matched by the provider's id, by our own id where the provider sends it back, or by
the 16 bits of a part's reference together with the number it went to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.messages.following import NOBODY, Follower, settle, tell
from callcenter.messages.model import DeliveryState, Part
from callcenter.messages.service import SQL


@dataclass(frozen=True)
class Receipt:
    """One report. `delivery` is None while it is on its way: that says only that the provider has
    it. `part`, or `reference` and `recipient`, where the provider gives back what we gave it."""

    carrier: str
    provider_id: str
    delivery: DeliveryState | None
    failure: str | None = None
    part: Part | None = None
    reference: int | None = None
    recipient: str | None = None


async def take(tx: Tx, receipt: Receipt, follower: Follower = NOBODY) -> bool:
    """Write it to its message; False when it is kept for one that is not known by this id yet."""
    await _lock(tx, receipt.carrier, receipt.provider_id)
    part = await _part_of(tx, receipt)
    if part is None:
        await SQL.keep_early_receipt(
            tx.connection,
            carrier=receipt.carrier,
            provider_id=receipt.provider_id,
            delivery=receipt.delivery,
            failure=receipt.failure,
        )
        return False
    await SQL.lock_message(tx.connection, id=part.message_id)
    await _keep_id(tx, part, receipt.provider_id)
    await _report(tx, part, receipt.delivery, receipt.failure)
    await settle(tx, part.message_id, follower)
    return True


async def accepted(
    tx: Tx, carrier: str, part: Part, provider_id: str, follower: Follower = NOBODY
) -> None:
    """The provider's answer came when nobody waited for it any more."""
    await keep_ids(tx, carrier, part.message_id, {part.part: provider_id})
    await settle(tx, part.message_id, follower)


async def refused(tx: Tx, part: Part, failure: str, follower: Follower = NOBODY) -> None:
    """The provider's no came when nobody waited for it any more: what was unknown has failed, when
    that part is all of it."""
    await SQL.refuse_message(tx.connection, id=part.message_id, part=part.part, failure=failure)
    await tell(tx, part.message_id, follower)


async def keep_ids(tx: Tx, carrier: str, message_id: UUID, ids: Mapping[int, str]) -> None:
    """The provider's ids of these parts, with the receipts that came before them. A provider that
    gives none is known by the part's reference only."""
    ids = {number: provider_id for number, provider_id in ids.items() if provider_id}
    for provider_id in sorted(set(ids.values())):
        await _lock(tx, carrier, provider_id)
    await SQL.lock_message(tx.connection, id=message_id)
    for number, provider_id in ids.items():
        part = Part(message_id, number)
        await _keep_id(tx, part, provider_id)
        early = await SQL.take_early_receipt(
            tx.connection, carrier=carrier, provider_id=provider_id
        )
        if early is not None:
            await _report(tx, part, early["delivery"], early["failure"])


async def purge(tx: Tx) -> None:
    """Forget receipts for what was never ours."""
    await SQL.purge_early_receipts(tx.connection)


async def _part_of(tx: Tx, receipt: Receipt) -> Part | None:
    row = None
    if receipt.part is not None:
        row = await SQL.part_handed_over(
            tx.connection,
            carrier=receipt.carrier,
            message_id=receipt.part.message_id,
            part=receipt.part.part,
        )
    if row is None:
        row = await SQL.part_by_provider_id(
            tx.connection, carrier=receipt.carrier, provider_id=receipt.provider_id
        )
    if row is None and receipt.reference is not None:
        row = await SQL.part_by_reference(
            tx.connection,
            carrier=receipt.carrier,
            reference=receipt.reference,
            recipient=receipt.recipient,
        )
    return Part(row["message_id"], row["part"]) if row else None


async def _lock(tx: Tx, carrier: str, provider_id: str) -> None:
    await SQL.lock_provider_id(tx.connection, carrier=carrier, provider_id=provider_id)


async def _keep_id(tx: Tx, part: Part, provider_id: str) -> None:
    await SQL.keep_provider_id(
        tx.connection, message_id=part.message_id, part=part.part, provider_id=provider_id
    )


async def _report(tx: Tx, part: Part, delivery: str | None, failure: str | None) -> None:
    if delivery is not None:
        await SQL.report_part(
            tx.connection,
            message_id=part.message_id,
            part=part.part,
            delivery=delivery,
            failure=failure if delivery == DeliveryState.UNDELIVERED else None,
        )
