"""More owners dialled than agents are free, by the product and on a real Asterisk; and a storm of
callers in the middle of it."""

import asyncio
import functools
import time
from dataclasses import replace

import pytest

from callcenter.calls.agents.model import Contact
from callcenter.outbound.dialling.answer_rate import AnswerRate
from callcenter.outbound.dialling.pacing import TUNING, pace
from callcenter.telephony.owners import dialler
from tests.service import eventually
from tests.telephony.dialled import Dialled
from tests.telephony.owner_scene import hears
from tests.telephony.scene import AGENT_HZ, THIRD_HZ, hearing
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

OWNERS = 12
SIGN_OF_LIFE_S = 15


@pytest.fixture
def known_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in three answers, as a day has shown; two agents are group enough."""
    day = functools.partial(AnswerRate, weight=400.0)
    monkeypatch.setattr(dialler, "AnswerRate", lambda _: day(0.33))
    tuned = replace(TUNING, smallest_group=2)
    monkeypatch.setattr(dialler, "pace", lambda *given: pace(*given, tuned))


async def lines(dialled: Dialled) -> int:
    (row,) = await dialled.owners.rows("select count(*) from owner_calls where call_id is not null")
    return int(row["count"])


async def many(dialled: Dialled) -> None:
    await dialled.answered_before(1000, 1)
    for number in range(OWNERS):
        await dialled.owner(f"+86138001380{number:02}")


async def test_more_ring_than_agents_are_free_and_who_finds_none_is_told(
    dialled: Dialled, known_rate: None
):
    await many(dialled)
    dialled.owners.carrier.on_ring = SipCall.ring
    for extension in ("101", "102"):
        _, phone = await dialled.agent(extension)
        phone.on_ring = SipCall.answer
    before = await lines(dialled)
    await dialled.serve("predictive")
    rung = [await dialled.owners.carrier.next_call() for _ in range(3)]
    stood = await dialled.stood()
    assert (stood["mode"], stood["because"]) == ("predictive", "look_ahead")
    assert await lines(dialled) - before > 2
    for owner in rung:
        owner.answer()
        owner.say(tone(THIRD_HZ))
    told = await asyncio.gather(*(hears_or_talks(dialled, owner) for owner in rung))
    assert sorted(told) == ["abandoned", "talks", "talks"]
    await dialled.owners.rows("select 1")

    async def is_counted() -> bool:
        found = await dialled.owners.rows(
            "select from owner_calls where outcome = 'abandoned' and dialled_at is not null"
        )
        return len(found) == 1

    await eventually(is_counted)
