"""We dial: what came of it is told in one word."""

import asyncio
from collections.abc import Callable

import pytest

from callcenter.telephony.signals import Answered, Cause, Ending, Left, Ringing, Signal
from callcenter.telephony.switch import LiveCall, Outside, Phone
from tests.telephony.exchange import Exchange
from tests.telephony.sip.call import SipCall

OWNER = Outside("13800138000")


async def dialled(
    exchange: Exchange, whom: Phone | Outside, *, ring_s: float = 20
) -> tuple[list[Signal], Left]:
    """Dial once: the signals until somebody answered or it was over, and the end."""
    done: asyncio.Future[tuple[list[Signal], Left]] = asyncio.get_running_loop().create_future()

    async def dial(call: LiveCall) -> None:
        leg = await call.dial(whom, shown="4001", ring_s=ring_s)
        told: list[Signal] = []
        while not told or not isinstance(told[-1], Left):
            told.append(await call.next(leg=leg))
        done.set_result((told[:-1], told[-1]))

    (await exchange.serve(no_call)).place(dial)
    return await asyncio.wait_for(done, 15)


async def no_call(call: LiveCall) -> None:
    raise AssertionError("nobody rings here")


def answers_and_parts(call: SipCall) -> None:
    call.ring()
    call.answer()
    asyncio.get_running_loop().call_later(0.2, call.hang_up)


@pytest.mark.parametrize(
    ("act", "ending"),
    [
        (lambda call: call.refuse(486), Ending.BUSY),
        (lambda call: call.refuse(603), Ending.DECLINED),
        (lambda call: call.refuse(404), Ending.UNKNOWN_NUMBER),
        (lambda call: call.refuse(480), Ending.NO_ANSWER),
        (lambda call: call.refuse(503), Ending.UNREACHABLE),
    ],
    ids=["busy", "declined", "unknown", "away", "network"],
)
async def test_refused(exchange: Exchange, act: Callable[[SipCall], None], ending: Ending):
    (await exchange.carrier()).on_ring = act
    told, left = await dialled(exchange, OWNER)
    assert told == []
    assert (left.cause.ending, left.by_us) == (ending, False)


async def test_it_rings_and_nobody_answers(exchange: Exchange):
    await exchange.carrier()
    told, left = await dialled(exchange, OWNER, ring_s=1)
    assert [type(signal) for signal in told] == [Ringing]
    assert left.cause.ending is Ending.NO_ANSWER


async def test_answered_and_hung_up_there(exchange: Exchange):
    (await exchange.carrier()).on_ring = answers_and_parts
    told, left = await dialled(exchange, OWNER)
    assert [type(signal) for signal in told] == [Ringing, Answered]
    assert (left.cause.ending, left.by_us) == (Ending.NORMAL, False)


async def test_a_phone_that_is_not_registered(exchange: Exchange):
    told, left = await dialled(exchange, Phone("103"))
    assert told == []
    assert left.cause.ending is Ending.UNREACHABLE


async def test_given_up_while_it_rings(exchange: Exchange):
    carrier = await exchange.carrier()

    async def dial(call: LiveCall) -> None:
        leg = await call.dial(OWNER, shown="4001", ring_s=20)
        await call.next(Ringing)
        await call.hang_up(leg)
        done.set_result(await call.next(Left))

    done: asyncio.Future[Left] = asyncio.get_running_loop().create_future()
    (await exchange.serve(no_call)).place(dial)
    ringing = await carrier.next_call()
    await ringing.until("over")
    assert (await asyncio.wait_for(done, 10)).by_us


async def test_the_shown_number_and_name_arrive(exchange: Exchange):
    desk = await exchange.desk("101")

    async def dial(call: LiveCall) -> None:
        await call.dial(Phone("101"), shown="13912345678", ring_s=20, name='Wang "Wei" <x>')
        await call.next(Left)

    (await exchange.serve(no_call)).place(dial)
    ringing = await desk.next_call()
    assert "sip:13912345678@" in ringing.far_name
    assert '"Wang Wei x"' in ringing.far_name


def test_one_word_for_each_pair_of_codes():
    """As Asterisk 22 told them here: the SIP status knows more than the cause."""
    assert Cause(17, 486).ending is Ending.BUSY
    assert Cause(19, 480).ending is Ending.NO_ANSWER
    assert Cause(21, 603).ending is Ending.DECLINED
    assert Cause(0).ending is Ending.NORMAL
    assert Cause(34).ending is Ending.UNREACHABLE
