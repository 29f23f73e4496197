"""The hotline on a real Asterisk, its agents with the phones that stand before them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from callcenter.calls.control import service as control
from callcenter.calls.control.model import Callee, Order, OrderState, Party, Verb
from callcenter.calls.control.repository import get as get_order
from callcenter.db.database import Database
from callcenter.settings import QueueSettings
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.flow.ports import House
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.hotline.dialling import Dialling
from callcenter.telephony.hotline.news import News
from callcenter.telephony.hotline.our_queue import OurQueue
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.recordings.store import Store
from tests.calls.floor import Floor
from tests.service import eventually
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.house import Linked
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, hearing, picked_up
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

RULES = QueueSettings(ring_s=20)
NUMBER = "13912345678"


@dataclass
class Desks:
    """The floor, and which phone is whose."""

    floor: Floor
    exchange: Exchange
    news: News
    data_dir: Path
    extensions: dict[UUID, str] = field(default_factory=dict)

    @classmethod
    def at(cls, database: Database, exchange: Exchange, data_dir: Path) -> "Desks":
        return cls(Floor(database, RULES), exchange, News(database), data_dir)

    @property
    def store(self) -> Store:
        """Where its recordings are made and kept."""
        return Store(self.exchange.recordings, self.data_dir)

    @property
    def hotline(self) -> Hotline:
        """What each call is answered with."""
        database = self.floor.database
        prompts = Prompts.of(self.exchange.asterisk.folder)
        house = House(queue=OurQueue(RULES), links=Linked())
        recorder = Recorder(database, prompts, self.store)
        return Hotline(database, prompts, house, RULES, self.news, self, recorder)

    async def serve(self) -> AsteriskSwitch:
        """The hotline is there."""
        switch = await self.exchange.serve(self.hotline.converse)
        self.news.dial = Dialling(self.hotline, switch, HOTLINE).begin
        return switch

    async def of(self, staff_id: UUID) -> str | None:
        return self.extensions.get(staff_id)

    async def whose(self, extension: str) -> UUID | None:
        return next((who for who, has in self.extensions.items() if has == extension), None)

    async def agent(self, extension: str, *, ready: bool = True) -> tuple[UUID, UserAgent]:
        """With a desk phone."""
        agent = await self.floor.agent()
        self.extensions[agent] = extension
        phone = await self.exchange.desk(extension)
        if ready:
            await self.floor.ready(agent)
        return agent, phone

    async def call(self) -> dict[str, Any]:
        """The only one that came in."""
        (call,) = await self.floor.rows("select * from calls where direction = 'inbound'")
        return call

    async def ended(self) -> dict[str, Any]:
        """The same, once it is over."""

        async def is_over() -> bool:
            return (await self.call())["state"] == "ended"

        await eventually(is_over)
        return await self.call()

    async def dialled_ended(self) -> str:
        """How the only call ended, once it is over: one that an agent has dialled."""

        async def how() -> str | None:
            (call,) = await self.floor.rows("select end_reason from calls")
            return call["end_reason"]

        return str(await eventually(how))

    async def everybody_is_off_the_line(self) -> None:
        """A call's end is written before those of the legs that it takes along."""

        async def is_so() -> bool:
            return all(ending for _, ending in await self.legs())

        await eventually(is_so)

    async def rings_for_a_rescue(self) -> SipCall:
        """A caller who presses 3 while he is greeted."""
        caller = await (await self.exchange.caller(NUMBER)).call(HOTLINE)
        await caller.until("up")
        await hearing({caller: {MUSIC}})
        caller.press("3")
        caller.say(tone(CALLER_HZ))
        return caller

    async def talking(self, extension: str = "101") -> tuple[UUID, SipCall, SipCall]:
        """An agent and a caller who hear each other: who, the caller's phone, the agent's."""
        me, phone = await self.agent(extension)
        caller = await self.rings_for_a_rescue()
        agent = await picked_up(phone, AGENT_HZ)
        await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
        return me, caller, agent

    async def wants(self, who: UUID, verb: Verb, callee: Callee | None = None) -> Order:
        """At his desk; the order."""
        call = await self.call()
        order: Order = await self.floor.do(
            control.order, f"staff:{who}", call["id"], who, verb, callee
        )
        return order

    async def does(self, who: UUID, verb: Verb, callee: Callee | None = None) -> Order:
        """The same, once the switch has said how it went."""
        order = await self.wants(who, verb, callee)

        async def is_closed() -> bool:
            found: Order = await self.floor.do(get_order, order.id)
            return found.state is not OrderState.ASKED

        await eventually(is_closed)
        closed: Order = await self.floor.do(get_order, order.id)
        return closed

    async def legs(self) -> list[tuple[str, str | None]]:
        """Who was on the line, and how each ended."""
        rows = await self.floor.rows("select party, ending from call_legs order by rang_at, leg")
        return [(row["party"], row["ending"]) for row in rows]


def colleague(staff_id: UUID) -> Callee:
    return Callee(Party.COLLEAGUE, staff_id=staff_id)
