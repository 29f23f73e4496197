"""Keeps the network in memory current: read whole at the start, then what the event log names."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent
from callcenter.db.follow import follow
from callcenter.db.recurring import recurring
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.network import Network, Post
from callcenter.stations import repository as stations

LOST_PAUSE_S = 0.5


@contextlib.asynccontextmanager
async def kept_network(database: Database) -> AsyncIterator[Network]:
    """Inside the block transactions of this database see the network (`tx.view(Network)`)."""
    network = Network()
    database.views[Network] = network
    turn = partial(keep, database, network)
    keeping = asyncio.create_task(recurring("network", turn, pause_s=LOST_PAUSE_S))
    try:
        yield network
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        del database.views[Network]


async def keep(database: Database, network: Network) -> None:
    """Until the connection is lost: then nobody relies on it before it was read anew."""

    async def begin(tx: Tx, cursor: str) -> None:
        network.begin(await read_posts(tx, await stations.every_id(tx)), cursor, await moment(tx))

    async def hear(tx: Tx, events: Sequence[StoredEvent], cursor: str) -> None:
        # Whatever happened to a station, it is read again: no kind of event can be forgotten here.
        touched = {event.station_id for event in events if event.station_id}
        posts = await read_posts(tx, touched) if touched else []
        network.go_on(posts, cursor, await moment(tx))

    try:
        await follow(database, begin, hear)
    finally:
        network.forget()


async def moment(tx: Tx) -> datetime:
    """The database's time now; `tx` is no transaction and lives for days."""
    at: datetime = await repository.SQL.time_now(tx.connection)
    return at


async def read_posts(tx: Tx, station_ids: Collection[UUID]) -> list[Post]:
    """The stations with their duties, busy trucks and open offers."""
    found = await stations.with_coming_roster(tx, station_ids)
    trucks = [truck.id for station, _ in found for truck in station.trucks]
    busy = await repository.busy_trucks(tx, trucks)
    waiting = await repository.open_offers_by_station(tx, station_ids)
    return [
        Post(
            station,
            roster,
            frozenset(truck.id for truck in station.trucks) & busy,
            waiting.get(station.id, 0),
        )
        for station, roster in found
    ]
