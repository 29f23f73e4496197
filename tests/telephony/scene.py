"""What most stories begin with: a caller and an agent who speak with each other."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from callcenter.telephony.signals import Answered, Rang
from callcenter.telephony.switch import LiveCall, Phone
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import Heard, tone

CALLER_HZ, AGENT_HZ, THIRD_HZ = 600.0, 950.0, 1300.0
MUSIC = 0.0
"""Something, and nobody's tone."""
RING_TONE_HZ = 450.0
EVERYBODY = (CALLER_HZ, AGENT_HZ, THIRD_HZ, RING_TONE_HZ)
SOON_S = 15


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
    return caller, agent


async def picked_up(phone: UserAgent, hertz: float) -> SipCall:
    """The next call at this phone is answered with a tone."""
    call = await phone.next_call()
    call.answer()
    call.say(tone(hertz))
    return await call.until("up")


async def hearing(expected: Mapping[Any, set[float]]) -> None:
    """Each of them hears just these tones, or MUSIC, or nothing: listened to again until it is
    so, for 15 s at most."""
    until = asyncio.get_running_loop().time() + SOON_S
    found: list[set[float]] = []
    while found != list(expected.values()):
        assert asyncio.get_running_loop().time() < until, f"{found} is heard"
        heard = await asyncio.gather(*(ear.hear() for ear in expected))
        found = [_told(one) for one in heard]


def _told(heard: Heard) -> set[float]:
    tones = heard.tones(*EVERYBODY)
    return tones if tones or heard.is_silent else {MUSIC}
