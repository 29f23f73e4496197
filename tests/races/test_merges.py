"""Two people merge at once, a station says yes to either rescue: one truck, one that goes on."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.routing import repository
from callcenter.routing.errors import OfferGone
from callcenter.routing.merging import service as merging
from callcenter.routing.merging.errors import MergeOtherWayRound
from callcenter.routing.model import Dispatch, DispatchStage
from callcenter.stations.model import Station
from callcenter.tickets import merges
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import NotMerged
from callcenter.tickets.merges import Merge
from callcenter.tickets.model import ENDED, Stage
from tests.races.invariants import violations
from tests.races.sabotage import CONTROL, WITHOUT_TICKET_LOCK
from tests.races.scene import DESK, Scene, Verb, rounds, widening_ms
from tests.races.verbs import UNDER_WAY, WHILE_ASKED, Rescue

ROUNDS = 24
LEAST_ROUNDS = 8


async def network(scene: Scene) -> Station:
    codes = ["FIRST", "SECOND", "THIRD", "FOURTH"]
    made = [await scene.station(code, km, trucks=6) for km, code in enumerate(codes, start=1)]
    return made[2]


async def asked_for(scene: Scene) -> UUID:
    ticket_id = await scene.rescue(expressway=True)
    assert len(await scene.ask(ticket_id)) == 2
    return ticket_id


def merge(survivor: UUID, merged: UUID, turned_back: UUID | None = None) -> Verb:
    return lambda tx: merging.merge(
        tx, DESK, survivor, merged, reason="one car", turned_back=turned_back
    )


def undo(scene: Scene, merged: UUID) -> Verb:
    return lambda tx: merging.undo_merge(tx, DESK, merged, "two cars", scene.routing)


async def stages(scene: Scene, *ids: UUID) -> list[Stage]:
    return [(await scene.do(tickets.get, id)).stage for id in ids]


async def end(scene: Scene, *ids: UUID) -> None:
    for ticket_id, stage in zip(ids, await stages(scene, *ids), strict=True):
        if stage not in ENDED:
            await scene.cancel(ticket_id)


async def either_way_round(scene: Scene, one: UUID, other: UUID, within_ms: float) -> Any:
    answers = await scene.together(merge(one, other), merge(other, one), within_ms=within_ms)
    assert sorted(type(a).__name__ for a in answers) == ["Merge", "NothingGoesOn"]
    return isinstance(answers[0], Merge)


async def twice(scene: Scene, one: UUID, other: UUID, within_ms: float) -> Any:
    answers = await scene.together(merge(one, other), merge(one, other), within_ms=within_ms)
    assert sorted(type(a).__name__ for a in answers) == ["Merge", "NothingGoesOn"]
    return isinstance(answers[0], Merge)


async def yes_to_the_merged_one(scene: Scene, one: UUID, other: UUID, within_ms: float) -> Any:
    """The station holds it, and the desk is told to do it the other way round; or it hears that
    its offer is gone."""
    (offer, *_) = await scene.offers(other)
    yes, done = await scene.together(scene.accept(offer), merge(one, other), within_ms=within_ms)
    if isinstance(yes, Dispatch):
        assert isinstance(done, MergeOtherWayRound)
        assert (await stages(scene, one, other))[1] is Stage.ASSIGNED
    else:
        assert (type(yes), type(done)) == (OfferGone, Merge)
    return type(yes)


async def yes_to_the_one_that_goes_on(
    scene: Scene, one: UUID, other: UUID, within_ms: float
) -> Any:
    """Neither hinders the other."""
    (offer, *_) = await scene.offers(one)
    first: list[str] = []

    async def noted(verb: Verb, name: str, tx: Tx) -> Any:
        answer = await verb(tx)
        first.append(name)
        return answer

    yes, done = await scene.together(
        partial(noted, scene.accept(offer), "yes"),
        partial(noted, merge(one, other), "merge"),
        within_ms=within_ms,
    )
    assert (type(yes), type(done)) == (Dispatch, Merge)
    assert await stages(scene, one, other) == [Stage.ASSIGNED, Stage.MERGED]
    return first[0]


Race = Callable[[Scene, UUID, UUID, float], Awaitable[Any]]
RACES = [either_way_round, twice, yes_to_the_merged_one, yes_to_the_one_that_goes_on]


@pytest.mark.parametrize("race", RACES)
async def test_one_goes_on_and_one_truck_comes(
    scene: Scene, owner: asyncpg.Connection, race: Race
) -> None:
    await network(scene)
    orders: set[Any] = set()
    for number in rounds(LEAST_ROUNDS, orders):
        one, other = await asked_for(scene), await asked_for(scene)
        orders.add(await race(scene, one, other, widening_ms(number)))
        assert await violations(owner) == []
        await end(scene, one, other)
    assert scene.deadlocks == 0
    assert len(orders) == 2, "both orders came up"


@pytest.mark.parametrize("race", [either_way_round, twice, yes_to_the_merged_one])
@CONTROL
async def test_control_without_the_lock_on_the_tickets(
    scene: Scene, owner: asyncpg.Connection, race: Race
) -> None:
    await owner.execute(WITHOUT_TICKET_LOCK)
    await scene.see_deadlocks_soon(owner)
    await network(scene)
    for _ in range(ROUNDS):
        one, other = await asked_for(scene), await asked_for(scene)
        await race(scene, one, other, 0)
        assert await violations(owner) == []
        await end(scene, one, other)


@CONTROL
async def test_control_locked_in_the_order_they_are_named(
    scene: Scene, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merges, "sorted", list, raising=False)
    await scene.see_deadlocks_soon(owner)
    await network(scene)
    for _ in range(ROUNDS):
        one, other = await asked_for(scene), await asked_for(scene)
        await scene.together(merge(one, other), merge(other, one))
        await end(scene, one, other)
    assert scene.deadlocks == 0


async def test_undone_twice_at_once_it_is_asked_for_once(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    await network(scene)
    for _ in range(8):
        one, other = await asked_for(scene), await asked_for(scene)
        await scene.do(lambda tx, one=one, other=other: merge(one, other)(tx))
        answers = await scene.together(undo(scene, other), undo(scene, other))
        assert sorted(type(a).__name__ for a in answers) == [NotMerged.__name__, "Ticket"]
        assert (await stages(scene, other)) == [Stage.DISPATCHING]
        assert len(await scene.offers(other)) == 2
        assert await violations(owner) == []
        await end(scene, one, other)


async def test_in_a_ring_of_three_one_goes_on(scene: Scene, owner: asyncpg.Connection) -> None:
    await network(scene)
    for number in range(8):
        a, b, c = [await asked_for(scene) for _ in range(3)]
        await scene.together(merge(a, b), merge(b, c), merge(c, a), within_ms=widening_ms(number))
        assert (await stages(scene, a, b, c)).count(Stage.DISPATCHING) == 1
        assert await violations(owner) == []
        await end(scene, a, b, c)
    assert scene.deadlocks == 0


@pytest.mark.parametrize("goes_on", [True, False], ids=["of_the_survivor", "of_the_merged_one"])
async def test_against_every_verb_while_stations_are_asked(
    scene: Scene, owner: asyncpg.Connection, goes_on: bool
) -> None:
    third = await network(scene)
    for move in WHILE_ASKED:
        mine, other = await asked_for(scene), await asked_for(scene)
        rescue = Rescue(scene, mine, third, await scene.offers(mine))
        await against(scene, owner, rescue, move, merge(*((mine, other)[:: 1 if goes_on else -1])))
        await end(scene, mine, other)


async def test_against_every_verb_while_two_trucks_are_under_way(
    scene: Scene, owner: asyncpg.Connection
) -> None:
    third = await network(scene)
    for move in UNDER_WAY:
        kept, mine = await asked_for(scene), await asked_for(scene)
        await scene.accepted((await scene.offers(kept))[0])
        offers = await scene.offers(mine)
        rescue = Rescue(scene, mine, third, offers, await scene.accepted(offers[0]))
        if move in (Rescue.completes, Rescue.finds_nobody):
            await scene.do(rescue.arrives)
        await against(scene, owner, rescue, move, merge(kept, mine, rescue.dispatch_id))
        ended = await scene.do(repository.get_dispatch, rescue.dispatch_id)
        if (await stages(scene, mine)) == [Stage.MERGED]:
            assert ended.stage in (DispatchStage.CANCELLED, DispatchStage.HANDED_BACK)
        await end(scene, kept, mine)


async def against(
    scene: Scene, owner: asyncpg.Connection, rescue: Rescue, move: Any, merging_it: Verb
) -> None:
    if move is Rescue.first_falls_silent:
        await scene.do(rescue.first_offer_runs_out)
    _, done = await scene.together(partial(move, rescue), merging_it, within_ms=6)
    assert isinstance(done, Merge | CallCenterError)
    assert (move.__name__, await violations(owner)) == (move.__name__, [])
    await scene.react()
    assert (move.__name__, await violations(owner)) == (move.__name__, [])
    assert scene.deadlocks == 0
