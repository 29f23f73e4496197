"""A call to a duty phone from the dialling to its outcome; whoever is on the phone hears every
offer that is due there."""

import asyncio
from contextlib import suppress

from callcenter.routing.duty import service as duty
from callcenter.routing.duty.model import DutyCall, DutyCallState, DutyOutcome
from callcenter.telephony.duty.answering import Answering, OfferOver
from callcenter.telephony.duty.means import Means, Prepared
from callcenter.telephony.duty.telling import LineLost, Telling
from callcenter.telephony.signals import Adopted, Answered, Ending, Key, Left
from callcenter.telephony.switch import CallOver, LiveCall, Outside

NOT_TAKEN = {
    Ending.BUSY: DutyOutcome.BUSY,
    Ending.DECLINED: DutyOutcome.BUSY,
    Ending.NORMAL: DutyOutcome.NO_ANSWER,
    Ending.NO_ANSWER: DutyOutcome.NO_ANSWER,
    Ending.LOST: DutyOutcome.LOST,
}
"""A call that is pressed away says that the phone is busy."""
NOT_TOLD_S = 2.0
"""How much later than asked the switch tells that nobody has answered."""


class DutyTalk:
    """One call. What is written of it stands before anything that follows from it."""

    def __init__(self, means: Means, call: LiveCall, about: DutyCall, ready: Prepared) -> None:
        self.means = means
        self.call = call
        self.about = about
        self.ready = ready

    async def ring(self) -> None:
        """Dial, if it is still ours to dial."""
        claimed = self.about
        dialled = await self.means.database.run(lambda tx: duty.dialling(tx, claimed, self.call.id))
        if dialled is None:
            self.ready.sounds.forget()
            return
        self.about = dialled
        await self._to_its_end(None)

    async def go_on(self) -> None:
        """It went on while its process was gone: from where it was."""
        adopted = await self.call.next(Adopted)
        await self._to_its_end(adopted.legs[0])

    async def _to_its_end(self, leg: str | None) -> None:
        try:
            await self._listen_for_the_offer()
            outcome = await self._course(leg)
        except LineLost:
            outcome = DutyOutcome.LOST
        except CallOver:
            outcome = DutyOutcome.HUNG_UP
        except Exception:
            await self.means.end(self.about, DutyOutcome.LOST)
            raise
        finally:
            self.means.news.calls.pop(self.about.offer_id, None)
            self.ready.sounds.forget()
        await self.means.end(self.about, outcome)

    async def _listen_for_the_offer(self) -> None:
        about, news = self.about, self.means.news
        news.calls[about.offer_id] = self.call
        await self.means.database.run(lambda tx: news.look(tx, about.offer_id), readonly=True)

    async def _course(self, leg: str | None) -> DutyOutcome:
        if leg is None:
            leg = await self.call.dial(
                Outside(self.about.number), shown=self.means.shown, ring_s=self._ring_s
            )
        if self.about.state is not DutyCallState.ANSWERED:
            not_taken = await self._not_taken(leg)
            if not_taken is not None:
                return not_taken
        return await self._talk(leg)

    @property
    def _ring_s(self) -> float:
        return max(1.0, min(self.means.settings.duty_phone_ring_s, self.ready.left_s))

    async def _not_taken(self, leg: str) -> DutyOutcome | None:
        """It rings; None as soon as somebody is there."""
        try:
            while True:
                heard = await self.call.next(
                    Answered, Left, OfferOver, within_s=self._ring_s + NOT_TOLD_S
                )
                if isinstance(heard, Left):
                    return NOT_TAKEN.get(heard.cause.ending, DutyOutcome.UNREACHABLE)
                if isinstance(heard, Answered):
                    await self._answered()
                    return None
                if heard.offer_id == self.about.offer_id:
                    await self.call.hang_up(leg)
                    return DutyOutcome.OFFER_OVER
        except TimeoutError:
            await self.call.hang_up(leg)
            return DutyOutcome.NO_ANSWER

    async def _answered(self) -> None:
        rang = self.about
        known = await self.means.database.run(lambda tx: duty.answered(tx, rang))
        self.about = known or rang

    async def _talk(self, leg: str) -> DutyOutcome:
        while True:
            telling = self._telling(leg)
            outcome = await telling.tell()
            if outcome is DutyOutcome.DESK:
                await telling.say("desk")
                await self.means.desk.put_through(
                    self.call, leg, self.about, self.ready.script.language
                )
                return outcome
            if outcome is DutyOutcome.NO_KEY or leg not in self.call.legs:
                return outcome
            if not await self._goes_on(telling, outcome):
                return outcome

    def _telling(self, leg: str) -> Telling:
        answering = Answering(self.means.database, self.means.settings, self.about.offer_id)
        ready = self.ready
        return Telling(self.call, leg, answering, ready.script, ready.sounds, ready.until)

    async def _goes_on(self, telling: Telling, outcome: DutyOutcome) -> bool:
        """Whether another offer is due at this phone, which is told next."""
        done, rules = self.about, self.means.settings
        following = await self.means.database.run(
            lambda tx: duty.end_and_go_on(tx, done, outcome, rules)
        )
        if following is None:
            with suppress(CallOver):
                await telling.say("bye")
            return False
        self.means.news.calls.pop(done.offer_id, None)
        self.about = following
        await self._listen_for_the_offer()
        saying = asyncio.ensure_future(self._say_next(telling))
        try:
            ready = await self.means.prepare(following)
        finally:
            await saying
        self.ready.sounds.forget()
        if ready is None:
            return False
        self.ready = ready
        await self._forget_keys()
        return True

    async def _say_next(self, telling: Telling) -> None:
        with suppress(CallOver):
            await telling.say("next")

    async def _forget_keys(self) -> None:
        """What was pressed for the last offer is no answer to this one."""
        with suppress(TimeoutError):
            while True:
                await self.call.next(Key, within_s=0)
