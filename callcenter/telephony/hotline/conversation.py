"""A call at the hotline, from the first ring to its end, as one straight line."""

from dataclasses import dataclass

from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.settings import QueueSettings
from callcenter.telephony.flow import service as flow
from callcenter.telephony.flow.acts import EnterQueue
from callcenter.telephony.flow.ports import House
from callcenter.telephony.flow.repository import SQL as FLOW
from callcenter.telephony.hotline.desk import Desk
from callcenter.telephony.hotline.ending import ended
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

    async def converse(self, call: LiveCall) -> None:
        """The conversation of a switch. A call that went on without us is given back: desk phones
        ring for it, since nobody knows what it was in the middle of."""
        rang = await call.next(Rang, Adopted)
        if isinstance(rang, Adopted):
            for leg in rang.legs[:1]:
                await call.give_back(leg)
            return
        told = await self.database.run(
            lambda tx: flow.begin(tx, ACTOR, f"switch:{call.id}", rang.caller, self.house)
        )
        self.news.calls[told.call_id] = call
        try:
            await self._go_on(call, rang, told)
        except CallOver:
            # He hung up in the menu.
            await ended(self.database, self.rules, told.call_id, EndReason.ABANDONED)
        finally:
            self.news.calls.pop(told.call_id, None)
            await self.database.run(
                lambda tx: FLOW.forget_position(tx.connection, call_id=told.call_id)
            )

    async def _go_on(self, call: LiveCall, rang: Rang, told: flow.Told) -> None:
        await call.answer(rang.leg)
        recording = self.recorder.of(call, told.call_id)
        menu = Menu(self.database, self.prompts, self.house, call, rang.leg, recording)
        step = await menu.walk(told)
        if isinstance(step, EnterQueue):
            waits = (call, rang.leg, told.call_id, rang.caller)
            await Desk(self.database, self.phones, self.rules, *waits, recording).wait()
        elif step is not None:
            await call.give_back(rang.leg)
        else:
            await call.hang_up(rang.leg)
