"""A call comes in: heard, spoken to, and over, with the reason."""

import asyncio

import pytest

from callcenter.telephony.keys import collect
from callcenter.telephony.signals import Ending, Left, Played, Rang
from callcenter.telephony.switch import LiveCall
from tests.telephony.exchange import HOTLINE, Exchange, until_none
from tests.telephony.scene import EVERYBODY, hearing
from tests.telephony.sip.sound import tone

PROMPT_HZ, SECOND_HZ = EVERYBODY[:2]


async def test_a_caller_hears_the_prompts_one_after_the_other(exchange: Exchange):
    media = [exchange.prompt("one", PROMPT_HZ), exchange.prompt("two", SECOND_HZ)]
    told: list[object] = []

    async def greet(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        await call.play(rang.leg, media)
        told.extend([rang, await call.next(Played)])

    await exchange.serve(greet)
    owner = await exchange.caller("13912345678")
    call = await owner.call(HOTLINE)
    await call.until("up")
    await hearing({call: {PROMPT_HZ}})
    await hearing({call: {SECOND_HZ}})
    await call.until("over")
    rang, played = told
    assert isinstance(rang, Rang)
    assert (rang.caller, rang.dialled, rang.from_phone) == ("13912345678", HOTLINE, False)
    assert isinstance(played, Played)
    assert played.whole


async def test_keys_are_heard_into_the_prompt_and_cut_it_short(exchange: Exchange):
    menu = exchange.prompt("menu", PROMPT_HZ, seconds=20)
    keys: list[str] = []

    async def ask(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        prompt = await call.play(rang.leg, [menu])
        keys.append(await collect(call, rang.leg, most=1, prompt=prompt))
        await call.next(Left)

    await exchange.serve(ask)
    call = await (await exchange.caller()).call(HOTLINE)
    await call.until("up")
    await hearing({call: {PROMPT_HZ}})
    call.press("3")
    await hearing({call: set()})
    assert keys == ["3"]


async def test_twelve_keys_pressed_before_the_prompt_ends_come_in_order(exchange: Exchange):
    menu = exchange.prompt("menu", PROMPT_HZ, seconds=1.5)

    async def ask(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        await call.play(rang.leg, [menu])
        await call.next(Played)
        got.set_result(await collect(call, rang.leg, most=20))

    got: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    await exchange.serve(ask)
    call = await (await exchange.caller()).call(HOTLINE)
    await call.until("up")
    call.press("139*5678901#")
    assert await asyncio.wait_for(got, 10) == "139*5678901"


async def test_no_key_is_no_key(exchange: Exchange):
    got: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def ask(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        got.set_result(await collect(call, rang.leg, most=1, first_s=0.3))

    await exchange.serve(ask)
    await (await exchange.caller()).call(HOTLINE)
    assert await asyncio.wait_for(got, 10) == ""


@pytest.mark.parametrize("answered", [True, False])
async def test_the_caller_hangs_up(exchange: Exchange, answered: bool):
    left: asyncio.Future[Left] = asyncio.get_running_loop().create_future()

    async def wait(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await (call.answer if answered else call.ring_back)(rang.leg)
        left.set_result(await call.next(Left))
        assert not await call.answer(rang.leg)
        assert not await call.play(rang.leg, [exchange.prompt("late", PROMPT_HZ)])

    switch = await exchange.serve(wait)
    call = await (await exchange.caller()).call(HOTLINE)
    await call.until("up" if answered else "ringing")
    call.hang_up()
    end = await asyncio.wait_for(left, 10)
    assert (end.cause.ending, end.by_us) == (Ending.NORMAL, False)
    await until_none(switch)


@pytest.mark.parametrize(("busy", "status"), [(False, 603), (True, 486)])
async def test_we_refuse_a_call(exchange: Exchange, busy: bool, status: int):
    left: asyncio.Future[Left] = asyncio.get_running_loop().create_future()

    async def refuse(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.hang_up(rang.leg, busy=busy)
        left.set_result(await call.next(Left))

    await exchange.serve(refuse)
    call = await (await exchange.caller()).call(HOTLINE)
    await call.until("over")
    assert call.status == status
    assert (await asyncio.wait_for(left, 10)).by_us


async def test_we_hang_up_and_the_caller_is_told_why(exchange: Exchange):
    left: asyncio.Future[Left] = asyncio.get_running_loop().create_future()

    async def part(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        await call.hang_up(rang.leg)
        left.set_result(await call.next(Left))

    await exchange.serve(part)
    call = await (await exchange.caller()).call(HOTLINE)
    await call.until("over")
    assert "cause=16" in call.reason
    assert await asyncio.wait_for(left, 10) == Left(left.result().leg, left.result().cause, True)


async def test_a_conversation_that_fails_gives_its_caller_to_a_desk_phone(exchange: Exchange):
    async def fail(call: LiveCall) -> None:
        rang = await call.next(Rang)
        await call.answer(rang.leg)
        await call.play(rang.leg, [exchange.prompt("long", PROMPT_HZ, seconds=30)])
        raise RuntimeError("a fault of ours")

    desk = await exchange.desk("101")
    await exchange.serve(fail)
    call = await (await exchange.caller()).call(HOTLINE)
    ringing = await desk.next_call()
    ringing.answer()
    await ringing.until("up")
    ringing.say(tone(SECOND_HZ))
    await hearing({call: {SECOND_HZ}})
