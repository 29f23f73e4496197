"""A call to an owner for one agent who is on the line before it rings: nobody who answers is left
without one."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.calls.control.model import Callee, Party
from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import service
from callcenter.outbound.model import Outcome
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.hotline.news import CallClosed
from callcenter.telephony.owners.lines import now_s
from callcenter.telephony.owners.means import ACTOR, NOT_TOLD_S
from callcenter.telephony.owners.ringing import Ringing
from callcenter.telephony.owners.with_agent import AgentTalk
from callcenter.telephony.signals import Answered, Left

AGENT_RINGS_S = 10.0


@dataclass(kw_only=True)
class OwnAgentTalk(AgentTalk):
    """See `AgentTalk`; the agent `staff_id` has the call from its beginning."""

    staff_id: UUID

    async def _course(self, line: Line) -> None:
        agent = await self._agent_there(line)
        if not agent:
            await self.means.database.run(self._not_dialled)
            return
        await self.call.ring_back(agent)
        ringing = self.ringing()
        leg = await ringing.dial()
        self.heard.rings(self.one, self.by.group)
        not_reached: Outcome | None = Outcome.NO_ANSWER
        try:
            not_reached = await self._reached(ringing, line, leg)
        finally:
            self.heard.rang(self.one, answered=not_reached is None)
        if not_reached is not None:
            await self._over(not_reached)
            return
        self.answered_at = now_s()
        if await ringing.is_machine(leg, self.by.machine):
            await self.call.hang_up(agent)
            await self._machine(ringing, leg)
            return
        await self._talk(line, leg, self.staff_id, agent)

    async def _agent_there(self, line: Line) -> str:
        """His leg, "" when he does not take it."""
        who = Callee(Party.AGENT, staff_id=self.staff_id)
        leg = await line.ring(who, ring_s=AGENT_RINGS_S)
        if not leg:
            return ""
        try:
            waits = AGENT_RINGS_S + NOT_TOLD_S
            signal = await self.call.next(Answered, Left, CallClosed, within_s=waits)
        except TimeoutError:
            signal = None
        if isinstance(signal, Answered):
            await line.answered(leg)
            return leg
        if isinstance(signal, Left):
            await line.left(signal)
        return ""

    async def _not_dialled(self, tx: Tx) -> None:
        """No owner's telephone has rung: he is due again."""
        await self.means.touches.give_back(tx, self.one.touch_id, "not_dialled")
        await service.end(tx, ACTOR, self.one, None, "not_dialled")
        await self.means.not_taken(tx, self.one, EndReason.NOT_DIALLED)

    async def _reached(self, ringing: Ringing, line: Line, leg: str) -> Outcome | None:
        """None: the owner is there. An agent who gives up has let a telephone ring."""
        try:
            signal = await self.call.next(Answered, Left, CallClosed, within_s=ringing.waits_s)
        except TimeoutError:
            return Outcome.NO_ANSWER
        if isinstance(signal, CallClosed):
            return Outcome.NO_ANSWER
        if isinstance(signal, Left) and signal.leg != leg:
            await line.left(signal)
            return Outcome.NO_ANSWER
        return await ringing.came(leg, signal)
