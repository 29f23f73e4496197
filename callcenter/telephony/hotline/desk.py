"""The caller waits, the phone of the agent whose turn it is rings, and the two talk."""

from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls.agents.model import AwayReason
from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.errors import CallCenterError
from callcenter.settings import QueueSettings
from callcenter.telephony.hotline.ending import ended
from callcenter.telephony.hotline.news import (
    AgentDropped,
    AgentPicked,
    CallClosed,
    LookAgain,
    agent_picked,
)
from callcenter.telephony.hotline.phones import AgentPhones
from callcenter.telephony.recordings.recorder import CallRecording
from callcenter.telephony.signals import Answered, Left, Played
from callcenter.telephony.switch import LiveCall, Phone

log = structlog.get_logger()


class Desk:
    """One caller from the queue to the end of his talk."""

    def __init__(
        self,
        database: Database,
        phones: AgentPhones,
        rules: QueueSettings,
        call: LiveCall,
        leg: str,
        call_id: UUID,
        shown: str,
        recording: CallRecording,
    ) -> None:
        self.database = database
        self.phones = phones
        self.rules = rules
        self.call = call
        self.leg = leg
        self.call_id = call_id
        self.shown = shown
        self.recording = recording
        self.rung: tuple[UUID, str] | None = None
        self.last_offer = 0

    async def wait(self) -> None:
        """Until the talk is over, or he has given up, or the house wants the call no more."""
        self.call.tell(LookAgain())
        while not await self._is_over_after(await self.call.next()):
            pass

    async def _is_over_after(self, signal: object) -> bool:
        if isinstance(signal, Answered | Left) and self._is_rung(signal.leg):
            if isinstance(signal, Left):
                await self._declined()
                return False
            return await self._picked_up() and await self._talk()
        if isinstance(signal, Left) and signal.leg == self.leg:
            await self._ended(EndReason.ABANDONED)
            return await self._let_go()
        if isinstance(signal, CallClosed):
            return await self._let_go()
        if isinstance(signal, Played):
            # What he was told is over: from now on he hears that he is still in line.
            self.recording.hear(signal)
            await self.call.music(self.leg, on=True)
        await self._house_says(signal)
        return False

    async def _house_says(self, signal: object) -> None:
        if isinstance(signal, LookAgain):
            signal = await self.database.run(
                lambda tx: agent_picked(tx, self.call_id), readonly=True
            )
        if isinstance(signal, AgentPicked) and signal.offers > self.last_offer:
            self.last_offer = signal.offers
            await self._ring(signal)
        elif isinstance(signal, AgentDropped):
            await self._stop_ringing(signal.staff_id)

    async def _ring(self, picked: AgentPicked) -> None:
        extension = await self.phones.of(picked.staff_id)
        if extension is None:
            # He sees it at the desk; without a phone nobody hears the caller.
            log.warning("agent_without_phone", staff_id=str(picked.staff_id))
            return
        leg = await self.call.dial(Phone(extension), shown=self.shown, ring_s=self.rules.ring_s)
        self.rung = (picked.staff_id, leg)

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
        try:
            await self.database.run(
                lambda tx: contacts.pick_up(tx, f"staff:{staff_id}", self.call_id, staff_id)
            )
        except CallCenterError as refusal:
            log.info("picked_up_too_late", code=refusal.code)
            await self.call.hang_up(leg)
            return False
        return True

    async def _declined(self) -> None:
        """His phone is busy, he pressed it away, or it is not there: another is rung."""
        assert self.rung is not None
        (staff_id, _), self.rung = self.rung, None
        given = (self.call_id, staff_id, AwayReason.MISSED, self.rules)
        try:
            await self.database.run(lambda tx: contacts.pass_on(tx, f"staff:{staff_id}", *given))
        except CallCenterError as refusal:
            log.info("declined_too_late", code=refusal.code)

    async def _talk(self) -> bool:
        assert self.rung is not None
        agent = self.rung[1]
        if bridge := await self.call.bridge(self.leg, agent):
            async with self.recording.of_talk(bridge):
                await self._until_it_is_over(agent)
        return await self._let_go()

    async def _until_it_is_over(self, agent: str) -> None:
        while True:
            signal = await self.call.next(Left, CallClosed)
            if isinstance(signal, CallClosed):
                return
            if signal.leg in (self.leg, agent):
                by_caller = signal.leg == self.leg
                who = EndReason.CALLER_HUNG_UP if by_caller else EndReason.AGENT_HUNG_UP
                await self._ended(who)
                return

    async def _ended(self, reason: EndReason) -> None:
        await ended(self.database, self.rules, self.call_id, reason)

    async def _let_go(self) -> bool:
        for leg in self.call.legs:
            await self.call.hang_up(leg)
        return True
