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
_CODED = r"5(?:50|51|53|54)[ -]+5\.(?:1\.(?:[1236]|10)|2\.1)\b"
"""By RFC 3463 and 5248: no such box, house or name, moved, takes no mail, shut. What they say about
us as senders (1.7, 1.8), the way (4), the protocol (5), the content (6) or the rules (7) is no word
about the owner's address."""
_UNCODED = r"5(?:50|51|53)[ -](?!\s*5\.\d)"
"""By RFC 5321, section 4.2.3: not known, not here, no name. But mail servers say it of us, too."""
_OF_US = (
    r"spam|block|black|listed|\brbl\b|\brelay|\bsender\b|mail from|polic|frequen|limit|too many"
    r"|\brate\b|\bspf\b|dkim|dmarc|authent|authoriz|denied|reputation|\bip\b|connection|\bclient\b"
    r"|\bhelo\b|\behlo\b|\bptr\b|\bdns\b|greylist|content|virus|\bsuspicious\b"
)
NO_SUCH_BOX = re.compile(
    rf"smtp (?:(?:rcpt |data )?{_CODED}|rcpt (?:{_UNCODED})(?!.*(?:{_OF_US})))",
    re.DOTALL | re.IGNORECASE,
)
"""Where the code says it; else only where the recipient was refused, and not because of us. Older
failures name no stage: only their codes count."""


async def number_is_wrong(tx: Tx, touch: Touch) -> None:
    """An agent has heard it from whom he rang: it is wrong for that owner. Or a key has said so,
    and was told that the number is not dialled again: it is wrong for all who have it. Another
    number of an owner's is dialled from now on; who has none is silent on every way that needs
    one."""
    number = await SQL.number_dialled(tx.connection, touch_id=touch.id)
    by_key = touch.channel is Way.AUTOMATED_CALL
    heard = Evidence.KEY_PRESS if by_key else Evidence.SAID_TO_AGENT
    proof = consents.Proof(heard, f"touch:{touch.id}")
    his = await customers.owners_of_number(tx, number) if number and by_key else ()
    for owner_id in sorted({touch.owner_id, *his}):
        if number and await customers.number_is_wrong(tx, ACTOR, owner_id, number):
            continue
        await _silence(tx, owner_id, BY_NUMBER, proof, SilenceReason.WRONG_NUMBER)


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
