"""Talks on a real Asterisk that are recorded: who is heard in the file, and when there is none."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from callcenter.calls.control.model import Verb
from callcenter.db.database import Database
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.prompts.voice import Voice
from callcenter.telephony.recordings import rule, service
from callcenter.telephony.recordings.leftovers import take_in_leftovers
from callcenter.telephony.recordings.model import PauseReason, Stored
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.recordings.store import Store
from callcenter.telephony.signals import Left, Played
from callcenter.telephony.switch import LiveCall
from tests.calls.floor import Floor
from tests.db.cast import CONTROL
from tests.service import eventually
from tests.telephony.desks import Desks, colleague
from tests.telephony.exchange import Exchange
from tests.telephony.recorded import heard_in, in_state, kinds
from tests.telephony.scene import (
    AGENT_HZ,
    CALLER_HZ,
    EVERYBODY,
    THIRD_HZ,
    Talk,
    hearing,
    picked_up,
    talking,
)
from tests.telephony.sip.call import SipCall

DAYS = {"talk_days": 180, "complaint_days": 1095, "message_days": 180}
BOTH = {CALLER_HZ, AGENT_HZ}


async def test_both_are_in_the_file_which_is_whole(desks: Desks, exchange: Exchange):
    _, caller, agent = await desks.talking()
    (running,) = await in_state(desks.floor, "running")
    assert not desks.store.is_settled(running["spool"])
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    caller.hang_up()
    await agent.until("over")
    (row,) = await in_state(desks.floor, "kept")
    call = await desks.call()
    whose = (row["kind"], row["agent_id"], row["call_id"])
    assert whose == ("talk", call["answered_by"], call["id"])
    assert heard_in(desks.store.data_dir, row).tones(*EVERYBODY) == BOTH
    assert await kinds(desks.floor) == ["recording.begun", "recording.kept"]
    assert list(exchange.recordings.glob(f"{running['spool']}*")) == []


async def test_what_is_said_in_a_pause_is_silence_in_the_file(desks: Desks, exchange: Exchange):
    _, caller, agent = await desks.talking()
    (running,) = await in_state(desks.floor, "running")
    call_id = (await desks.call())["id"]

    async def pause(on: bool) -> None:
        reason = PauseReason.CARD if on else None
        await desks.floor.do(service.ask_pause, "staff:1", call_id, on=on, reason=reason)

        async def is_done() -> bool:
            (row,) = await in_state(desks.floor, "running")
            return bool(row["paused"] == on)

        await eventually(is_done)
        await asyncio.sleep(0.5)
        # They go on hearing each other.
        await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})

    await pause(True)
    await pause(False)
    agent.hang_up()
    await caller.until("over")
    (row,) = await in_state(desks.floor, "kept")
    sound = heard_in(desks.store.data_dir, row)
    loud = np.abs(sound.samples[: len(sound.samples) // 800 * 800]).reshape(-1, 800).max(axis=1)
    silent = np.flatnonzero(loud < 400)
    # One piece in the middle: they were heard before and after it.
    assert len(silent) >= 3
    assert silent[-1] - silent[0] == len(silent) - 1
    assert silent[0] > 0
    assert silent[-1] < len(loud) - 2
    assert row["id"] == running["id"]
    told = await kinds(desks.floor)
    assert told[1:-1] == [f"recording.{what}" for what in PAUSED_AND_RESUMED]


async def test_an_aside_and_a_hold_are_in_no_file(desks: Desks):
    """Talk, hold, talk, aside with a colleague, talk: three parts, and the colleague in none."""
    me, caller, agent = await desks.talking()
    other, phone = await desks.agent("102", ready=False)
    both_talk = {caller: {AGENT_HZ}, agent: {CALLER_HZ}}
    await in_state(desks.floor, "running")
    await hearing(both_talk)
    await desks.does(me, Verb.HOLD)
    await in_state(desks.floor, "kept")
    await desks.does(me, Verb.RESUME)
    await in_state(desks.floor, "kept", "running")
    await hearing(both_talk)
    await desks.does(me, Verb.CONSULT, colleague(other))
    third = await picked_up(phone, THIRD_HZ)
    await hearing({third: {AGENT_HZ}, agent: {THIRD_HZ}})
    await in_state(desks.floor, "kept", "kept")
    await desks.does(me, Verb.TAKE_BACK)
    await in_state(desks.floor, "kept", "kept", "running")
    await hearing(both_talk)
    caller.hang_up()
    for row in await in_state(desks.floor, "kept", "kept", "kept"):
        assert heard_in(desks.data_dir, row).tones(*EVERYBODY) == BOTH


PAUSED_AND_RESUMED = ("pause_asked", "paused", "resume_asked", "resumed")


@pytest.mark.parametrize(
    ("mode", "groups", "is_recorded"),
    [("off", [], False), ("groups", ["complaint"], False), ("groups", ["rescue"], True)],
)
async def test_only_what_the_rule_says(
    desks: Desks, exchange: Exchange, mode: str, groups: list[str], is_recorded: bool
):
    wanted = {"mode": mode, "groups": groups, **DAYS}
    await desks.floor.do(rule.keep, "staff:1", wanted)
    _, caller, agent = await desks.talking()
    if is_recorded:
        await in_state(desks.floor, "running")
    caller.hang_up()
    await agent.until("over")
    await in_state(desks.floor, *(["kept"] if is_recorded else []))


@dataclass
class Studio:
    """A talk of our own making, with a recording of it; `prompts` says what can be told."""

    floor: Floor
    exchange: Exchange
    store: Store
    prompts: Prompts
    told: set[str] = field(default_factory=set)

    async def talk(self) -> tuple[SipCall, SipCall]:
        """Recorded until somebody hangs up."""

        async def goes_on(call: LiveCall, talk: Talk) -> None:
            rung = await self.floor.rings()
            recording = Recorder(self.floor.database, self.prompts, self.store).of(call, rung.id)
            recording.told |= self.told
            recording.follow(talk.bridge)
            while isinstance(signal := await call.next(Left, Played), Played):
                recording.hear(signal)
            await recording.end()

        return await talking(self.exchange, goes_on)


@pytest.fixture
async def studio(database: Database, exchange: Exchange, tmp_path: Path) -> AsyncIterator[Studio]:
    prompts = Prompts.of(exchange.asterisk.folder)
    yield Studio(Floor(database), exchange, Store(exchange.recordings, tmp_path), prompts)
    await exchange.die()


@pytest.mark.parametrize("told", [set(), pytest.param({"zh"}, marks=CONTROL)])
async def test_who_could_not_be_told_is_not_recorded(
    studio: Studio, tmp_path: Path, told: set[str]
):
    studio.prompts, studio.told = Prompts(tmp_path / "no prompts", Voice(None)), told
    before = {*studio.exchange.recordings.glob("*")}
    caller, agent = await studio.talk()
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})

    async def is_decided() -> list[str]:
        return await kinds(studio.floor)

    await eventually(is_decided)
    caller.hang_up()
    await agent.until("over")
    assert await kinds(studio.floor) == ["recording.not_made"]
    assert await studio.floor.rows("select * from call_recordings") == []
    assert {*studio.exchange.recordings.glob("*")} == before


class DiesBefore(Store):
    """The process is killed before the file is moved."""

    def take_in(self, *where: Any) -> Stored | None:
        raise RuntimeError("killed")


class DiesBehind(Store):
    """The process is killed between the move and the row."""

    def take_in(self, *where: Any) -> Stored | None:
        super().take_in(*where)
        raise RuntimeError("killed")


@pytest.mark.parametrize("looks", [True, pytest.param(False, marks=CONTROL)])
@pytest.mark.parametrize("dies", [DiesBefore, DiesBehind])
async def test_what_a_process_left_that_was_killed_is_taken_in(
    studio: Studio, dies: type[Store], looks: bool
):
    whole = studio.store
    studio.store = dies(whole.spool, whole.data_dir)
    caller, agent = await studio.talk()
    (row,) = await in_state(studio.floor, "running")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    caller.hang_up()
    await agent.until("over")
    await studio.exchange.die()
    for file in whole.spool.glob("*.wav"):
        os.utime(file, (0, 0))
    if looks:
        await take_in_leftovers(studio.floor.database, whole.spool, whole.data_dir)
    (found,) = await studio.floor.rows("select * from call_recordings")
    assert (found["id"], found["state"]) == (row["id"], "kept")
    assert heard_in(whole.data_dir, found).tones(*EVERYBODY) == BOTH
    assert await kinds(studio.floor) == ["recording.begun", "recording.kept"]
