"""A second person is asked: warm and blind transfer, conference, supervisor. Who hears whom."""

import asyncio

import pytest

from callcenter.telephony.consult import Consultation
from callcenter.telephony.signals import Answered, Left, TransferAsked
from callcenter.telephony.switch import Ear, LiveCall, Phone
from tests.telephony.exchange import Exchange, until
from tests.telephony.scene import (
    AGENT_HZ,
    CALLER_HZ,
    MUSIC,
    RING_TONE_HZ,
    THIRD_HZ,
    Talk,
    hearing,
    picked_up,
    reached,
    talking,
)

EXPERT = Phone("102")


class Steps:
    """The conversation waits where the test lets it go on."""

    def __init__(self) -> None:
        self._steps: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, step: str) -> None:
        self._steps.put_nowait(step)

    async def next(self) -> str:
        return await self._steps.get()


async def test_a_warm_transfer(exchange: Exchange):
    step = Steps()

    async def transfer(call: LiveCall, talk: Talk) -> None:
        await step.next()
        asked = Consultation(call, talk.caller, talk.agent, talk.bridge)
        assert isinstance(await asked.ask(EXPERT, shown="4001", ring_s=20), Answered)
        await step.next()
        await asked.hand_over()
        assert (await call.next(Left)).leg == talk.agent
        assert (await call.next(Left)).leg == talk.caller

    desk = await exchange.desk("102")
    caller, agent = await talking(exchange, transfer)
    step("ask")
    ringing = await desk.next_call()
    await hearing({agent: {RING_TONE_HZ}, caller: {MUSIC}})
    ringing.ring()
    desk.incoming.put_nowait(ringing)
    expert = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {MUSIC}, agent: {THIRD_HZ}, expert: {AGENT_HZ}})
    step("hand over")
    await agent.until("over")
    await hearing({caller: {THIRD_HZ}, expert: {CALLER_HZ}})
    caller.hang_up()
    await expert.until("over")


async def test_the_expert_declines_and_the_agent_takes_the_caller_back(exchange: Exchange):
    step = Steps()

    async def transfer(call: LiveCall, talk: Talk) -> None:
        await step.next()
        asked = Consultation(call, talk.caller, talk.agent, talk.bridge)
        assert isinstance(await asked.ask(EXPERT, shown="4001", ring_s=20), Left)
        await asked.take_back()
        back.set()
        await call.next(Left)

    back = asyncio.Event()
    (await exchange.desk("102")).on_ring = lambda call: call.refuse(603)
    caller, agent = await talking(exchange, transfer)
    step("ask")
    await until(back)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_the_agent_asks_and_takes_the_caller_back(exchange: Exchange):
    step = Steps()

    async def consult(call: LiveCall, talk: Talk) -> None:
        await step.next()
        asked = Consultation(call, talk.caller, talk.agent, talk.bridge)
        await asked.ask(EXPERT, shown="4001", ring_s=20)
        await step.next()
        await asked.take_back()
        assert (await call.next(Left)).leg == asked.asked
        await call.next(Left)

    desk = await exchange.desk("102")
    caller, agent = await talking(exchange, consult)
    step("ask")
    expert = await picked_up(desk, THIRD_HZ)
    step("back")
    await expert.until("over")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})


async def test_a_conference_of_three(exchange: Exchange):
    step = Steps()

    async def confer(call: LiveCall, talk: Talk) -> None:
        await step.next()
        asked = Consultation(call, talk.caller, talk.agent, talk.bridge)
        await asked.ask(EXPERT, shown="4001", ring_s=20)
        await asked.all_together()
        await call.next(Left)

    desk = await exchange.desk("102")
    caller, agent = await talking(exchange, confer)
    step("ask")
    expert = await picked_up(desk, THIRD_HZ)
    await hearing(
        {caller: {AGENT_HZ, THIRD_HZ}, agent: {CALLER_HZ, THIRD_HZ}, expert: {CALLER_HZ, AGENT_HZ}}
    )


async def test_a_blind_transfer(exchange: Exchange):
    """The agent is off the line before anybody has answered."""
    step = Steps()

    async def transfer(call: LiveCall, talk: Talk) -> None:
        await step.next()
        await call.leave(talk.bridge, talk.caller)
        await call.ring_back(talk.caller)
        await call.hang_up(talk.agent)
        await call.bridge(talk.caller, await reached(call, "102"))
        await call.next(Left, leg=talk.caller)

    desk = await exchange.desk("102")
    caller, agent = await talking(exchange, transfer)
    step("transfer")
    await agent.until("over")
    ringing = await desk.next_call()
    await hearing({caller: {RING_TONE_HZ}})
    desk.incoming.put_nowait(ringing)
    expert = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {THIRD_HZ}, expert: {CALLER_HZ}})


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "declined"])
async def test_a_desk_phones_own_transfer_key_is_ours_to_fulfil(exchange: Exchange, answers: bool):
    """By itself Asterisk would send the caller out of our hands into the dial plan."""

    async def transfer(call: LiveCall, talk: Talk) -> None:
        asked = await call.next(TransferAsked)
        assert (asked.leg, asked.to) == (talk.agent, "102")
        expert = await call.dial(Phone(asked.to), shown="4001", ring_s=20)
        answer = await call.next(Answered, Left, leg=expert)
        assert await call.tell_transfer(talk.agent, done=isinstance(answer, Answered))
        if isinstance(answer, Answered):
            await call.bridge(talk.caller, expert)
        await call.next(Left, leg=talk.caller)

    desk = await exchange.desk("102")
    if not answers:
        desk.on_ring = lambda call: call.refuse(603)
    caller, agent = await talking(exchange, transfer)
    agent.refer("102")
    on_the_line, hertz = agent, AGENT_HZ
    if answers:
        on_the_line, hertz = await picked_up(desk, THIRD_HZ), THIRD_HZ
    async with asyncio.timeout(5):
        while not agent.notified or "100" in agent.notified[-1]:
            await asyncio.sleep(0.02)
    assert agent.notified[-1].startswith("SIP/2.0 200" if answers else "SIP/2.0 603")
    await hearing({caller: {hertz}, on_the_line: {CALLER_HZ}})


@pytest.mark.parametrize(
    ("ear", "agent_hears"),
    [(Ear.LISTEN, {CALLER_HZ}), (Ear.WHISPER, {CALLER_HZ, THIRD_HZ})],
    ids=["listen", "whisper"],
)
async def test_a_supervisor_hears_both_and_the_caller_never_him(
    exchange: Exchange, ear: Ear, agent_hears: set[float]
):
    step = Steps()

    async def supervise(call: LiveCall, talk: Talk) -> None:
        await step.next()
        supervisor = await reached(call, "103")
        ear_bridge = await call.listen(supervisor, talk.agent, ear)
        assert ear_bridge
        assert await step.next() == "enough"
        await call.close(ear_bridge)
        await call.hang_up(supervisor)
        await call.next(Left, leg=talk.caller)

    desk = await exchange.desk("103")
    caller, agent = await talking(exchange, supervise)
    step("listen")
    supervisor = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {AGENT_HZ}, agent: agent_hears, supervisor: {CALLER_HZ, AGENT_HZ}})
    step("enough")
    await supervisor.until("over")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    assert await nothing_but(exchange, 2)


async def test_a_supervisor_barges_in(exchange: Exchange):
    """From whispering to speaking with both, without ringing him again."""
    step = Steps()

    async def supervise(call: LiveCall, talk: Talk) -> None:
        await step.next()
        supervisor = await reached(call, "103")
        ear_bridge = await call.listen(supervisor, talk.agent, Ear.WHISPER)
        await step.next()
        await call.join(talk.bridge, supervisor)
        await call.close(ear_bridge)
        await call.next(Left)

    desk = await exchange.desk("103")
    caller, agent = await talking(exchange, supervise)
    step("whisper")
    supervisor = await picked_up(desk, THIRD_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ, THIRD_HZ}})
    step("barge")
    await hearing(
        {
            caller: {AGENT_HZ, THIRD_HZ},
            agent: {CALLER_HZ, THIRD_HZ},
            supervisor: {CALLER_HZ, AGENT_HZ},
        }
    )


async def nothing_but(exchange: Exchange, count: int) -> bool:
    """No channel is left over beside these."""
    async with asyncio.timeout(5):
        while len(await exchange.ari.get("/channels")) != count:
            await asyncio.sleep(0.05)
    return True
