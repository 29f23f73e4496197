"""A call to an owner who is connected with whoever of the group is free when he answers."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.outbound.dialling import service
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.dialling.standing import Dialled, reserve
from callcenter.outbound.model import Outcome
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.hotline.talk import Talk
from callcenter.telephony.owners.lines import now_s
from callcenter.telephony.owners.means import ENDS, Means
from callcenter.telephony.owners.ringing import LineLost, Ringing, gone, rings_s
from callcenter.telephony.owners.sounds import OwnerSounds, language_of
from callcenter.telephony.owners.speaking import Speaking
from callcenter.telephony.owners.who_called import who_called
from callcenter.telephony.signals import Answered, Left
from callcenter.telephony.switch import CallOver, LiveCall

log = structlog.get_logger()

ASK_EACH_S = 0.1
LEAST_S = 0.3
"""With less left than this nobody could pick up any more."""
FAIR_S = 1.0
"""Who had less than this to pick up has missed nothing. So long there is for it, too, when
listening for a machine has used up the time."""


class Heard:
    """What the dialling learns from one call; does nothing by itself."""

    def rings(self, one: OwnerCall, group: str) -> None:
        """His telephone does, for an agent who is on the line."""

    def rang(self, one: OwnerCall, *, answered: bool) -> None:
        """It does not ring any more."""

    def waits(self, one: OwnerCall, group: str) -> None:
        """The owner is there, without an agent of the group."""

    def waits_no_more(self, one: OwnerCall) -> None:
        """He has an agent, or is gone."""


@dataclass
class AgentTalk:
    """One call. Nobody is rung who is not ready, and each owner is spoken to or told why not."""

    means: Means
    hotline: Hotline
    call: LiveCall
    one: OwnerCall
    by: Dialled
    heard: Heard
    is_talking: bool = False
    answered_at: float | None = None

    async def hold(self) -> None:
        """Dial, connect, end."""
        assert self.one.call_id is not None, "what is dialled has its call"
        line = self.hotline.line(self.call, self.one.call_id, self.means.shown)
        async with self.hotline.goes_on(self.one.call_id, self.call):
            try:
                await self._course(line)
            except LineLost:
                await self.means.line_closed(self.one, EndReason.LINE_LOST)
            except TimeoutError:
                log.warning("switch_silent", owner_call=str(self.one.id))
                await self.means.line_closed(self.one, EndReason.LINE_LOST)
            except CallOver:
                if self.is_talking:
                    await line.over(EndReason.AGENT_HUNG_UP)
                else:
                    await self._over(self._gave_up())
            finally:
                self.heard.waits_no_more(self.one)
            # Not when we are stopped: who comes after us goes on with the talk.
            await line.let_go()

    async def _course(self, line: Line) -> None:
        ringing = self.ringing()
        leg = await ringing.dial()
        not_reached: Outcome | None = Outcome.NO_ANSWER
        try:
            not_reached = await ringing.reached(leg)
        finally:
            self.heard.rang(self.one, answered=not_reached is None)
        if not_reached is not None:
            await self._over(not_reached)
            return
        self.answered_at = now_s()
        self.heard.waits(self.one, self.by.group)
        if await ringing.is_machine(leg, self.by.machine):
            await self._machine(ringing, leg)
            return
        agent = await self._agent(line, leg)
        self.heard.waits_no_more(self.one)
        if agent is None:
            await self._abandoned(leg)
        else:
            await self._talk(line, leg, *agent)

    def ringing(self) -> Ringing:
        """His telephone, as long as his policy pack wants it to ring."""
        return Ringing(self.means, self.call, self.one, rings_s(self.by.rules))

    def _gave_up(self) -> Outcome:
        """Who hangs up: he has waited for an agent longer than he should, or not."""
        waited = now_s() - self.answered_at if self.answered_at is not None else 0.0
        late = waited > self.by.rules.connect_within_s
        return Outcome.ABANDONED if late else Outcome.HUNG_UP

    async def _machine(self, ringing: Ringing, leg: str) -> None:
        await self._over(Outcome.MACHINE)
        if self.by.machine is Machine.LEAVE_MESSAGE and await ringing.outlasted(leg):
            await self._say_words(leg)

    async def _agent(self, line: Line, leg: str) -> tuple[UUID, str] | None:
        """Whoever is ready within the time, with his leg once he is on the line. The time begins
        with the owner's answer; the rule counts from the end of his greeting. Raises CallOver when
        the owner hangs up."""
        assert self.answered_at is not None, "who waits for an agent has answered"
        until = max(self.answered_at + self.by.rules.connect_within_s, now_s() + FAIR_S)
        while (left_s := until - now_s()) > LEAST_S:
            staff_id = await self.means.database.run(
                lambda tx: reserve(tx, self.one, self.by.group)
            )
            if staff_id is not None:
                return await self._picked_up(line, leg, staff_id, until)
            try:
                signal = await self.call.next(Left, leg=leg, within_s=min(ASK_EACH_S, left_s))
            except TimeoutError:
                continue
            await line.left(signal)
            raise gone(signal)
        return None

    async def _picked_up(
        self, line: Line, leg: str, staff_id: UUID, until: float
    ) -> tuple[UUID, str] | None:
        left_s = until - now_s()
        agent = await line.ring(Callee(Party.AGENT, staff_id=staff_id), ring_s=left_s)
        if agent and await self._takes_it(line, leg, agent, until - now_s()):
            return staff_id, agent
        if left_s < FAIR_S:
            await self.means.line_closed(self.one, EndReason.ABANDONED)
        else:
            await self.means.database.run(
                lambda tx: self.means.not_taken(tx, self.one, EndReason.ABANDONED)
            )
        return None

    async def _takes_it(self, line: Line, owner: str, agent: str, left_s: float) -> bool:
        try:
            signal = await self.call.next(Answered, Left, within_s=left_s)
        except TimeoutError:
            await self.call.hang_up(agent)
            return False
        if isinstance(signal, Answered):
            await line.answered(agent)
            return True
        await line.left(signal)
        if signal.leg == owner:
            raise gone(signal)
        return False

    async def _talk(self, line: Line, leg: str, staff_id: UUID, agent: str) -> None:
        actor, call_id = f"staff:{staff_id}", line.call_id

        async def verb(tx: Tx) -> None:
            await service.connected(tx, actor, self.one.id, staff_id, self.means.touches)
            await contacts.connected(tx, actor, call_id)

        try:
            await self.means.database.run(verb)
        except CallCenterError:
            # The desk has ended it in this very moment.
            return
        self.is_talking = True
        await Talk(line, leg, agent).go_on()

    async def _abandoned(self, leg: str) -> None:
        """Counted, and he is told who called and where to reach us, where his pack wants that."""
        await self._over(Outcome.ABANDONED)
        if self.by.rules.say_who_called:
            await self._say(leg, await who_called(self.means, language_of(self.one.language)))

    async def _say_words(self, leg: str) -> None:
        sounds = OwnerSounds.of(self.means.prompts, language_of(self.one.language))
        try:
            said = await sounds.once({"words": self.one.words})
            await self._say(leg, said["words"] if said else None)
        finally:
            sounds.forget()

    async def _say(self, leg: str, sound: Path | None) -> None:
        """What came of it stands already."""
        if sound is not None:
            with suppress(CallOver):
                await Speaking(self.call, leg).say([sound])

    async def _over(self, outcome: Outcome) -> None:
        await self.means.database.run(lambda tx: self.means.over(tx, self.one, outcome))
        await self.means.line_closed(self.one, ENDS.get(outcome, EndReason.FLOW_HUNG_UP))
