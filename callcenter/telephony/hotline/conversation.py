"""A call at the hotline, from the first ring to its end, as one straight line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.control import repository as control
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.control.repository import SQL as CONTROL
from callcenter.calls.model import CallState, EndReason
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.acts import EnterQueue
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.repository import SQL as FLOW
from callcenter.telephony.hotline import adopting
from callcenter.telephony.hotline.broken import Broken
from callcenter.telephony.hotline.desk import Desk
from callcenter.telephony.hotline.line import Line
from callcenter.telephony.hotline.menu import ACTOR, Menu
from callcenter.telephony.hotline.news import News
from callcenter.telephony.hotline.phones import AgentPhones
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.signals import Adopted, Rang
from callcenter.telephony.switch import CallOver, LiveCall


@dataclass(frozen=True)
class Hotline:
    """What each call is answered with."""

    database: Database
    prompts: Prompts
    house: House
    rules: QueueSettings
    news: News
    phones: AgentPhones
    recorder: Recorder
    broken: Broken = field(default_factory=Broken)

    async def converse(self, call: LiveCall) -> None:
        """The conversation of a switch: of a call that rings, or of one that went on without us."""
        came = await call.next(Rang, Adopted)
        if isinstance(came, Adopted):
            await self._adopt(call, came)
            return
        told = await self.database.run(lambda tx: self._begin(tx, call.id, came))
        line = self.line(call, told.call_id, came.caller)
        async with self.goes_on(told.call_id, call):
            try:
                await call.answer(came.leg)
                await self._walk(line, came.leg, told)
            except CallOver:
                # He hung up in the menu.
                await line.over(EndReason.ABANDONED)
            # Not when we are stopped: who comes after us goes on from there.
            await self._forget(line)

    @asynccontextmanager
    async def goes_on(self, call_id: UUID, call: LiveCall) -> AsyncIterator[None]:
        """Within, the call's conversation hears what the house decides about it; when it breaks,
        its line is closed in the books."""
        async with (
            self.broken.closes_line(self.database, call_id, self.rules),
            self.news.told_of(call_id, call),
        ):
            yield

    async def _begin(self, tx: Tx, switch_call: str, rang: Rang) -> flow.Told:
        """With his leg: a call that has none could not be taken up by who comes after us. Who
        comes back from the desk phones goes on, or begins anew when his call was closed
        meanwhile."""
        ref = f"switch:{switch_call}"
        before = await CONTROL.call_of_legs(tx.connection, legs=[rang.leg])
        if before is not None:
            # Asked first: closed meanwhile, it is read as ended.
            is_closing = self.broken.is_closing(before)
            known = await calls.get(tx, before)
            is_over = is_closing or known.state is CallState.ENDED
            ref = f"{ref}:{known.id}" if is_over else known.carrier_ref
        told = await flow.begin(tx, ACTOR, ref, rang.caller, self.house)
        await control.add_leg(tx, rang.leg, told.call_id, Callee(Party.CALLER))
        return told

    def line(self, call: LiveCall, call_id: UUID, shown: str) -> Line:
        """A call of the house on the switch; `shown` to those who are rung for it."""
        recording = self.recorder.of(call, call_id)
        return Line(self.database, self.phones, self.rules, call, call_id, shown, recording)

    async def _walk(self, line: Line, leg: str, told: flow.Told) -> None:
        given = (line.call, leg, line.recording)
        step = await Menu(self.database, self.prompts, self.house, *given).walk(told)
        if isinstance(step, EnterQueue):
            await Desk(line, leg).wait()
        elif step is not None:
            await line.call.give_back(leg)
        else:
            await line.let_go()

    async def _forget(self, line: Line) -> None:
        await line.recording.end()
        await self.database.run(
            lambda tx: FLOW.forget_position(tx.connection, call_id=line.call_id)
        )

    async def _adopt(self, call: LiveCall, found: Adopted) -> None:
        """Where the house says that the call stood, it goes on; one that the house does not know
        rings at the desk phones."""
        known = await self.database.run(lambda tx: adopting.what_was(tx, found), readonly=True)
        if known is None:
            for leg in found.legs[:1]:
                await call.give_back(leg)
            return
        line = self.line(call, known.call_id, found.caller)
        async with self.goes_on(known.call_id, call):
            try:
                if not await adopting.go_on(line, known, found):
                    await call.answer(known.caller)
                    await self._walk(line, known.caller, known.told)
            except CallOver:
                await line.over(EndReason.LINE_LOST)
            await self._forget(line)
