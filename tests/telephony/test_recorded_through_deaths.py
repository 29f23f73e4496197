"""`callcenter run` with a telephone: the hotline dies in the middle of a recorded talk, then the
switch with its file open; what was said before, between and after is kept."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest

from callcenter.telephony.prompts.wav import read
from tests.cli.conftest import Program, start
from tests.service import eventually
from tests.telephony.exchange import HOTLINE
from tests.telephony.scene import AGENT_HZ, CALLER_HZ, EVERYBODY, MUSIC, hearing, picked_up
from tests.telephony.sip.sound import Heard, tone
from tests.telephony.test_whole_program import desk_phone, killed, program, signed_in

__all__ = ["program", "start"]
BOTH = {CALLER_HZ, AGENT_HZ}
WITHIN_S = 200.0
"""A file that nobody has closed is left alone for a minute, and looked for each minute."""


@pytest.mark.long
@pytest.mark.timeout(400)
async def test_what_was_said_is_kept_through_both_deaths(program: tuple[Program, int]):
    running, sip = program
    async with signed_in(running) as desk, contextlib.AsyncExitStack() as phones:
        softphone = await desk_phone(running, sip, "102", phones)
        phone = await desk_phone(running, sip, "101", phones)
        await desk.ask("PUT", "/me/seat", {"availability": "ready"})
        caller = await softphone.call(HOTLINE)
        await caller.until("up")
        await hearing({caller: {MUSIC}})
        caller.press("3")
        caller.say(tone(CALLER_HZ))
        agent = await picked_up(phone, AGENT_HZ)
        both_talk = {caller: {AGENT_HZ}, agent: {CALLER_HZ}}
        await hearing(both_talk)
        path = f"/calls/{(await desk.ask('GET', '/me/seat'))['call_id']}/recordings"

        async def parts() -> list[Any]:
            return list((await desk.ask("GET", path))["items"])

        async def are(*states: str) -> bool:
            return [one["state"] for one in await parts()] == list(states)

        await eventually(lambda: are("running"))
        await hearing(both_talk)
        killed(running, "hotline")
        await eventually(lambda: are("running", "running"))
        # A switch writes two seconds at once: what it has not written dies with it.
        await asyncio.sleep(4)
        killed(running, "asterisk")
        await eventually(lambda: are("kept", "kept"), within_s=WITHIN_S)
        for one in await parts():
            opened = await desk.ask("POST", f"/recordings/{one['id']}/plays", {})
            async with desk.client.get(f"{running.url}{opened['audio']}") as answer:
                samples, rate = read(await answer.read())
            assert Heard(samples, rate).tones(*EVERYBODY) == BOTH
        assert [*_spool(running.data_dir).glob("*.wav")] == []


def _spool(folder: Path) -> Path:
    return folder / "asterisk" / "run" / "spool" / "recording"
