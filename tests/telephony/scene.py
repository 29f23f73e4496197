"""What most stories begin with: a caller and an agent who speak with each other."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from callcenter.telephony.signals import Answered, Rang
from callcenter.telephony.switch import LiveCall, Phone
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

CALLER_HZ, AGENT_HZ, THIRD_HZ = 600.0, 950.0, 1300.0
EVERYBODY = (CALLER_HZ, AGENT_HZ, THIRD_HZ)
SETTLED_S = 0.2
"""Until what was changed is heard at the far end."""


@dataclass(frozen=True)
class Talk:
    """Our side of it: the legs and their bridge."""

    caller: str
    agent: str
    bridge: str


AfterThat = Callable[[LiveCall, Talk], Awaitable[None]]


async def reached(call: LiveCall, extension: str, shown: str = "4001") -> str:
    """Ring a desk phone until somebody is there; his leg."""
    leg = await call.dial(Phone(extension), shown=shown, ring_s=20)
    await call.next(Answered, leg=leg)
    return leg


async def talking(exchange: Exchange, after_that: AfterThat) -> tuple[SipCall, SipCall]:
    """A caller and the agent at desk 101, connected, each saying his tone; then the conversation
    goes on with `after_that`."""
    connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def connect(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        agent = await reached(call, "101", rang.caller)
        bridge = await call.bridge(rang.leg, agent)
        connected.set_result(None)
        await after_that(call, Talk(rang.leg, agent, bridge))

    desk = await exchange.desk("101")
    await exchange.serve(connect)
    caller = await (await exchange.caller()).call(HOTLINE)
    agent = await picked_up(desk, AGENT_HZ)
    caller.say(tone(CALLER_HZ))
    await asyncio.wait_for(connected, 10)
    await asyncio.sleep(SETTLED_S)
    return caller, agent


async def picked_up(phone: UserAgent, hertz: float) -> SipCall:
    """The next call at this phone is answered with a tone."""
    call = await phone.next_call()
    call.answer()
    call.say(tone(hertz))
    return await call.until("up")


async def who_hears(*calls: SipCall) -> list[set[float]]:
    """Which of everybody's tones each of them hears, at the same time."""
    await asyncio.sleep(SETTLED_S)
    heard = await asyncio.gather(*(call.hear(0.35) for call in calls))
    return [one.tones(*EVERYBODY) for one in heard]
