"""The process that rings duty phones is killed with -9 at each step: nobody is rung twice for it,
nobody is forgotten, and whoever is on the phone goes on with the next process."""

import asyncio
import signal
from typing import Any

import pytest

from callcenter.routing.duty import service as duty_calls
from callcenter.routing.model import Offer
from tests.calls.floor import Floor
from tests.conftest import Server
from tests.forked import PROCESSES
from tests.telephony import doomed_duty_phones
from tests.telephony.duty_scene import DutyScene, hears
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, MUSIC, hearing, picked_up
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

KILLED_WITHIN_S = 60
QUIET_S = 6.0
"""Longer than the pause before a second attempt."""


async def killed(duty: DutyScene, server: Server, dbname: str, point: str, **how: bool) -> Offer:
    """An offer whose process has died at this point."""
    duty.settings = duty.settings.model_copy(
        update={"offer_lifetime_s": 180, "duty_phone_ring_s": 60}
    )
    duty.scene.routing = duty.settings
    await duty.station()
    offer = await duty.offer()
    asterisk, ari = duty.exchange.asterisk, duty.exchange.ari
    process = PROCESSES.Process(
        target=doomed_duty_phones.run,
        args=(
            server.app_dsn(dbname),
            (ari.url, ari.headers),
            asterisk.settings.application,
            duty.folder,
            duty.settings.model_dump_json(),
            point,
            how.get("is_written", True),
        ),
    )
    process.start()
    await asyncio.to_thread(process.join, KILLED_WITHIN_S)
    assert process.exitcode == -signal.SIGKILL
    return offer


async def accepts(duty: DutyScene, call: SipCall) -> None:
    if call.state != "up":
        call.answer()
        await call.until("up")
    await hears(call, "opening", "menu")
    call.press("1")
    await hears(call, "accepted")


@pytest.mark.parametrize(
    ("point", "outcomes"),
    [
        ("claimed", ["accepted"]),
        ("dialling", ["lost", "accepted"]),
        ("ringing", ["accepted"]),
        ("answered", ["accepted"]),
    ],
)
async def test_it_rings_once_and_is_not_forgotten(
    duty: DutyScene, server: Server, dbname: str, point: str, outcomes: list[str]
):
    if point == "answered":
        duty.carrier.on_ring = SipCall.answer
    offer = await killed(duty, server, dbname, point)
    await duty.serve()
    call = await duty.carrier.next_call()
    await accepts(duty, call)
    await duty.until_outcomes(*outcomes)
    await asyncio.sleep(1)
    assert len(duty.carrier.calls) == 1
    assert (await duty.state_of(offer))[0] == "accepted"


async def test_who_waits_for_the_desk_waits_on(duty: DutyScene):
    await duty.station()
    await duty.serve()
    await duty.offer()
    call = await duty.picks_up()
    call.press("3")
    await hears(call, "desk")
    await duty.until_outcomes("desk")
    await hearing({call: {MUSIC}})
    await duty.die()
    await duty.serve()
    floor = Floor(duty.scene.database, duty.queue)
    agent = await floor.agent()
    duty.at_desk.extensions[agent] = "101"
    desk = await duty.exchange.desk("101")
    await floor.ready(agent)
    call.say(tone(CALLER_HZ))
    spoken_with = await picked_up(desk, AGENT_HZ)
    await hearing({call: {AGENT_HZ}, spoken_with: {CALLER_HZ}})
    assert len(duty.carrier.calls) == 1


async def test_control_what_was_dialled_before_it_was_written_rings_twice(
    duty: DutyScene, server: Server, dbname: str
):
    await killed(duty, server, dbname, "ringing", is_written=False)
    first = await duty.carrier.next_call()
    await duty.serve()
    second = await duty.carrier.next_call()
    assert first.call_id != second.call_id


async def test_control_a_claim_that_nobody_takes_over_is_forgotten(
    duty: DutyScene, server: Server, dbname: str, monkeypatch: pytest.MonkeyPatch
):
    async def leave(*_: Any) -> None:
        return None

    monkeypatch.setattr(duty_calls, "take_over", leave)
    await killed(duty, server, dbname, "claimed")
    await duty.serve()
    await asyncio.sleep(QUIET_S)
    assert duty.carrier.calls == {}
