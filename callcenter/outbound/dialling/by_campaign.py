"""Touches as the dialling sees them, by the claims, words and plans of campaigns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from uuid import UUID

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.repository import SQL as CAMPAIGNS
from callcenter.outbound.dialling.touches import Said, Unsaid
from callcenter.outbound.dialling.whose import agents_calls
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.policies.verdict import May, Verdict, Why
from callcenter.outbound.promises import service as promises
from callcenter.outbound.touches import service
from callcenter.outbound.touches.claim import claim, claim_for_agent
from callcenter.outbound.touches.model import Said as Worded
from callcenter.outbound.touches.model import Unsaid as Wordless
from callcenter.outbound.touches.ports import Follow, Words, nothing_follows

PASSED_OVER = 50


async def wordless(tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Worded | Wordless]:
    """For who begins no call."""
    return {}


@dataclass(frozen=True)
class CampaignTouches:
    """See `dialling.touches.Touches`."""

    words: Words = wordless
    following: Follow = after_touch

    async def claim(
        self,
        tx: Tx,
        way: Way,
        by: str,
        most: int,
        *,
        campaigns: Sequence[UUID] | None = None,
        staff_id: UUID | None = None,
    ) -> Sequence[Touch]:
        """With every check of a claim. Those who may not be called now are passed over, as many
        as there are at once; an agent does not hear "nobody" because of some of them."""
        for looked_at in (most, *repeat(most + PASSED_OVER, PASSED_OVER)):
            judged, claimed = await claim(
                tx,
                way,
                by,
                looked_at,
                following=self.following,
                campaigns=campaigns,
                staff_id=staff_id,
                take=most,
            )
            if claimed or not (judged or looked_at == most):
                return claimed
        return []

    async def next_for(self, tx: Tx, by: str, staff_id: UUID) -> Sequence[Touch]:
        """The same for an agent who looks before he dials: of campaigns in preview, of his groups
        and in his languages; what was promised, of any of his groups' campaigns."""
        whose = await agents_calls(tx, staff_id)
        for _ in range(PASSED_OVER):
            judged, claimed = await claim_for_agent(tx, by, whose, self.following)
            if claimed or not judged:
                return claimed
            await self._pass_over(tx, by, whose.campaigns)
        return []

    async def _pass_over(self, tx: Tx, by: str, campaigns: Sequence[UUID]) -> None:
        """Where the first may not be called many may not: judged together, and none claimed."""
        way, most = Way.AGENT_CALL, PASSED_OVER
        await claim(tx, way, by, most, following=self.following, campaigns=campaigns, take=0)

    async def said(self, tx: Tx, touch: Touch) -> Said | Unsaid:
        """By the plan's variant for him."""
        found = (await self.words(tx, [touch])).get(touch.id)
        if isinstance(found, Wordless):
            return Unsaid(found.why.value)
        return Said(found.recipient, found.language, found.body) if found else Unsaid()

    async def sending(self, tx: Tx, touch_id: UUID, by: str) -> bool:
        """As any touch is begun."""
        found = await service.begin(tx, touch_id, by=by, following=self.following)
        return found is not None and found.may is May.NOW

    async def skip(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """The plan goes on by its next way; `reason` stands with the call to the owner."""
        found = Verdict(May.NEVER, Why.NO_WORDS)
        await service.give_back(tx, touch_id, found, self.following, reason=reason)

    async def drop(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """No other way of the plan speaks instead of the agent who has decided so, though his claim
        was over before he did."""
        touch = await service.get(tx, touch_id)
        after = self.following if touch.promised_call_id is not None else nothing_follows
        found = Verdict(May.NEVER, Why.NO_WORDS)
        await service.give_back(tx, touch_id, found, after, reason=reason, ready_too=True)
        await CAMPAIGNS.withdraw_rest(
            tx.connection, run_id=touch.run_id, owner_id=touch.owner_id, reason=reason
        )

    async def pass_on(self, tx: Tx, touch_id: UUID, staff_id: UUID, reason: str) -> None:
        """It is due again at once, not for him; nor is what he had promised his own any more."""
        await service.pass_on(tx, touch_id, staff_id, reason)
        await promises.left_by_its_agent(tx, touch_id)

    async def give_back(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """Its contact does not count."""
        await service.give_back(tx, touch_id, Verdict(May.LATER), self.following, reason=reason)

    async def outcome(
        self,
        tx: Tx,
        touch_id: UUID,
        outcome: Outcome,
        *,
        words: str = "",
        staff_id: UUID | None = None,
        promised: str = "",
    ) -> None:
        """Sent, with the words in the ledger; then what came of it, and what follows. Who tells an
        agent that he wants no more of us hears no more of us, whatever the campaign."""
        if outcome is Outcome.OPTED_OUT and staff_id is not None:
            await _no_more(tx, touch_id, staff_id)
        await service.settle(
            tx,
            touch_id,
            TouchState.SENT,
            words=words,
            staff_id=staff_id,
            following=self.following,
        )
        await service.come_of(
            tx, touch_id, outcome, following=self.following, promised=promised or None
        )

    async def unknown(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """As good as said: nobody is told twice because we do not know."""
        await service.settle(
            tx, touch_id, TouchState.UNKNOWN, reason=reason, following=self.following
        )

    async def promise(self, tx: Tx, touch_id: UUID, staff_id: UUID | None, at: datetime) -> None:
        """Kept by this agent; what else of its run is withdrawn leaves it alone. Raises
        PromiseOutsideHours."""
        await promises.make(tx, touch_id, staff_id, at)


async def _no_more(tx: Tx, touch_id: UUID, staff_id: UUID) -> None:
    touch = await service.get(tx, touch_id)
    proof = consents.Proof(Evidence.SAID_TO_AGENT, str(touch_id))
    await consents.silence(tx, f"staff:{staff_id}", touch.owner_id, list(Channel), proof)
