"""Who may register: phones of the settings, and those let in while it runs."""

import asyncio

import pytest

from callcenter.telephony.asterisk.ari import SwitchRefused
from callcenter.telephony.asterisk.phone_accounts import close_account, open_account
from callcenter.telephony.signals import Left, Rang
from callcenter.telephony.switch import LiveCall, Phone
from tests.telephony.exchange import Exchange
from tests.telephony.scene import AGENT_HZ, THIRD_HZ, hearing, picked_up
from tests.telephony.sip.sound import tone


async def test_with_its_password_a_phone_registers(exchange: Exchange):
    await exchange.desk("101")


async def test_with_a_wrong_password_or_an_unknown_name_it_does_not(exchange: Exchange):
    assert await (await exchange.phone("101", "wrong")).register() == 401
    assert await (await exchange.phone("stranger", "wrong")).register() in (401, 403, 404)


async def test_nobody_calls_as_a_phone_of_ours_without_its_password(exchange: Exchange):
    """He would be taken for an agent, or be shown as one."""
    rang: list[Rang] = []

    async def listen(call: LiveCall) -> None:
        rang.append(await call.next(Rang))

    await exchange.serve(listen)
    call = await (await exchange.phone("101")).call("13800138000")
    await call.until("over")
    assert (call.status, rang) == (401, [])


async def test_what_a_phone_dials_is_connected_by_us(exchange: Exchange):
    rang: asyncio.Future[Rang] = asyncio.get_running_loop().create_future()

    async def connect(call: LiveCall) -> None:
        rang.set_result(await call.next(Rang))
        leg = await call.dial(Phone(rang.result().dialled), shown="101", ring_s=20)
        await call.next(leg=leg)
        await call.answer(rang.result().leg)
        await call.bridge(rang.result().leg, leg)
        await call.next(Left)

    one, other = await exchange.desk("101"), await exchange.desk("102")
    await exchange.serve(connect)
    caller = await one.call("102")
    agent = await picked_up(other, AGENT_HZ)
    caller.say(tone(THIRD_HZ))
    await caller.until("up")
    await hearing({caller: {AGENT_HZ}, agent: {THIRD_HZ}})
    assert (rang.result().caller, rang.result().from_phone) == ("101", True)


async def test_without_us_a_phone_is_told_that_nothing_can_be_connected(exchange: Exchange):
    call = await (await exchange.desk("101")).call("102")
    await call.until("over")
    assert call.status == 503


async def test_an_account_is_opened_rings_and_is_closed(exchange: Exchange):
    password = await open_account(exchange.ari, "agent-7", browser=False)
    phone = await exchange.phone("agent-7", password)
    assert await phone.register() == 200

    async def dial(call: LiveCall) -> None:
        await call.dial(Phone("agent-7"), shown="4001", ring_s=20)
        await call.next(Left)

    switch = await exchange.serve(dial)
    switch.place(dial)
    (await phone.next_call()).refuse()
    again = await open_account(exchange.ari, "agent-7", browser=False)
    assert again != password
    assert await phone.register() == 401
    phone.password = again
    assert await phone.register() == 200
    await close_account(exchange.ari, "agent-7")
    assert await phone.register() != 200


async def test_an_account_of_the_settings_is_not_closed(exchange: Exchange):
    with pytest.raises(SwitchRefused):
        await close_account(exchange.ari, "103")
    await exchange.desk("103")
