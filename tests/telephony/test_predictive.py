"""More owners dialled than agents are free, by the product and on a real Asterisk; and a storm of
callers in the middle of it."""

import asyncio
import functools
from dataclasses import replace

import pytest
import structlog

from callcenter.calls.agents.model import Contact
from callcenter.calls.model import EndReason
from callcenter.outbound.dialling.answer_rate import AnswerRate
from callcenter.outbound.dialling.pacing import TUNING, pace
from callcenter.telephony.owners import dialler
from tests.service import eventually
from tests.telephony.dialled import Dialled
from tests.telephony.owner_scene import hears
from tests.telephony.scene import AGENT_HZ
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.sound import tone

log = structlog.get_logger()
CALLERS = 6
BEGUN = "select count(*) from owner_calls where call_id is not null"
LAST_BEGUN = """
select extract(epoch from max(o.dialled_at) - min(q.entered_at))::float as last_begun_s,
    extract(epoch from max(d.stood_at) - min(q.entered_at))::float as stopped_s
from owner_calls o, queue_entries q, campaign_dialling d
"""
SIGN_OF_LIFE_S = 20.0


@pytest.fixture
def known_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """One in three answers, as a day has shown; two agents are group enough."""
    day = functools.partial(AnswerRate, weight=400.0)
    monkeypatch.setattr(dialler, "AnswerRate", lambda _: day(0.33))
    tuned = replace(TUNING, smallest_group=2)
    monkeypatch.setattr(dialler, "pace", lambda *given: pace(*given, tuned))


async def many(dialled: Dialled, owners: int) -> None:
    await dialled.answered_before(1000, 1)
    for number in range(owners):
        await dialled.owner(f"+86138001381{number:02}")


async def count(dialled: Dialled, question: str) -> int:
    (row,) = await dialled.owners.rows(question)
    return int(row["count"])


def picks_up_and_speaks(call: SipCall) -> None:
    call.answer()
    call.say(tone(AGENT_HZ))


async def test_more_ring_than_agents_are_free_and_who_finds_none_is_told(
    dialled: Dialled, known_rate: None
):
    await many(dialled, 9)
    dialled.owners.carrier.on_ring = SipCall.ring
    for extension in ("101", "102"):
        _, phone = await dialled.agent(extension)
        phone.on_ring = picks_up_and_speaks
    await dialled.serve("predictive")
    rung = [await dialled.owners.carrier.next_call() for _ in range(3)]
    stood = await dialled.stood()
    assert (stood["mode"], stood["because"], stood["free"]) == ("predictive", "look_ahead", 2)
    for owner in rung:
        owner.answer()
    told = [asyncio.create_task(hears(owner, "abandoned")) for owner in rung]
    await asyncio.wait(told, return_when=asyncio.FIRST_COMPLETED)

    async def all_have_their_end() -> bool:
        found = await dialled.owners.rows(
            "select state, outcome from owner_calls where call_id is not null and"
            " answered_at is not null order by state"
        )
        return [(row["state"], row["outcome"]) for row in found] == [
            ("connected", None),
            ("connected", None),
            ("ended", "abandoned"),
        ]

    await eventually(all_have_their_end)

    async def one_is_gone() -> bool:
        return [owner.state for owner in rung].count("up") == len(rung) - 1

    await eventually(one_is_gone)
    # The first scrap of an agent's tone may sound like any other: who was told is who is gone.
    (was_told,) = [task for owner, task in zip(rung, told, strict=True) if owner.state != "up"]
    assert was_told.done()
    assert was_told.exception() is None
    for task in told:
        task.cancel()
    await asyncio.gather(*told, return_exceptions=True)


@pytest.mark.parametrize("mode", ["progressive", "predictive"])
async def test_a_storm_takes_the_agents_back(
    dialled: Dialled,
    known_rate: None,
    mode: str,
):
    """Owners are busy one after another, so that somebody is dialled each second; then callers
    come, more than there are agents. That it starts again when they are gone is the control."""
    await many(dialled, 60)
    dialled.owners.carrier.on_ring = SipCall.refuse
    agents = [(await dialled.agent(extension))[0] for extension in ("101", "102", "103")]
    await dialled.serve(mode)
    before = await count(dialled, BEGUN)

    async def is_dialled_each_second() -> bool:
        return await count(dialled, BEGUN) > before + 4

    await eventually(is_dialled_each_second)
    callers = [await dialled.desks.floor.waits() for _ in range(CALLERS)]

    async def are_taken_back() -> bool:
        return (await dialled.stood())["because"] == "inbound_waits"

    async with asyncio.timeout(SIGN_OF_LIFE_S):
        while not await are_taken_back():
            await asyncio.sleep(0.05)
    seats = [(await dialled.desks.floor.seat(one)).contact for one in agents]
    assert seats == [Contact.OFFERED] * 3
    (last,) = await dialled.owners.rows(LAST_BEGUN)
    log.info("storm", mode=mode, **last)
    begun = await count(dialled, BEGUN)
    await asyncio.sleep(2.5)
    assert await count(dialled, BEGUN) == begun, "somebody is dialled for agents who are taken"
    for caller in callers:
        await dialled.desks.floor.ends(caller.id, EndReason.WENT_OUTSIDE)

    async def goes_on() -> bool:
        return await count(dialled, BEGUN) > begun

    await eventually(goes_on)
