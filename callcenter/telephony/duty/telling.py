"""One offer told to whoever picked up: what and where, then a key. Without one nothing is taken."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from callcenter.routing.duty.model import DutyOutcome
from callcenter.routing.model import DeclineReason, OfferState
from callcenter.telephony.duty.answering import Answering, NoTruck, OfferOver
from callcenter.telephony.duty.script import Script, Sounds
from callcenter.telephony.duty.words import REASONS, ending_of
from callcenter.telephony.signals import Ending, Key, Left, Played
from callcenter.telephony.switch import CallOver, LiveCall

TIMES = 3
"""Said so often to somebody, or something, that presses no key of ours."""
KEY_S = 5.0
SAID_S = 30.0
ACCEPT, DECLINE, DESK, AGAIN = "1", "2", "3", "9"
WHOLE: tuple[str, ...] = ("opening", "job", "place")
BEFORE = {ACCEPT: ("no_truck",), DECLINE: WHOLE, AGAIN: WHOLE}
"""What is said before the menu once more: he could not accept, has gone back, wants to hear it."""


class LineLost(CallOver):
    """The switch was gone: nobody has hung up."""


@dataclass(frozen=True)
class Telling:
    """One offer on one leg; `until`: when its time is over, by the loop's clock."""

    call: LiveCall
    leg: str
    answering: Answering
    script: Script
    sounds: Sounds
    until: float

    async def tell(self) -> DutyOutcome:
        """To a decision, or the end of patience. Raises CallOver when he hangs up."""
        before, wasted = WHOLE, 0
        while wasted < TIMES:
            heard = await self._ask(self._offer(before))
            if isinstance(heard, OfferOver):
                return await self._over(heard, DutyOutcome.OFFER_OVER)
            if heard == DESK:
                return DutyOutcome.DESK
            if heard in (ACCEPT, DECLINE):
                done = await (self._accept() if heard == ACCEPT else self._decline())
                if done is not None:
                    return done
            wasted += heard not in BEFORE
            before = BEFORE.get(heard, ("wrong",) if heard else WHOLE)
        await self.say("no_key")
        return DutyOutcome.NO_KEY

    async def say(self, name: str) -> None:
        """To its end, whatever is pressed meanwhile. Raises CallOver."""
        playback = await self.call.play(self.leg, [self.sounds[name]])
        with suppress(TimeoutError):
            async with asyncio.timeout(SAID_S):
                while playback:
                    signal = await self.call.next(Played, Left, leg=self.leg)
                    if isinstance(signal, Left):
                        raise _gone(signal)
                    if signal.playback == playback:
                        return

    def _offer(self, before: tuple[str, ...]) -> list[Path]:
        left = self.sounds.left(self.until - asyncio.get_running_loop().time(), before)
        return [*(self.sounds[name] for name in before), *left, self.sounds["menu"]]

    async def _ask(self, said: list[Path]) -> str | OfferOver:
        """A key pressed while it is said or shortly after, "" for none; or the offer's end, which
        cuts it short. Raises CallOver."""
        loop = asyncio.get_running_loop()
        playback = await self.call.play(self.leg, said)
        patience = self.until if playback else loop.time() + KEY_S
        while (left_s := min(patience, self.until) - loop.time()) > 0:
            try:
                signal: object = await self.call.next(within_s=left_s)
            except TimeoutError:
                break
            if isinstance(signal, Left) and signal.leg == self.leg:
                raise _gone(signal)
            if isinstance(signal, Played) and signal.playback == playback:
                playback, patience = "", loop.time() + KEY_S
            if isinstance(signal, OfferOver) and signal.offer_id == self.answering.offer_id:
                await self._silence(playback)
                return signal
            if isinstance(signal, Key) and signal.leg == self.leg:
                await self._silence(playback)
                return signal.key
        if loop.time() < self.until:
            return ""
        await self._silence(playback)
        return OfferOver(self.answering.offer_id, OfferState.EXPIRED)

    async def _silence(self, playback: str) -> None:
        if playback:
            await self.call.stop_playing(playback)

    async def _accept(self) -> DutyOutcome | None:
        """None: it cannot go, so he may decline or ask the desk."""
        try:
            over = await self.answering.accept(self.script.minutes)
        except NoTruck:
            return None
        if over is not None:
            return await self._over(over, DutyOutcome.TOO_LATE)
        return await self._said("accepted", DutyOutcome.ACCEPTED)

    async def _decline(self) -> DutyOutcome | None:
        """He has said no: whoever hangs up or falls silent at the reasons has named none. None: he
        has gone back."""
        try:
            reason = await self._reason()
        except CallOver:
            reason = DeclineReason.OTHER
        if isinstance(reason, OfferOver):
            return await self._over(reason, DutyOutcome.TOO_LATE)
        if reason is None:
            return None
        over = await self.answering.decline(reason)
        if over is not None:
            return await self._over(over, DutyOutcome.TOO_LATE)
        return await self._said("declined", DutyOutcome.DECLINED)

    async def _reason(self) -> DeclineReason | OfferOver | None:
        for _ in range(TIMES):
            heard = await self._ask([self.sounds["reasons"]])
            if isinstance(heard, OfferOver):
                return heard
            if heard == AGAIN:
                return None
            if heard in REASONS:
                return REASONS[heard][0]
            if not heard:
                break
        return DeclineReason.OTHER

    async def _over(self, over: OfferOver, outcome: DutyOutcome) -> DutyOutcome:
        return await self._said(ending_of(over.state, over.reason), outcome)

    async def _said(self, name: str, outcome: DutyOutcome) -> DutyOutcome:
        """What came of it stands, whether or not he hears the last word."""
        with suppress(CallOver):
            await self.say(name)
        return outcome


def _gone(left: Left) -> CallOver:
    return LineLost() if left.cause.ending is Ending.LOST else CallOver()
