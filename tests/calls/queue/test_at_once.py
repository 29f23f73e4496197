"""Everybody at once: callers come, hang up and are called back while agents come, go and vanish."""

import random
from collections.abc import Awaitable
from functools import partial
from typing import Any

import pytest

from callcenter.calls import contacts
from callcenter.calls.agents.model import READY, Availability, AwayReason, Contact, Offer
from callcenter.calls.model import EndReason
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.model import Urgency
from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from tests.calls.floor import Floor, together

BLIND = load_queries(__file__, "../blind.sql")
BREAK = Offer(Availability.AWAY, AwayReason.BREAK)
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)


@pytest.mark.parametrize(
    "guarded",
    [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)],
)
async def test_no_match_is_missed_by_two_picks_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    """An agent is ready and a caller enters in the same moment: each pick sees the other's half."""
    if not guarded:
        monkeypatch.setattr(queue.SQL, "lock_the_floor", BLIND.lock_the_floor)
    floor = Floor(database)
    agents = [await floor.agent() for _ in range(6)]
    for _ in range(12):
        calls = [await floor.rings() for _ in agents]
        await together(*map(floor.ready, agents), *map(floor.enters, calls))
        await floor.is_sound()
        rung = {(await floor.seat(one)).call_id for one in agents}
        assert rung == {call.id for call in calls}
        await together(*(floor.ends(call.id, EndReason.WENT_OUTSIDE) for call in calls))
        for one in agents:
            await floor.ready(one, BREAK)


@pytest.mark.parametrize("seed", range(3))
async def test_a_wild_hour_leaves_nothing_open(database: Database, seed: int):
    """No call without an end or an owner, no overlap of intervals, no double call-back; nothing but
    clean refusals, and no deadlock."""
    floor, chance = Floor(database), random.Random(seed)
    agents = [await floor.agent() for _ in range(4)]
    for one in agents:
        await floor.ready(one)
    for _ in range(25):
        await together(*(_deed(floor, chance) for _ in range(6)))
    await floor.is_sound()
    await _all_go_home(floor)
    assert [p for p in await floor.places() if p["state"] == "offered"] == []
    talks = await floor.rows("select staff_id from seats where contact <> 'none'")
    assert talks == []


def _deed(floor: Floor, chance: random.Random) -> Awaitable[Any]:
    agent = chance.choice(floor.agents)
    caller = f"+8613800{chance.randrange(12):06d}"
    deeds = [
        *5 * [lambda: _waits(floor, caller)],
        *4 * [lambda: _takes(floor, agent)],
        *4 * [lambda: _hangs_up(floor, chance)],
        *4 * [lambda: floor.wraps_up(agent)],
        *2 * [lambda: _offers(floor, agent, chance.choice([READY, READY, BREAK]))],
        lambda: floor.nobody_is_heard(agent),
        *2 * [lambda: _beats(floor, agent)],
    ]
    return chance.choice(deeds)()


async def _waits(floor: Floor, caller: str) -> None:
    call = await floor.rings(caller)
    enter = partial(queue.enter, group="rescue", urgency=Urgency.RESCUE)
    await floor.attempt(enter, "carrier", call.id, floor.rules)


async def _takes(floor: Floor, agent: Any) -> None:
    if (call_id := (await floor.seat(agent)).call_id) is not None:
        await floor.picks_up(agent, call_id)


async def _hangs_up(floor: Floor, chance: random.Random) -> None:
    live = await floor.rows("select id, state from calls where state <> 'ended' order by id")
    if live:
        one = chance.choice(live)
        reasons = [EndReason.LINE_LOST, EndReason.NO_ANSWER, EndReason.CALLER_HUNG_UP]
        await floor.ends(one["id"], chance.choice(reasons))


async def _offers(floor: Floor, agent: Any, offer: Offer) -> None:
    await floor.attempt(contacts.offer_myself, f"staff:{agent}", agent, offer, floor.rules)


async def _beats(floor: Floor, agent: Any) -> None:
    await floor.attempt(contacts.beat, f"staff:{agent}", agent, floor.rules)


async def _all_go_home(floor: Floor) -> None:
    """Each finishes what he is in, and passes on what rings at him."""
    for one in floor.agents:
        seat = await floor.seat(one)
        if seat.contact is Contact.OFFERED and seat.call_id:
            given = (seat.call_id, one, AwayReason.OTHER, floor.rules)
            await floor.do(contacts.pass_on, f"staff:{one}", *given)
        await _offers(floor, one, BREAK)
        if seat.contact is Contact.TALKING and seat.call_id:
            await floor.ends(seat.call_id, EndReason.AGENT_HUNG_UP)
        await floor.wraps_up(one)
