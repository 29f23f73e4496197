"""Touches by telephone: claimed a few at a time, and followed by what came of the call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.policies.verdict import May, Verdict, Why
from callcenter.outbound.touches import service
from callcenter.outbound.touches.claim import SQL, claim_locked
from callcenter.outbound.touches.model import ALL_BUCKETS, Planned
from callcenter.outbound.touches.ports import Follow, Words
from callcenter.outbound.touches.rows import touch_of

PROMISE_LIVES = timedelta(days=3)
"""A promised call that nobody has made by then is nobody's any more."""
PROMISED = 0
"""Its priority: before all else."""


@dataclass(frozen=True)
class CalledTouches:
    """What the dialling asks of touches (`dialling.touches.Touches`)."""

    words: Words
    following: Follow

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
        """Due touches that may be now; judged until one may, or none is left."""
        while True:
            locked = await SQL.lock_due_calls(
                tx.connection,
                buckets=list(ALL_BUCKETS),
                way=way.value,
                campaigns=list(campaigns) if campaigns is not None else None,
                staff_id=staff_id,
                most=most,
            )
            judged, claimed = await claim_locked(tx, locked, by, self.following)
            if claimed or not judged:
                return claimed

    async def said(self, tx: Tx, touch: Touch) -> Said | None:
        """Its words for this owner; None: he has no number, or nobody wrote words for him."""
        found = (await self.words(tx, [touch])).get(touch.id)
        return Said(found.recipient, found.language, found.body) if found else None

    async def sending(self, tx: Tx, touch_id: UUID) -> bool:
        """Begun by whoever holds its claim, asked again behind the owner's lock."""
        row = await SQL.touch_by_id(tx.connection, id=touch_id)
        found = await service.begin(tx, touch_id, by=row["claimed_by"], following=self.following)
        return found is not None and found.may is May.NOW

    async def skip(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """Nobody was called by it, and nobody is to be; another way may follow."""
        found = Verdict(May.NEVER, Why.NO_WORDS)
        await service.give_back(tx, touch_id, found, self.following, reason=reason)

    async def give_back(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """Nobody was called, surely; it is due again."""
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
        """It was done, with what came of it; said again, the later word counts."""
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
        """Nobody can say whether it was done."""
        await service.settle(
            tx, touch_id, TouchState.UNKNOWN, reason=reason, following=self.following
        )

    async def promise(self, tx: Tx, touch_id: UUID, staff_id: UUID, at: datetime) -> None:
        """A call-back to the same owner by this agent, due then and never before."""
        await promise_call(tx, touch_id, staff_id, at)


async def promise_call(tx: Tx, touch_id: UUID, staff_id: UUID | None, at: datetime) -> None:
    """The owner was told that he will be called, when and perhaps by whom: it goes before all other
    calls, and what else of its run is withdrawn leaves it alone."""
    touch = touch_of(await SQL.touch_by_id(tx.connection, id=touch_id))
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
