"""Touches as the dialling sees them, by the claims, words and plans of campaigns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat
from uuid import UUID

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.policies.verdict import May, Verdict, Why
from callcenter.outbound.touches import service
from callcenter.outbound.touches.claim import claim
from callcenter.outbound.touches.model import Planned
from callcenter.outbound.touches.model import Said as Worded
from callcenter.outbound.touches.ports import Follow, Words

PROMISED = 0
PASSED_OVER = 50
PROMISE_LIVES = timedelta(days=1)
"""A promised call that nobody has made by then is not made any more; it stands on the agent's list
all the time until then."""


async def wordless(tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Worded]:
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

    async def said(self, tx: Tx, touch: Touch) -> Said | None:
        """By the plan's variant for him."""
        found = (await self.words(tx, [touch])).get(touch.id)
        return Said(found.recipient, found.language, found.body) if found else None

    async def sending(self, tx: Tx, touch_id: UUID, by: str) -> bool:
        """As any touch is begun."""
        found = await service.begin(tx, touch_id, by=by, following=self.following)
        return found is not None and found.may is May.NOW

    async def skip(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """The plan goes on by its next way; `reason` stands with the call to the owner."""
        found = Verdict(May.NEVER, Why.NO_WORDS)
        await service.give_back(tx, touch_id, found, self.following, reason=reason)

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
        """See `promise`."""
        await promise(tx, touch_id, staff_id, at)


async def _no_more(tx: Tx, touch_id: UUID, staff_id: UUID) -> None:
    touch = await service.get(tx, touch_id)
    proof = consents.Proof(Evidence.SAID_TO_AGENT, str(touch_id))
    await consents.silence(tx, f"staff:{staff_id}", touch.owner_id, list(Channel), proof)


async def promise(tx: Tx, touch_id: UUID, staff_id: UUID | None, at: datetime) -> None:
    """The owner was told that he will be called, when and perhaps by whom: the same step once more,
    behind all its attempts and before all other calls; what else of its run is withdrawn leaves it
    alone."""
    touch = await service.get(tx, touch_id)
    tried = await SQL.last_attempt(
        tx.connection, run_id=touch.run_id, owner_id=touch.owner_id, step=touch.step
    )
    again = Planned(
        owner_id=touch.owner_id,
        step=touch.step,
        channel=Way.AGENT_CALL,
        purpose=touch.purpose,
        priority=PROMISED,
        due_at=at,
        expires_at=at + PROMISE_LIVES,
        attempt=tried + 1,
        vehicle_id=touch.vehicle_id,
        ticket_id=touch.ticket_id,
        promised_to=staff_id,
    )
    await service.plan(tx, touch.run_id, touch.campaign_id, [again])
