"""What an owner's text back means: that he wants no more, or his answer to a survey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.customers.consents.words import (
    Refusal,
    channels_of_refusal,
    refusal_in,
    speaks_of_both,
)
from callcenter.customers.model import Owner
from callcenter.db.transaction import Tx
from callcenter.messages import service as messages
from callcenter.messages.inbound import TextMeaning, Written
from callcenter.messages.model import Channel as MessageChannel
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.model import Outcome
from callcenter.outbound.surveys.by_text import Reply, answer_by_text
from callcenter.outbound.surveys.links import page_path
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.claim import SQL
from callcenter.web.links import SignedLinks

ACTOR = "owner"
NO_MORE: Mapping[frozenset[Channel], Mapping[str, str]] = {
    frozenset({Channel.TEXT}): {
        "zh": "已为您停发短信。救援和安全召回仍会通知您。",
        "en": "You get no more texts from us, but for rescues and safety recalls.",
    },
    frozenset({Channel.TEXT, Channel.CALL, Channel.AUTOMATED_CALL}): {
        "zh": "我们不再给您打电话,也不再发短信。救援和安全召回仍会通知您。",
        "en": "You get no more calls or texts from us, but for rescues and safety recalls.",
    },
    frozenset(Channel): {
        "zh": "我们不再给您打电话、发短信和邮件。救援和安全召回仍会通知您。",
        "en": "You get no more calls, texts or e-mails from us, but for rescues and recalls.",
    },
}


@dataclass(frozen=True)
class Replies:
    """`base_url`: what links begin with."""

    base_url: str
    links: SignedLinks

    async def read(self, tx: Tx, text_id: UUID, written: Written) -> TextMeaning:
        """A refusal is everybody's who has this number: nobody else can be meant by it."""
        owners = await customers.find_by_phone(tx, written.sender)
        if not owners:
            return TextMeaning.NOTHING_KNOWN
        if refusal := refusal_in(written.body):
            silent, language = channels_of_refusal(written.body), owners[0].language
            for owner in owners:
                await _no_more(tx, owner, silent, text_id)
            await self._say(tx, text_id, written, language, NO_MORE[frozenset(silent)][language])
            return TextMeaning.REFUSAL if refusal is Refusal.WORD else TextMeaning.LIKELY_REFUSAL
        if speaks_of_both(written.body):
            return TextMeaning.NOTHING_KNOWN
        ids = [one.id for one in owners]
        reply = await answer_by_text(tx, ACTOR, ids, written.sender, written.body)
        if reply is None:
            return TextMeaning.NOTHING_KNOWN
        await self._say(tx, text_id, written, reply.language, self._words(reply))
        # What was no answer may be anything, a plea for help: a person reads it.
        return TextMeaning.ANSWER if reply.taken else TextMeaning.NOTHING_KNOWN

    def _words(self, reply: Reply) -> str:
        if not reply.needs_page:
            return reply.words
        return f"{reply.words} {self.base_url}{page_path(self.links, reply.response_id)}"

    async def _say(
        self, tx: Tx, text_id: UUID, written: Written, language: str, words: str
    ) -> None:
        await messages.queue(
            tx,
            key=f"reply:{text_id}",
            channel=MessageChannel.TEXT,
            recipient=written.sender,
            language=language,
            purpose="reply",
            body=words,
            drill=False,
        )


async def _no_more(tx: Tx, owner: Owner, silent: Sequence[Channel], text_id: UUID) -> None:
    proof = consents.Proof(Evidence.TEXT_REPLY, str(text_id))
    await consents.silence(tx, ACTOR, owner.id, silent, proof)
    last = await SQL.last_text_to(tx.connection, owner_id=owner.id)
    if last is not None:
        await touches.come_of(tx, last["id"], Outcome.OPTED_OUT, following=after_touch)
