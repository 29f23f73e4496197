"""Where somebody else answers, or nobody is: it is not tried by the next campaign again, until the
owner has another number or address."""

import re
from collections.abc import Sequence
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, SilenceReason
from callcenter.db.events import StoredEvent
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.model import Touch, Way

ACTOR = "outbound"
BY_NUMBER = (Channel.CALL, Channel.AUTOMATED_CALL, Channel.TEXT)
NO_SUCH_BOX = re.compile(r"smtp (?:550|551|553)\b(?!.{0,12}\b5\.(?:1\.[78]|[4-7]\.))", re.DOTALL)
"""RFC 5321 section 4.2.3, of an address: not known, not here, no name. What RFC 3463 says about us
as senders (1.7, 1.8), the way (4), the protocol (5), the content (6) or the rules (7) is no word
about the owner's address."""


async def number_is_wrong(tx: Tx, touch: Touch) -> None:
    """An agent has heard it from whom he rang, or a key has said so. Another number of the owner's
    is dialled from now on; who has none is silent on every way that needs one."""
    number = await SQL.number_dialled(tx.connection, touch_id=touch.id)
    if number and await customers.number_is_wrong(tx, ACTOR, touch.owner_id, number):
        return
    by_key = touch.channel is Way.AUTOMATED_CALL
    heard = Evidence.KEY_PRESS if by_key else Evidence.SAID_TO_AGENT
    proof = consents.Proof(heard, f"touch:{touch.id}")
    await _silence(tx, touch.owner_id, BY_NUMBER, proof, SilenceReason.WRONG_NUMBER)


async def letter_failed(tx: Tx, touch: Touch) -> None:
    """Where his mail server knows nobody of this name, no e-mail is sent any more."""
    if NO_SUCH_BOX.match(touch.reason):
        proof = consents.Proof(Evidence.RECEIPT, f"touch:{touch.id}")
        await _silence(tx, touch.owner_id, [Channel.EMAIL], proof, SilenceReason.BOUNCED)


async def has_new_number(tx: Tx, event: StoredEvent) -> None:
    """He may be called again, if that was all that stood against it."""
    await _lift(tx, event, BY_NUMBER, SilenceReason.WRONG_NUMBER)


async def has_new_email(tx: Tx, event: StoredEvent) -> None:
    """The same of his e-mail address."""
    if "email" in event.facts["fields"]:
        await _lift(tx, event, [Channel.EMAIL], SilenceReason.BOUNCED)


async def _silence(
    tx: Tx,
    owner_id: UUID,
    channels: Sequence[Channel],
    proof: consents.Proof,
    reason: SilenceReason,
) -> None:
    """Not where he is silent already: what he has asked for himself is not lifted by a number."""
    await consents.lock_reach(tx, owner_id)
    silent = (await consents.reach_of(tx, owner_id)).silent
    if speaks := [one for one in channels if one not in silent]:
        await consents.silence(tx, ACTOR, owner_id, speaks, proof, reason)


async def _lift(
    tx: Tx, event: StoredEvent, channels: Sequence[Channel], reason: SilenceReason
) -> None:
    owner_id = UUID(event.facts["owner_id"])
    await consents.lock_reach(tx, owner_id)
    silent = (await consents.reach_of(tx, owner_id)).silent
    last: dict[str, str | None] = {}
    for word in await consents.words_of(tx, owner_id):
        if word["purpose"] is None:
            last.setdefault(word["channel"], word["reason"])
    over = [one for one in channels if one in silent and last.get(one) == reason]
    if over:
        proof = consents.Proof(Evidence.SAID_TO_AGENT, f"event:{event.id}")
        await consents.end_silence(tx, event.actor, owner_id, over, proof)
