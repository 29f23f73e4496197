"""What a caller leaves on our switch, and what he is told before he is recorded."""

import asyncio
import os
import time
from typing import Any

import pytest

from callcenter.calls.control import service as control
from callcenter.calls.control.model import Callee, Party
from callcenter.telephony.flow import versions
from callcenter.telephony.flow.default import default_flow
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.recordings.leftovers import take_in_leftovers
from callcenter.telephony.recordings.model import Stored
from callcenter.telephony.recordings.recorder import CallRecording
from tests.db.cast import CONTROL
from tests.service import eventually
from tests.telephony.desks import NUMBER, Desks
from tests.telephony.exchange import HOTLINE, Exchange
from tests.telephony.flows import BYE, WORDS, flow_of
from tests.telephony.recorded import heard_in, in_state, kinds
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, EVERYBODY, MUSIC, THIRD_HZ, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

MENU = {
    "kind": "gather",
    "id": "menu",
    "words": WORDS,
    "keys": {"3": "rescue", "0": "person", "1": "message"},
    "silence": "person",
}
MESSAGE = {"kind": "record", "id": "message", "words": WORDS, "most_s": 60, "next": "bye"}
LEAVES = flow_of(MENU, MESSAGE, BYE)
MESSAGES = (
    "select m.recording_id, c.ticket_id from left_messages m join calls c on c.id = m.call_id"
)


async def published(desks: Desks, flow: Flow) -> None:
    await desks.floor.do(versions.current_kept)
    await desks.floor.do(versions.publish, "staff:1", flow, after=1)


async def leaves_a_message(desks: Desks, exchange: Exchange) -> SipCall:
    """He speaks for a while and presses #."""
    await published(desks, LEAVES)
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    caller.press("1")
    await in_state(desks.floor, "running")
    caller.say(tone(CALLER_HZ))
    await asyncio.sleep(1)
    caller.press("#")
    await caller.until("over")
    return caller


async def test_a_message_is_kept_with_its_ticket(desks: Desks, exchange: Exchange):
    await leaves_a_message(desks, exchange)
    (row,) = await in_state(desks.floor, "kept")
    assert row["kind"] == "message"
    assert heard_in(desks.data_dir, row).tones(*EVERYBODY) == {CALLER_HZ}
    (left,) = await desks.floor.rows(MESSAGES)
    assert left["recording_id"] == row["id"]
    assert left["ticket_id"] is not None


@pytest.mark.parametrize("looks", [True, pytest.param(False, marks=CONTROL)])
async def test_a_message_whose_process_was_killed_is_told_all_the_same(
    desks: Desks, exchange: Exchange, monkeypatch: pytest.MonkeyPatch, looks: bool
):
    async def dies(*_: Any) -> Stored | None:
        raise RuntimeError("killed")

    monkeypatch.setattr(CallRecording, "stored", dies)
    await published(desks, LEAVES)
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    caller.press("1")
    await in_state(desks.floor, "running")
    caller.say(tone(CALLER_HZ))
    await asyncio.sleep(1)
    caller.hang_up()

    async def is_written() -> bool:
        return any(desks.store.is_closed(name) for name in desks.store.waiting())

    await eventually(is_written)
    await exchange.die()
    for file in desks.store.spool.glob("*.wav"):
        os.utime(file, (0, 0))
    if looks:
        await take_in_leftovers(desks.floor.database, desks.store.spool, desks.data_dir)
    assert len(await desks.floor.rows(MESSAGES)) == 1
    (row,) = await in_state(desks.floor, "kept")
    assert heard_in(desks.data_dir, row).tones(*EVERYBODY) == {CALLER_HZ}
    # Whoever looks once more finds nothing new.
    await take_in_leftovers(desks.floor.database, desks.store.spool, desks.data_dir)
    assert len(await desks.floor.rows(MESSAGES)) == 1


def spoken_to_the_end() -> Flow:
    """The default, but nobody may press its announcement away."""
    said = default_flow().model_dump(mode="json")
    (notice,) = [step for step in said["steps"] if step.get("notice")]
    notice |= {"notice": False, "whole": True}
    return Flow.model_validate(said, strict=False)


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=CONTROL)])
async def test_key_3_does_not_wait_for_the_announcement(
    desks: Desks, exchange: Exchange, whole: bool
):
    if whole:
        await published(desks, spoken_to_the_end())
    caller = await (await exchange.caller(NUMBER)).call(HOTLINE)
    await caller.until("up")
    await hearing({caller: {MUSIC}})
    pressed = time.monotonic()
    caller.press("3")

    async def waits() -> bool:
        return len(await desks.floor.places()) == 1

    await eventually(waits)
    assert time.monotonic() - pressed < 1.5


async def test_whom_we_call_is_told_before_he_is_recorded(desks: Desks, exchange: Exchange):
    carrier = await exchange.carrier()
    me, phone = await desks.agent("101")
    owner = Callee(Party.OUTSIDE, number="+8613800138000")
    await desks.floor.do(control.dial, f"staff:{me}", me, owner, None)
    agent = await phone.next_call()
    agent.answer()
    await agent.until("up")
    called = await carrier.next_call()
    called.answer()
    await called.until("up")
    # Both hear the same, and it is nobody's tone.
    await hearing({called: {MUSIC}, agent: {MUSIC}})
    assert await kinds(desks.floor) == []
    agent.say(tone(AGENT_HZ))
    called.say(tone(THIRD_HZ))
    await in_state(desks.floor, "running")
    await hearing({called: {AGENT_HZ}, agent: {THIRD_HZ}})
    called.hang_up()
    await agent.until("over")
    (row,) = await in_state(desks.floor, "kept")
    assert heard_in(desks.data_dir, row).tones(*EVERYBODY) == {AGENT_HZ, THIRD_HZ}
