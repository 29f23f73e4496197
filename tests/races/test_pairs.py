"""Any two things that can happen to a rescue happen at once: either order, nothing broken.

A refusal in words is an answer; every pair is tried, a verb against itself too.
"""

import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import asyncpg
import pytest

from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.stations.model import Station
from tests.races.invariants import violations
from tests.races.sabotage import CONTROL, WITHOUT_TICKET_LOCK
from tests.races.scene import Scene
from tests.races.verbs import UNDER_WAY, WHILE_ASKED, Rescue

Move = Callable[[Rescue, Tx], Awaitable[None]]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "1"))
LOSES_WITHIN = 6
"""Rounds of a pair that breaks without its lock."""


async def network(scene: Scene) -> Station:
    """Four stations with trucks enough for every round; the third is asked by hand only."""
    codes = ["FIRST", "SECOND", "THIRD", "FOURTH"]
    network = [await scene.station(code, km, trucks=2) for km, code in enumerate(codes, start=1)]
    return network[2]


async def asked(scene: Scene, third: Station) -> Rescue:
    """Two stations have its offer."""
    ticket_id = await scene.rescue(expressway=True)
    return Rescue(scene, ticket_id, third, await scene.ask(ticket_id))


async def under_way(scene: Scene, third: Station, moves: list[Move]) -> Rescue:
    """The first has accepted, and gone as far as one of the moves needs it to."""
    rescue = await asked(scene, third)
    rescue.dispatch = await scene.accepted(rescue.offers[0])
    if Rescue.completes in moves or Rescue.finds_nobody in moves:
        await scene.do(rescue.arrives)
    return rescue


async def race(scene: Scene, owner: asyncpg.Connection, rescue: Rescue, moves: list[Move]) -> None:
    if Rescue.news_of_the_place in moves:
        await scene.do(rescue.place_is_corrected)
    if Rescue.first_falls_silent in moves:
        await scene.do(rescue.first_offer_runs_out)
    await scene.together(*(partial(move, rescue) for move in moves), within_ms=6)
    names = " and ".join(move.__name__ for move in moves)
    assert (names, await violations(owner)) == (names, [])
    await scene.react()
    assert (names, await violations(owner)) == (names, [])
    with suppress(CallCenterError):
        await scene.cancel(rescue.ticket_id)
    await scene.react()
    assert (names, await violations(owner)) == (names, [])


def name_of(move: Any) -> str:
    return str(move.__name__)


@pytest.mark.parametrize("move", WHILE_ASKED, ids=name_of)
async def test_while_stations_are_asked(scene: Scene, owner: asyncpg.Connection, move: Move):
    third = await network(scene)
    for other in WHILE_ASKED[WHILE_ASKED.index(move) :]:
        for _ in range(ROUNDS):
            await race(scene, owner, await asked(scene, third), [move, other])
    assert scene.deadlocks == 0


@pytest.mark.parametrize("move", UNDER_WAY, ids=name_of)
async def test_while_a_truck_is_under_way(scene: Scene, owner: asyncpg.Connection, move: Move):
    third = await network(scene)
    for other in UNDER_WAY[UNDER_WAY.index(move) :]:
        moves = [move, other]
        for _ in range(ROUNDS):
            await race(scene, owner, await under_way(scene, third, moves), moves)
    assert scene.deadlocks == 0


@pytest.mark.parametrize("move", [Rescue.first_accepts, Rescue.cancelled], ids=name_of)
@CONTROL
async def test_control_without_the_lock_on_the_ticket(
    scene: Scene, owner: asyncpg.Connection, move: Move
):
    await owner.execute(WITHOUT_TICKET_LOCK)
    await scene.see_deadlocks_soon(owner)
    third = await network(scene)
    for other in WHILE_ASKED:
        for _ in range(LOSES_WITHIN):
            await race(scene, owner, await asked(scene, third), [move, other])
