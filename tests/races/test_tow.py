"""Two people who decide at once about a car on the hook: one counts, nothing is broken."""

from functools import partial
from typing import Any

import asyncpg
import pytest

from callcenter.errors import CallCenterError
from callcenter.routing.towing import tows
from callcenter.routing.towing.errors import DestinationChanged
from callcenter.stations.model import Station
from tests.races.invariants import violations
from tests.races.sabotage import CONTROL, WITHOUT_TICKET_LOCK
from tests.races.scene import Scene, widening_ms
from tests.races.verbs import TOWING, Rescue


async def network(scene: Scene) -> Station:
    """Two workshops to be taken to beside who holds it, and a yard; the third is nobody's pick."""
    for km, code in enumerate(("FIRST", "SECOND", "THIRD"), start=1):
        last = await scene.station(code, km, trucks=2)
    async with scene.database.transaction() as tx:
        await tx.connection.execute("update stations set workshop_hours = '24/7'")
        await tx.connection.execute(
            "update stations set workshop_hours = '00:00-00:01', keeps_overnight = true,"
            " skills = '{tyre}', brands = '{Else}' where code = 'SECOND'"
        )
    return last


async def on_the_hook(scene: Scene, third: Station) -> Rescue:
    """A truck stands beside the car, and its destination is proposed."""
    ticket_id = await scene.rescue()
    offers = await scene.ask(ticket_id)
    rescue = Rescue(scene, ticket_id, third, offers, await scene.accepted(offers[0]))
    await scene.do(rescue.arrives)
    await scene.do(rescue.tow_is_planned)
    async with scene.database.reading() as tx:
        rescue.seen = (await rescue.tow(tx)).destination_id
    return rescue


async def settle(scene: Scene, owner: asyncpg.Connection, rescue: Rescue, names: str) -> None:
    assert (names, await violations(owner)) == (names, [])
    await scene.react()
    assert (names, await violations(owner)) == (names, [])
    # A round that began to ask again, or did not finish, leaves its truck free for the next.
    if await scene.answer(rescue.cancelled) is not None:
        await scene.answer(rescue.towed_without_a_word)
    await scene.react()


async def meets(
    scene: Scene, owner: asyncpg.Connection, third: Station, moves: list[Any], number: int = 0
) -> tuple[Rescue, list[Any]]:
    rescue = await on_the_hook(scene, third)
    raced = [partial(move, rescue) for move in moves]
    answers = await scene.together(*raced, within_ms=widening_ms(number))
    await settle(scene, owner, rescue, " and ".join(move.__name__ for move in moves))
    return rescue, answers


@pytest.mark.parametrize("move", TOWING, ids=lambda move: str(move.__name__))
async def test_any_two_at_once(scene: Scene, owner: asyncpg.Connection, move: Any):
    third = await network(scene)
    for other in TOWING[TOWING.index(move) :]:
        await meets(scene, owner, third, [move, other])
    assert scene.deadlocks == 0


@pytest.mark.parametrize(
    "moves",
    [
        pytest.param([Rescue.destination_refuses, Rescue.car_is_delivered], id="refused-delivered"),
        pytest.param([Rescue.owner_wishes, Rescue.driver_knows_better], id="two-destinations"),
        pytest.param([Rescue.cancelled, Rescue.car_is_delivered], id="cancelled-delivered"),
    ],
)
async def test_one_of_two_counts_and_the_other_is_told(
    scene: Scene, owner: asyncpg.Connection, moves: list[Any]
):
    third, winners = await network(scene), set()
    for number in range(40):
        _, answers = await meets(scene, owner, third, moves, number)
        refused = [isinstance(answer, CallCenterError) for answer in answers]
        assert sum(refused) == 1, answers
        winners.add(refused.index(False))
        if winners == {0, 1}:
            return
    assert winners == {0, 1}


@CONTROL
async def test_control_without_the_lock_on_the_ticket(scene: Scene, owner: asyncpg.Connection):
    await owner.execute(WITHOUT_TICKET_LOCK)
    await scene.see_deadlocks_soon(owner)
    third = await network(scene)
    for number in range(80):
        moves = [Rescue.destination_refuses, Rescue.car_is_delivered]
        rescue = await on_the_hook(scene, third)
        raced = [partial(move, rescue) for move in moves]
        answers = await scene.together(*raced, within_ms=widening_ms(number) / 4)
        assert sum(isinstance(answer, DestinationChanged) for answer in answers) <= 1
        assert any(isinstance(answer, CallCenterError) for answer in answers), answers
        async with scene.database.reading() as tx:
            tow = await rescue.tow(tx)
            assert tow.stage is tows.TowStage.DELIVERED or tow.destination_id != rescue.seen
        assert await violations(owner) == []
        await scene.answer(rescue.towed_without_a_word)
