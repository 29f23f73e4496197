"""The network in memory proposes, the database decides: however far memory lags behind."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.events import newest
from callcenter.db.transaction import Tx
from callcenter.routing import candidates
from callcenter.routing.candidates import Around, Spot, choose_nearest, gather
from callcenter.routing.choose import Candidate, Choice, Need, Reach, Rung, choose
from callcenter.routing.keep_network import kept_network, read_posts
from callcenter.routing.network import Network
from callcenter.stations import repository
from callcenter.stations import service as stations
from callcenter.stations.model import Station
from tests.service import SHENYANG, add_station, eventually

SPOT = Spot(*SHENYANG, province="LN")
NEED = Need(frozenset({"tyre"}), frozenset(), province="LN")
REACH = Reach({Rung.NEAR: 60_000.0}, frozenset())
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)


async def chosen(tx: Tx) -> Choice:
    return await choose_nearest(tx, SPOT, NEED, Rung.NEAR, REACH, count=1)


async def first_asked(database: Database) -> UUID:
    async with database.transaction() as tx:
        return (await chosen(tx)).ranked[0].station_id


async def remember(database: Database) -> Network:
    """The network as it is now, and nobody keeps it current."""
    async with database.reading() as tx:
        network = Network()
        cursor = await newest(tx.connection)
        network.begin(await read_posts(tx, await repository.every_id(tx)), cursor, await tx.now())
    database.views[Network] = network
    return network


async def two(database: Database) -> tuple[Station, Station]:
    async with database.transaction() as tx:
        return await add_station(tx, "NEAR", 1), await add_station(tx, "FAR", 9)


async def moves(tx: Tx, station: Station, km_north: float) -> None:
    now = await repository.get(tx, station.id)
    await stations.edit_station(tx, "test", now, {"lat": SHENYANG[0] + km_north / 111})


async def is_suspended(tx: Tx, station: Station) -> None:
    await stations.suspend(tx, "test", station.id, reason="audit", until=None)


async def truck_serves(tx: Tx, station: Station, in_service: bool) -> None:
    truck = await stations.get_truck(tx, station.trucks[0].id)
    await stations.edit_truck(tx, "test", truck, {"in_service": in_service})


async def is_rostered(tx: Tx, station: Station, on_duty: bool) -> None:
    now = await tx.now()
    times = {"starts_at": now, "ends_at": now + timedelta(hours=8)}
    fields = {"on_duty": on_duty, "person": "", "phone": None}
    await stations.roster_duty(tx, "test", station.id, times | fields)


Change = Callable[[Tx, Station], Awaitable[Any]]
BECOMES_UNABLE: dict[str, Change] = {
    "suspended": is_suspended,
    "truck-out": lambda tx, station: truck_serves(tx, station, False),
    "off-duty": lambda tx, station: is_rostered(tx, station, False),
    "moved-away": lambda tx, station: moves(tx, station, 30),
}
BECOMES_ABLE: dict[str, Change] = {
    "resumed": lambda tx, station: stations.resume(tx, "test", station.id),
    "truck-back": lambda tx, station: truck_serves(tx, station, True),
    "on-duty": lambda tx, station: is_rostered(tx, station, True),
    "moved-here": lambda tx, station: moves(tx, station, 1),
}


def without_the_tail(monkeypatch: pytest.MonkeyPatch, _: Network) -> None:
    """What was recorded behind the network's place in the log is not looked for."""

    async def nothing(*_: Any) -> set[UUID]:
        return set()

    monkeypatch.setattr(candidates, "stations_touched", nothing)


def believed(monkeypatch: pytest.MonkeyPatch, network: Network) -> None:
    """What memory says is taken for the truth, and not read again."""

    async def remembered(tx: Tx, *_: Any, **__: Any) -> Around:
        posts = [stands.post for stands in network._standing.values()]
        found = [await gather_one(tx, post.at(await tx.now())[0]) for post in posts]
        return Around(sorted(found, key=lambda c: c.distance_m), is_whole=True)

    async def gather_one(tx: Tx, seen: Candidate) -> Candidate:
        station = network._standing[seen.station_id].post.station
        away = candidates.distances_from(*SHENYANG, [(station.lat, station.lon)])[0]
        return Candidate(**(vars(seen) | {"distance_m": away}))

    async def not_looked_at(tx: Tx, station_id: UUID, distance_m: float) -> Candidate:
        seen, _ = network._standing[station_id].post.at(await tx.now())
        return Candidate(**(vars(seen) | {"distance_m": distance_m}))

    monkeypatch.setattr(candidates, "nearest", remembered)
    monkeypatch.setattr(candidates, "locked_candidate", not_looked_at)


def as_it_is(*_: Any) -> None:
    """Nothing is taken out."""


@pytest.mark.parametrize("change", BECOMES_UNABLE)
@pytest.mark.parametrize(
    "sabotage",
    [
        pytest.param(as_it_is, id="guarded"),
        pytest.param(believed, id="control", marks=CONTROL),
    ],
)
async def test_one_that_memory_still_thinks_able_is_not_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch, change: str, sabotage: Any
) -> None:
    near, far = await two(database)
    sabotage(monkeypatch, await remember(database))
    async with database.transaction() as tx:
        await BECOMES_UNABLE[change](tx, near)
    assert await first_asked(database) == far.id


@pytest.mark.parametrize(
    ("change", "sabotage"),
    [
        *(pytest.param(change, as_it_is, id=change) for change in BECOMES_ABLE),
        # Who lies nearer is read again whatever memory thinks of it; where it lies it must know.
        pytest.param("moved-here", without_the_tail, id="moved-here-control", marks=CONTROL),
    ],
)
async def test_one_that_memory_still_thinks_unable_is_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch, change: str, sabotage: Any
) -> None:
    near, far = await two(database)
    undone = {
        "resumed": "suspended",
        "truck-back": "truck-out",
        "on-duty": "off-duty",
        "moved-here": "moved-away",
    }
    async with database.transaction() as tx:
        await BECOMES_UNABLE[undone[change]](tx, near)
    assert await first_asked(database) == far.id
    sabotage(monkeypatch, await remember(database))
    async with database.transaction() as tx:
        await BECOMES_ABLE[change](tx, near)
    assert await first_asked(database) == near.id


@pytest.mark.parametrize(
    "sabotage",
    [
        pytest.param(as_it_is, id="guarded"),
        pytest.param(without_the_tail, id="control", marks=CONTROL),
    ],
)
async def test_a_new_station_is_asked_while_an_older_transaction_keeps_the_log_from_settling(
    database: Database, monkeypatch: pytest.MonkeyPatch, sabotage: Any
) -> None:
    await two(database)
    async with kept_network(database) as network, database.transaction() as older:
        await eventually(lambda: is_kept(network))
        await older.connection.execute("select pg_current_xact_id()")
        async with database.transaction() as tx:
            new = await add_station(tx, "NEW", 0.5)
        sabotage(monkeypatch, network)
        assert await first_asked(database) == new.id


async def is_kept(network: Network) -> bool:
    return network.cursor is not None


async def test_memory_learns_of_every_change_and_is_read_anew_when_its_connection_dies(
    database: Database, owner: asyncpg.Connection
) -> None:
    await two(database)
    async with kept_network(database) as network:
        await eventually(lambda: is_kept(network))
        async with database.transaction() as tx:
            new = await add_station(tx, "NEW", 0.5)

        async def knows() -> bool:
            async with database.reading() as tx:
                seen = network.propose(SHENYANG, NEED, Rung.NEAR, REACH, await tx.now(), count=1)
            return seen.station_ids == [new.id]

        await eventually(knows)
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )

        async def is_away() -> bool:
            return network.cursor is None

        await eventually(is_away)
        await database.run(lambda tx: is_suspended(tx, new))
        assert await first_asked(database) != new.id
        await eventually(lambda: is_kept(network))

        async def has_learned() -> bool:
            return not await knows()

        await eventually(has_learned)


async def test_only_those_that_were_proposed_are_read_and_each_nearer_one_says_why_not(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as tx:
        for number in range(40):
            await add_station(tx, f"S{number}", number, skills=["tyre"] if number > 2 else [])
    await remember(database)
    read: list[UUID] = []
    by_id = repository.candidates_by_id

    async def counted(tx: Tx, station_ids: Any) -> Any:
        read.extend(station_ids)
        return await by_id(tx, station_ids)

    monkeypatch.setattr(repository, "candidates_by_id", counted)
    async with database.transaction() as tx:
        choice = await chosen(tx)
        whole = choose(await gather(tx, SPOT, 60), NEED, Rung.NEAR, REACH)
    assert len(read) == 4
    assert choice.ranked == whole.ranked[:1]
    assert choice.passed_over(1) == whole.passed_over(1)
    assert len(choice.passed_over(1)) == 3


async def test_where_nobody_can_everyone_within_reach_says_why_not(database: Database) -> None:
    async with database.transaction() as tx:
        for number in range(30):
            await add_station(tx, f"S{number}", number, rescue_hours="off")
        await add_station(tx, "BEYOND", 61)
    await remember(database)
    async with database.transaction() as tx:
        choice = await chosen(tx)
    assert choice.ranked == ()
    assert len(choice.passed_over(0)) == 30
