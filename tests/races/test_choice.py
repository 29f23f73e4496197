"""A station that has just become unable is not asked: the choice against what changes it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.routing import by_hand, candidates, confirmed_place
from callcenter.stations import service as stations
from callcenter.stations.model import Station
from tests.races.invariants import violations
from tests.races.sabotage import CONTROL, WITHOUT_STATION_LOCK, guarded_or_not
from tests.races.scene import DESK, Scene, rounds, widening_ms

ROUNDS = 50


@dataclass
class Near:
    """The nearest station, with its one truck, and what may happen to it."""

    scene: Scene
    station: Station
    elsewhere: UUID | None = None

    async def suspend(self, tx: Tx) -> None:
        await stations.suspend(tx, DESK, self.station.id, reason="audit", until=None)

    async def resume(self, tx: Tx) -> None:
        await stations.resume(tx, DESK, self.station.id)

    async def truck_breaks(self, tx: Tx) -> None:
        truck = await stations.get_truck(tx, self.station.trucks[0].id)
        await stations.edit_truck(tx, DESK, truck, {"in_service": False})

    async def truck_is_mended(self, tx: Tx) -> None:
        truck = await stations.get_truck(tx, self.station.trucks[0].id)
        await stations.edit_truck(tx, DESK, truck, {"in_service": True})

    async def goes_off_duty(self, tx: Tx, on_duty: bool = False) -> None:
        now = await tx.now()
        times = {"starts_at": now - timedelta(minutes=5), "ends_at": now + timedelta(hours=8)}
        fields = {"on_duty": on_duty, "person": "", "phone": None}
        await stations.roster_duty(tx, DESK, self.station.id, times | fields)

    async def comes_on_duty(self, tx: Tx) -> None:
        await self.goes_off_duty(tx, on_duty=True)

    async def truck_is_taken(self, tx: Tx) -> None:
        """By a rescue so far away that only a person would think of this station."""
        await by_hand.accept_by_phone(
            tx,
            DESK,
            self.elsewhere,
            self.station.id,
            eta_minutes=20,
            truck_id=None,
            overruled=(),
            reason="spoke to Wang",
            settings=self.scene.routing,
        )

    async def truck_is_free(self, tx: Tx) -> None:
        await by_hand.cancel_rescue(tx, DESK, self.elsewhere, "round over")

    async def was_asked(self, tx: Tx, ticket_id: UUID) -> bool:
        query = "select exists (select from offers where ticket_id = $1 and station_id = $2)"
        return bool(await tx.connection.fetchval(query, ticket_id, self.station.id))


CHANGES = {
    "suspended": (Near.suspend, Near.resume),
    "truck-broken": (Near.truck_breaks, Near.truck_is_mended),
    "off-duty": (Near.goes_off_duty, Near.comes_on_duty),
    "truck-taken": (Near.truck_is_taken, Near.truck_is_free),
}


def why_not(choice: Any, station_id: UUID) -> list[str]:
    told = {c["station_id"]: c["reasons"] for c in json.loads(choice["candidates"])}
    return list(told.get(str(station_id), []))


@pytest.mark.parametrize("change", CHANGES)
@guarded_or_not(WITHOUT_STATION_LOCK)
async def test_what_was_committed_before_the_choice_counts_in_it(
    scene: Scene, owner: asyncpg.Connection, change: str, sabotage: str
):
    happens, is_undone = CHANGES[change]
    near = Near(scene, await scene.station("NEAR", 1))
    await scene.station("FAR", 9)
    await owner.execute(sabotage)
    orders: set[bool] = set()
    for number in rounds(ROUNDS, orders):
        near.elsewhere = await scene.rescue(km_north=700)
        assert await scene.ask(near.elsewhere) == []
        ticket_id = await scene.rescue()

        async def becomes_unable(tx: Tx, ticket_id: UUID = ticket_id) -> bool:
            """Whether the choice was there first; then its offer is seen from here."""
            await happens(near, tx)
            asked_before = await near.was_asked(tx, ticket_id)
            await asyncio.sleep(scene.dice.random() * 0.004)
            return asked_before

        async def begins(tx: Tx, ticket_id: UUID = ticket_id) -> None:
            await confirmed_place.place_confirmed(tx, ticket_id, scene.routing)

        choice_first, _ = await scene.together(
            becomes_unable, begins, within_ms=widening_ms(number)
        )
        refused = isinstance(choice_first, CallCenterError)
        (offer,) = await scene.offers(ticket_id)
        asked = offer.station_id == near.station.id
        assert asked == bool(choice_first)
        choice = await owner.fetchrow("select * from choices where ticket_id = $1", ticket_id)
        assert asked != bool(why_not(choice, near.station.id))
        assert await violations(owner) == []
        orders.add(asked)
        if not refused:
            await scene.do(lambda tx: is_undone(near, tx))
        await scene.cancel(ticket_id)
    assert orders == {True, False}


@pytest.mark.parametrize(
    "in_order", [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)]
)
async def test_two_urgent_rescues_between_two_stations_do_not_wait_for_each_other(
    scene: Scene, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, in_order: bool
):
    if not in_order:
        monkeypatch.setattr(candidates, "sorted", lambda found, key: list(found), raising=False)
    await scene.station("SOUTH", 0, trucks=2)
    await scene.station("NORTH", 20, trucks=2)
    for _ in range(30):
        rescues = [await scene.rescue(km, expressway=True) for km in (1, 19)]
        await scene.together(*(begin(scene, ticket_id) for ticket_id in rescues), within_ms=1)
        assert scene.deadlocks == 0
        for ticket_id in rescues:
            assert len(await scene.offers(ticket_id)) == 2
            await scene.cancel(ticket_id)
        assert await violations(owner) == []


def begin(scene: Scene, ticket_id: UUID) -> Callable[[Tx], Awaitable[None]]:
    """The verb by which a rescue begins to ask."""
    return lambda tx: confirmed_place.place_confirmed(tx, ticket_id, scene.routing)
