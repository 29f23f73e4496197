"""Recordings as a test sees them: their rows, what was told of them, who is heard in the file."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from callcenter.telephony.prompts.wav import read
from callcenter.telephony.recordings.store import kept_file
from tests.calls.floor import Floor
from tests.service import eventually
from tests.telephony.sip.sound import Heard


async def kinds(floor: Floor) -> list[str]:
    """What was told of recordings, in order."""
    asked = "select kind from events where kind like 'recording.%' order by id"
    return [row["kind"] for row in await floor.rows(asked)]


async def in_state(floor: Floor, *states: str) -> list[dict[str, Any]]:
    """All recordings, once they stand so."""

    found: list[dict[str, Any]] = []

    async def are() -> bool:
        found[:] = await floor.rows("select * from call_recordings order by begun_at")
        return [one["state"] for one in found] == list(states)

    await eventually(are)
    return found


def heard_in(data_dir: Path, row: dict[str, Any]) -> Heard:
    """The sound of a kept one, which is as its row says."""
    data = kept_file(data_dir, row["file"]).read_bytes()
    assert (len(data), hashlib.sha256(data).digest()) == (row["size"], row["sha256"])
    samples, rate = read(data)
    assert row["seconds"] == pytest.approx(len(samples) / rate, abs=0.02)
    return Heard(samples, rate)
