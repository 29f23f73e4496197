"""A call of ours: the agent's phone rings, then the number is dialled, then both talk."""

import asyncio
from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents import repository as seats
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.model import Call, CallState, EndReason
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.hotline.news import CallClosed
from callcenter.telephony.hotline.talk import Talk
from callcenter.telephony.signals import Answered, Ending, Left
from callcenter.telephony.switch import CallOver, LiveCall

log = structlog.get_logger()
AGENT_RINGS_S = 20.0
OUTSIDE_RINGS_S = 45.0
NOT_REACHED = {
    Ending.BUSY: EndReason.BUSY,
    Ending.DECLINED: EndReason.BUSY,
    Ending.NO_ANSWER: EndReason.NO_ANSWER,
    Ending.NORMAL: EndReason.NO_ANSWER,
}


class Dialling:
    """Begins the calls that agents ask for; each once, however often it is told of it."""

    def __init__(self, hotline: Hotline, switch: AsteriskSwitch, shown: str) -> None:
        self.hotline = hotline
        self.switch = switch
        self.shown = shown
        self._begun: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, call_id: UUID) -> None:
        """An agent waits for this call of his."""
        if call_id in self._begun:
            return
        self._begun.add(call_id)
        task = asyncio.create_task(self._begin(call_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _begin(self, call_id: UUID) -> None:
        hotline = self.hotline
        async with hotline.broken.closes_line(hotline.database, call_id, hotline.rules):
            await self._place(call_id)

    async def _place(self, call_id: UUID) -> None:
        call, staff_id = await self.hotline.database.run(
            lambda tx: _asked(tx, call_id), readonly=True
        )
        if call.state is not CallState.RINGING or staff_id is None:
            return
        if await self.hotline.phones.of(staff_id) is None:
            # He dials by himself, and says at the desk how it went.
            return

        async def converse(live: LiveCall) -> None:
            await self._converse(live, call, staff_id)

        self.switch.place(converse)

    async def _converse(self, live: LiveCall, call: Call, staff_id: UUID) -> None:
        line = self.hotline.line(live, call.id, self.shown)
        async with self.hotline.goes_on(call.id, live):
            try:
                await self._reach(line, call, staff_id)
            except CallOver:
                await line.over(EndReason.AGENT_HUNG_UP)
            finally:
                self._begun.discard(call.id)
            # Not when we are stopped: who comes after us goes on with the talk.
            await line.let_go()

    async def _reach(self, line: Line, call: Call, staff_id: UUID) -> None:
        who = Callee(Party.AGENT, staff_id=staff_id)
        agent = await self._rung(line, who, EndReason.NOT_DIALLED, AGENT_RINGS_S)
        if not agent:
            return
        await line.call.ring_back(agent)
        whom = Callee(Party.OUTSIDE, number=call.caller)
        other = await self._rung(line, whom, EndReason.UNREACHABLE, OUTSIDE_RINGS_S, beside=agent)
        if not other:
            return
        try:
            await line.database.run(lambda tx: contacts.connected(tx, f"staff:{staff_id}", call.id))
        except CallCenterError as refusal:
            log.info("connected_too_late", code=refusal.code)
            return
        await Talk(line, other, agent).go_on()

    async def _rung(
        self, line: Line, who: Callee, otherwise: EndReason, ring_s: float, beside: str = ""
    ) -> str:
        """His leg once he has picked up; "" when the call is over. `beside`: who waits for it."""
        leg = await line.ring(who, ring_s=ring_s)
        if not leg:
            await line.over(otherwise)
            return ""
        while True:
            signal = await line.call.next(Answered, Left, CallClosed)
            if isinstance(signal, CallClosed):
                return ""
            if isinstance(signal, Answered) and signal.leg == leg:
                await line.answered(leg)
                return leg
            if isinstance(signal, Left):
                await line.left(signal)
                if signal.leg == beside:
                    await line.over(EndReason.AGENT_HUNG_UP)
                    return ""
                reason = otherwise
                if who.number is not None:
                    reason = NOT_REACHED.get(signal.cause.ending, otherwise)
                await line.over(reason)
                return ""


async def _asked(tx: Tx, call_id: UUID) -> tuple[Call, UUID | None]:
    row = await seats.SQL.seat_of_call(tx.connection, call_id=call_id)
    return await calls.get(tx, call_id), row["staff_id"] if row else None
