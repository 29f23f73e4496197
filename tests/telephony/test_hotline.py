"""A caller on a real Asterisk walks the menu, waits, and speaks with the agent whose turn it is."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls.agents.model import AwayReason, Contact
from callcenter.db.database import Database
from callcenter.settings import QueueSettings
from callcenter.telephony.flow.ports import House
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.hotline.news import News
from callcenter.telephony.hotline.our_queue import OurQueue
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.recordings.store import Store
from tests.calls.floor import Floor
from tests.service import eventually
from tests.telephony.exchange import HOTLINE, Exchange, until
from tests.telephony.house import Linked
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, hearing, picked_up
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

RULES = QueueSettings(ring_s=20)
NUMBER = "13912345678"


@dataclass
class Desks:
    """The floor, and the phone that stands before each agent."""

    floor: Floor
    exchange: Exchange
    store: Store
    extensions: dict[UUID, str] = field(default_factory=dict)

    async def of(self, staff_id: UUID) -> str | None:
        return self.extensions.get(staff_id)

    async def agent(self, extension: str) -> tuple[UUID, UserAgent]:
        """Ready, with a desk phone."""
        agent = await self.floor.agent()
        self.extensions[agent] = extension
        phone = await self.exchange.desk(extension)
        await self.floor.ready(agent)
        return agent, phone

    async def call(self) -> dict[str, Any]:
        """The only one that came in."""
        (call,) = await self.floor.rows("select * from calls where direction = 'inbound'")
        return call


@pytest.fixture
async def desks(database: Database, exchange: Exchange, tmp_path: Path) -> AsyncIterator[Desks]:
    at = Desks(Floor(database, RULES), exchange, Store(exchange.recordings, tmp_path))
    news = News(database)
    house = House(queue=OurQueue(RULES), links=Linked())
    prompts = Prompts.of(exchange.asterisk.folder)
    recorder = Recorder(database, prompts, at.store)
    hotline = Hotline(database, prompts, house, RULES, news, at, recorder)
    listening = asyncio.create_task(news.serve())
    await until(news.is_listening)
    await exchange.serve(hotline.converse)
    yield at
    await exchange.die()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening


async def rings_for_a_rescue(exchange: Exchange) -> SipCall:
    """A caller who presses 3 while he is greeted."""
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    await hearing({caller: {MUSIC}})
    caller.press("3")
    caller.say(tone(CALLER_HZ))
    return caller


async def test_from_the_menu_to_the_agent_and_written_up(desks: Desks, exchange: Exchange):
    me, phone = await desks.agent("101")
    caller = await rings_for_a_rescue(exchange)
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert (await desks.floor.seat(me)).contact is Contact.TALKING
    caller.hang_up()
    await agent.until("over")

    async def is_over() -> bool:
        return (await desks.call())["state"] == "ended"

    await eventually(is_over)
    call = await desks.call()
    assert (call["end_reason"], call["answered_by"]) == ("caller_hung_up", me)
    assert (await desks.floor.seat(me)).contact is Contact.WRAP_UP
    (place,) = await desks.floor.places()
    assert (place["group_name"], place["urgency"], place["state"]) == (
        "rescue",
        "rescue",
        "answered",
    )


async def test_who_waits_hears_music_and_the_first_who_is_ready_is_rung(
    desks: Desks, exchange: Exchange
):
    caller = await rings_for_a_rescue(exchange)

    async def waits() -> bool:
        return [p["state"] for p in await desks.floor.places()] == ["waiting"]

    await eventually(waits)
    await hearing({caller: {MUSIC}})
    _, phone = await desks.agent("101")
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    agent.hang_up()
    await caller.until("over")


async def test_what_one_presses_away_rings_at_another(desks: Desks, exchange: Exchange):
    me, mine = await desks.agent("101")
    await rings_for_a_rescue(exchange)
    declined = await mine.next_call()
    _, other = await desks.agent("102")
    declined.refuse()
    await picked_up(other, AGENT_HZ)
    seat = await desks.floor.seat(me)
    assert (seat.contact, seat.offer.reason) == (Contact.NONE, AwayReason.MISSED)


async def test_who_hangs_up_while_it_rings_is_to_be_called_back(desks: Desks, exchange: Exchange):
    me, phone = await desks.agent("101")
    caller = await rings_for_a_rescue(exchange)
    rung = await phone.next_call()
    caller.hang_up()
    await rung.until("over")

    async def kept() -> bool:
        return [p["kind"] for p in await desks.floor.places()] == ["call", "call_back"]

    await eventually(kept)
    (call, back) = await desks.floor.places()
    assert (call["state"], back["why"]) == ("abandoned", "dropped_out")
    # It is his turn at once, and the same agent's.
    assert (await desks.floor.seat(me)).contact is Contact.OFFERED
    await desks.floor.is_sound()


async def test_what_the_desk_ends_is_off_the_line(desks: Desks, exchange: Exchange):
    _, phone = await desks.agent("101")
    caller = await rings_for_a_rescue(exchange)
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}})
    await desks.floor.ends((await desks.call())["id"])
    await caller.until("over")
    await agent.until("over")


async def test_who_hangs_up_in_the_menu_has_given_up(desks: Desks, exchange: Exchange):
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    caller.hang_up()

    async def is_over() -> bool:
        found = await desks.floor.rows("select end_reason from calls")
        return found == [{"end_reason": "abandoned"}]

    await eventually(is_over)
    assert await desks.floor.rows("select 1 from flow_positions") == []
