"""Eight stations accept one rescue, two rescues want one truck: one wins, the others hear so."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.queries import load_queries
from callcenter.routing import repository as routing
from callcenter.routing.errors import OfferGone, RescueTaken, TruckTaken
from callcenter.routing.model import Dispatch
from callcenter.tickets import repository as tickets
from tests.races.invariants import violations
from tests.races.sabotage import (
    CONTROL,
    NOTHING,
    WITHOUT_STATION_INDEX,
    WITHOUT_STATION_LOCK,
    WITHOUT_TICKET_LOCK,
    WITHOUT_TRUCK_INDEX,
    guarded_or_not,
)
from tests.races.scene import Scene

BLIND = load_queries(__file__, "blind.sql")


async def eight_offers(scene: Scene) -> None:
    for number in range(8):
        await scene.station(f"S{number}", number + 1)
    scene.routing = scene.routing.model_copy(update={"urgent_parallel_offers": 8})


async def eight_accept(scene: Scene, within_ms: float = 0.0) -> tuple[UUID, list[Any]]:
    """One round: the rescue, and what each of the eight was answered."""
    ticket_id = await scene.rescue(danger=True)
    offers = await scene.ask(ticket_id)
    assert len(offers) == 8
    return ticket_id, await scene.together(*map(scene.accept, offers), within_ms=within_ms)


@pytest.mark.parametrize(
    ("rounds", "sabotage"),
    [
        pytest.param(100, [], id="guarded"),
        pytest.param(10, [WITHOUT_STATION_INDEX], id="lock-alone"),
        pytest.param(5, [WITHOUT_TICKET_LOCK], id="index-alone"),
        pytest.param(20, [WITHOUT_TICKET_LOCK, WITHOUT_STATION_INDEX], id="control", marks=CONTROL),
    ],
)
async def test_of_eight_stations_that_accept_at_once_one_wins(
    scene: Scene,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    rounds: int,
    sabotage: list[str],
):
    for statement in sabotage:
        await owner.execute(statement)
    if len(sabotage) > 1:
        monkeypatch.setattr(tickets.SQL, "move_ticket", BLIND.move_ticket)
        monkeypatch.setattr(routing.SQL, "win_offer", BLIND.win_offer)
    await scene.see_deadlocks_soon(owner)
    await eight_offers(scene)
    for number in range(rounds):
        ticket_id, answers = await eight_accept(scene, within_ms=(1 + number) % 4 * 5)
        won = [answer for answer in answers if isinstance(answer, Dispatch)]
        assert len(won) == 1
        assert sum(isinstance(answer, OfferGone | RescueTaken) for answer in answers) == 7
        assert await violations(owner) == []
        await scene.cancel(ticket_id)
    assert sabotage or scene.deadlocks == 0


@guarded_or_not(WITHOUT_TICKET_LOCK)
async def test_the_eight_queue_up_and_never_wait_for_each_other(
    scene: Scene, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(sabotage)
    await scene.see_deadlocks_soon(owner)
    await eight_offers(scene)
    for _ in range(10):
        ticket_id, _answers = await eight_accept(scene)
        assert scene.deadlocks == 0
        await scene.cancel(ticket_id)


@pytest.mark.parametrize(
    ("rounds", "sabotage"),
    [
        pytest.param(50, NOTHING, id="guarded"),
        pytest.param(15, WITHOUT_TRUCK_INDEX, id="lock-alone"),
        pytest.param(15, WITHOUT_STATION_LOCK, id="index-alone"),
        pytest.param(30, WITHOUT_TRUCK_INDEX + WITHOUT_STATION_LOCK, id="control", marks=CONTROL),
    ],
)
async def test_one_truck_wanted_by_two_rescues_at_once_serves_one(
    scene: Scene, owner: asyncpg.Connection, rounds: int, sabotage: str
):
    station = await scene.station("ONLY", 1, trucks=2)
    await owner.execute(sabotage)
    for _ in range(rounds):
        rescues = [await scene.rescue(), await scene.rescue()]
        offers = [offer for ticket_id in rescues for offer in await scene.ask(ticket_id)]
        assert len(offers) == 2
        truck = station.trucks[0].id
        answers = await scene.together(*(scene.accept(offer, truck) for offer in offers))
        won = [answer for answer in answers if isinstance(answer, Dispatch)]
        assert [dispatch.truck_id for dispatch in won] == [truck]
        assert sum(isinstance(answer, TruckTaken) for answer in answers) == 1
        assert scene.deadlocks == 0
        assert await violations(owner) == []
        for ticket_id in rescues:
            await scene.cancel(ticket_id)
