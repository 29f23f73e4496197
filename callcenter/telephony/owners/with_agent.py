"""A call to an owner who is connected with whoever of the group is free when he answers."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls.agents import service as agents
from callcenter.calls.agents.model import MISSED
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
from callcenter.telephony.owners.means import ENDS, Means
from callcenter.telephony.owners.ringing import LineLost, Ringing, gone
from callcenter.telephony.owners.sounds import OwnerSounds, language_of
from callcenter.telephony.owners.speaking import Speaking
from callcenter.telephony.owners.words import abandoned_words
from callcenter.telephony.signals import Answered, Left
from callcenter.telephony.switch import CallOver, LiveCall

CONNECT_S = 2.0
"""From the owner's answer; the rule counts from the end of his greeting."""
ASK_EACH_S = 0.1


class Heard:
    """What the dialling learns from one call; does nothing by itself."""

    def rang(self, one: OwnerCall, *, answered: bool) -> None:
        """It does not ring any more."""

    def waits(self, one: OwnerCall, *, on: bool) -> None:
        """The owner is there, without an agent."""


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

    async def hold(self) -> None:
        """Dial, connect, end."""
        assert self.one.call_id is not None, "what is dialled has its call"
        line = self.hotline.line(self.call, self.one.call_id, self.means.shown)
        async with self.hotline.news.told_of(self.one.call_id, self.call):
            try:
                await self._course(line)
            except LineLost:
                await self.means.line_closed(self.one, EndReason.LINE_LOST)
            except CallOver:
                if self.is_talking:
                    await line.over(EndReason.AGENT_HUNG_UP)
                else:
                    await self._over(Outcome.HUNG_UP)
            finally:
                self.heard.waits(self.one, on=False)
            # Not when we are stopped: who comes after us goes on with the talk.
            await line.let_go()

    async def _course(self, line: Line) -> None:
        ringing = Ringing(self.means, self.call, self.one)
        leg = await ringing.dial()
        not_reached: Outcome | None = Outcome.NO_ANSWER
        try:
            not_reached = await ringing.reached(leg)
        finally:
            self.heard.rang(self.one, answered=not_reached is None)
        if not_reached is not None:
            await self._over(not_reached)
            return
        self.heard.waits(self.one, on=True)
        if await ringing.is_machine(leg, self.by.machine):
            await self._machine(ringing, leg)
            return
        agent = await self._agent(line, leg)
        self.heard.waits(self.one, on=False)
        if agent is None:
            await self._abandoned(leg)
        else:
            await self._talk(line, leg, *agent)

    async def _machine(self, ringing: Ringing, leg: str) -> None:
        await self._over(Outcome.MACHINE)
        if self.by.machine is Machine.LEAVE_MESSAGE:
            await ringing.outlasted(leg)
            await self._say(leg, self.one.words)

    async def _agent(self, line: Line, leg: str) -> tuple[UUID, str] | None:
        """Whoever is ready within the time, with his leg once he is on the line. Raises CallOver
        when the owner hangs up."""
        until = asyncio.get_running_loop().time() + CONNECT_S
        while (left_s := until - asyncio.get_running_loop().time()) > 0:
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
        left_s = until - asyncio.get_running_loop().time()
        agent = await line.ring(Callee(Party.AGENT, staff_id=staff_id), ring_s=CONNECT_S)
        if agent and await self._takes_it(line, leg, agent, left_s):
            return staff_id, agent
        await self._missed(staff_id)
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

    async def _missed(self, staff_id: UUID) -> None:
        """His telephone was not taken: nobody else is lost to it."""

        async def verb(tx: Tx) -> None:
            await self.means.end_line(tx, self.one, EndReason.ABANDONED)
            await agents.take_seat(tx, f"staff:{staff_id}", staff_id, MISSED)

        await self.means.database.run(verb)

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
        """Counted, and he is told who called and where to reach us."""
        await self._over(Outcome.ABANDONED)
        language = language_of(self.one.language)
        await self._say(leg, abandoned_words(language, self.means.house, self.means.shown))

    async def _say(self, leg: str, words: str) -> None:
        sounds = OwnerSounds.of(self.means.prompts, language_of(self.one.language))
        try:
            said = await sounds.once({"words": words})
            if said is not None:
                await Speaking(self.call, leg).say([said["words"]])
        except CallOver:
            # What came of it stands already.
            return
        finally:
            sounds.forget()

    async def _over(self, outcome: Outcome) -> None:
        await self.means.database.run(lambda tx: self.means.over(tx, self.one, outcome))
        await self.means.line_closed(self.one, ENDS.get(outcome, EndReason.FLOW_HUNG_UP))
