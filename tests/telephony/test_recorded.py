"""Talks on a real Asterisk that are recorded: who is heard in the file, and when nothing is kept."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.prompts.wav import read
from callcenter.telephony.recordings import rule, service
from callcenter.telephony.recordings.model import PauseReason
from callcenter.telephony.recordings.store import kept_file
from callcenter.telephony.signals import Answered
from callcenter.telephony.switch import LiveCall, Phone
from tests.service import eventually
from tests.telephony.exchange import Exchange
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, EVERYBODY, THIRD_HZ, hearing, picked_up
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import Heard
from tests.telephony.test_hotline import Desks, desks, rings_for_a_rescue

__all__ = ["desks"]

DAYS = {"talk_days": 180, "complaint_days": 1095, "message_days": 180}


async def recordings(desks: Desks) -> list[dict[str, Any]]:
    return await desks.floor.rows("select * from call_recordings order by begun_at")


async def kinds(desks: Desks) -> list[str]:
    """What was told of recordings, in order."""
    asked = "select kind from events where kind like 'recording.%' order by id"
    return [row["kind"] for row in await desks.floor.rows(asked)]


async def in_state(desks: Desks, *states: str) -> list[dict[str, Any]]:
    async def are() -> list[dict[str, Any]] | None:
        found = await recordings(desks)
        return found if [one["state"] for one in found] == list(states) else None

    found: list[dict[str, Any]] = await eventually(are)
    return found


def heard_in(data_dir: Path, row: dict[str, Any]) -> Heard:
    data = kept_file(data_dir, row["file"]).read_bytes()
    assert (len(data), hashlib.sha256(data).digest()) == (row["size"], row["sha256"])
    samples, rate = read(data)
    assert row["seconds"] == pytest.approx(len(samples) / rate, abs=0.02)
    return Heard(samples, rate)


async def talk(desks: Desks, exchange: Exchange) -> tuple[SipCall, SipCall]:
    """A caller and an agent who hear each other."""
    _, phone = await desks.agent("101")
    caller = await rings_for_a_rescue(exchange)
    agent = await picked_up(phone, AGENT_HZ)
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    return caller, agent


async def test_both_are_in_the_file_which_is_whole(desks: Desks, exchange: Exchange):
    caller, agent = await talk(desks, exchange)
    (running,) = await in_state(desks, "running")
    await hearing({caller: {AGENT_HZ}, agent: {CALLER_HZ}})
    caller.hang_up()
    await agent.until("over")
    (row,) = await in_state(desks, "kept")
    call = await desks.call()
    assert (row["kind"], row["agent_id"], row["call_id"]) == (
        "talk",
        call["answered_by"],
        call["id"],
    )
    assert heard_in(desks.store.data_dir, row).tones(*EVERYBODY) == {CALLER_HZ, AGENT_HZ}
    assert await kinds(desks) == ["recording.begun", "recording.kept"]
    assert list(exchange.recordings.glob(f"{running['spool']}*")) == []
