"""An owner wants no more e-mails: by the link in one, or by his mail program (RFC 8058)."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, Purpose
from callcenter.db.transaction import Tx
from callcenter.messages.model import Message
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.model import Outcome, Touch
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.by_message import KEY
from callcenter.outbound.touches.claim import SQL
from callcenter.outbound.touches.rows import touch_of
from callcenter.web.links import SignedLinks

UNSUBSCRIBE = "unsubscribe"
ACTOR = "owner"


@dataclass(frozen=True)
class UnsubscribeLinks:
    """Where the owner of a touch says that he wants no more. `base_url`: what links begin with."""

    base_url: str
    links: SignedLinks

    def of_touch(self, touch_id: UUID, purpose: Purpose) -> str | None:
        """None where it is about his safety: that is told whoever is silent."""
        if purpose is Purpose.SAFETY:
            return None
        return f"{self.base_url}/u/{self.links.make(UNSUBSCRIBE, touch_id)}"

    def __call__(self, message: Message) -> str | None:
        """The same of its message; None of one that no campaign has sent."""
        if not message.key.startswith(KEY):
            return None
        return self.of_touch(UUID(message.key.removeprefix(KEY)), Purpose(message.purpose))


async def touch_to_end(tx: Tx, links: SignedLinks, token: str) -> Touch | None:
    """The touch of a link that was made here; None of any other."""
    touch_id = links.read(UNSUBSCRIBE, token)
    row = await SQL.touch_by_id(tx.connection, id=touch_id) if touch_id else None
    return touch_of(row) if row is not None else None


async def no_more_emails(tx: Tx, touch: Touch) -> None:
    """Silent by e-mail from now on, and nothing else of this run is said to him; a second time
    changes nothing."""
    reach = await consents.reach_of(tx, touch.owner_id)
    if Channel.EMAIL not in reach.silent:
        proof = consents.Proof(Evidence.WEB_FORM, f"touch:{touch.id}")
        await consents.silence(tx, ACTOR, touch.owner_id, [Channel.EMAIL], proof)
    await touches.come_of(tx, touch.id, Outcome.OPTED_OUT, following=after_touch)
