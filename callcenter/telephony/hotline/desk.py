"""The caller waits, the phone of the agent whose turn it is rings, and the two talk."""

from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents.model import AwayReason
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.model import EndReason
from callcenter.errors import CallCenterError
from callcenter.telephony.hotline.line import Line, by_caller
from callcenter.telephony.hotline.news import (
    AgentDropped,
    AgentPicked,
    CallClosed,
    LookAgain,
    Ordered,
    as_it_stands,
)
from callcenter.telephony.hotline.talk import Talk
from callcenter.telephony.hotline.wanted import Wanted
from callcenter.telephony.signals import Answered, Left, Played

log = structlog.get_logger()


class Desk:
    """One caller from the queue to the end of his talk."""

    def __init__(self, line: Line, leg: str) -> None:
        self.line = line
        self.call = line.call
        self.leg = leg
        self.rung: tuple[UUID, str] | None = None
        self.last_offer: tuple[UUID | None, int] = (None, 0)

    async def wait(self) -> None:
        """Until the talk is over, or he has given up, or the house wants the call no more."""
        self.call.tell(LookAgain())
        while not await self._is_over_after(await self.call.next()):
            pass
        await self.line.let_go()

    async def _is_over_after(self, signal: object) -> bool:
        if isinstance(signal, Left):
            await self.line.left(signal)
        if isinstance(signal, Answered | Left) and self._is_rung(signal.leg):
            if isinstance(signal, Left):
                await self._declined()
                return False
            return await self._picked_up() and await self._talk()
        if isinstance(signal, Left) and signal.leg == self.leg:
            await self.line.over(by_caller(signal, EndReason.ABANDONED))
            return True
        if isinstance(signal, LookAgain):
            signal = await self._as_the_house_has_it()
        if isinstance(signal, CallClosed):
            return True
        if isinstance(signal, Played):
            # What he was told is over: from now on he hears that he is still in line.
            await self.call.music(self.leg, on=True)
        await self._house_says(signal)
        return False

    async def _as_the_house_has_it(self) -> AgentPicked | CallClosed | None:
        return await self.line.database.run(
            lambda tx: as_it_stands(tx, self.line.call_id), readonly=True
        )

    async def _house_says(self, signal: object) -> None:
        if isinstance(signal, AgentPicked) and self._is_news(signal):
            self.last_offer = (signal.entry_id, signal.offers)
            await self._ring(signal)
        elif isinstance(signal, Ordered):
            await Wanted(self.line).refused(signal.order_id, "not_while_waiting")
        elif isinstance(signal, AgentDropped):
            await self._stop_ringing(signal.staff_id)

    def _is_news(self, picked: AgentPicked) -> bool:
        entry_id, offers = self.last_offer
        return picked.entry_id != entry_id or picked.offers > offers

    async def _ring(self, picked: AgentPicked) -> None:
        who = Callee(Party.AGENT, staff_id=picked.staff_id)
        leg = await self.line.ring(who, ring_s=self.line.rules.ring_s)
        # He sees it at the desk; without a phone nobody hears the caller.
        self.rung = (picked.staff_id, leg) if leg else None

    async def _stop_ringing(self, staff_id: UUID) -> None:
        if self.rung and self.rung[0] == staff_id:
            leg, self.rung = self.rung[1], None
            await self.call.hang_up(leg)

    def _is_rung(self, leg: str) -> bool:
        return self.rung is not None and self.rung[1] == leg

    async def _picked_up(self) -> bool:
        """The house has the last word: it may have gone to another in this very moment."""
        assert self.rung is not None
        staff_id, leg = self.rung
        given = (f"staff:{staff_id}", self.line.call_id, staff_id)
        try:
            await self.line.database.run(lambda tx: contacts.pick_up(tx, *given))
        except CallCenterError as refusal:
            # At the screen he may have been quicker than with his hand.
            if not await self._has_it(staff_id):
                log.info("picked_up_too_late", code=refusal.code)
                await self.call.hang_up(leg)
                return False
        await self.line.answered(leg)
        return True

    async def _has_it(self, staff_id: UUID) -> bool:
        call = await self.line.database.run(
            lambda tx: calls.get(tx, self.line.call_id), readonly=True
        )
        return call.answered_by == staff_id and call.ended_at is None

    async def _declined(self) -> None:
        """His phone is busy, he pressed it away, or it is not there: another is rung."""
        assert self.rung is not None
        (staff_id, _), self.rung = self.rung, None
        given = (self.line.call_id, staff_id, AwayReason.MISSED, self.line.rules)
        try:
            await self.line.database.run(
                lambda tx: contacts.pass_on(tx, f"staff:{staff_id}", *given)
            )
        except CallCenterError as refusal:
            log.info("declined_too_late", code=refusal.code)

    async def _talk(self) -> bool:
        assert self.rung is not None
        agent, self.rung = self.rung[1], None
        waits = await Talk(self.line, self.leg, agent).go_on()
        if waits:
            self.call.tell(LookAgain())
        return not waits
