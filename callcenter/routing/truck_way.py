"""Where the truck is on its way, and whether it comes nearer."""

from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.places.distance import distance_m
from callcenter.places.model import Position
from callcenter.routing import clocks, repository
from callcenter.routing.errors import DispatchMoveRefused
from callcenter.routing.events import TruckSeen
from callcenter.routing.model import LIVE_STAGES, Dispatch, DispatchStage, grows_for
from callcenter.settings import RoutingSettings
from callcenter.tickets import repository as tickets

SQL = repository.SQL
PERIODS = 6
"""How many times the growing distance's time is looked back."""


async def see_truck(
    tx: Tx, actor: str, dispatch_id: UUID, position: Position, settings: RoutingSettings
) -> Dispatch:
    """A position of the truck, by its own time of fix: the owner sees how old it is."""
    looked_at = await repository.get_dispatch(tx, dispatch_id)
    ticket = await tickets.lock(tx, looked_at.ticket_id)
    dispatch = await repository.get_dispatch(tx, dispatch_id)
    if dispatch.stage not in LIVE_STAGES:
        raise DispatchMoveRefused(stage=dispatch.stage.value, to="truck_seen")
    assert ticket.place_id is not None
    place = await tickets.get_place(tx, ticket.id, ticket.place_id)
    assert place is not None
    now = await tx.now()
    await SQL.add_position(
        tx.connection,
        dispatch_id=dispatch_id,
        fixed_at=min(position.fixed_at or now, now),
        lat=position.lat,
        lon=position.lon,
        accuracy_m=position.accuracy_m,
        distance_m=distance_m((position.lat, position.lon), (place.lat, place.lon)),
    )
    await SQL.sign_of_life(tx.connection, id=dispatch_id)
    fact = TruckSeen(ticket_id=ticket.id, dispatch_id=dispatch_id)
    await record(tx, fact, actor=actor, ticket_id=ticket.id, station_id=dispatch.station_id)
    await clocks.clear(tx, ticket.id, clocks.SILENT)
    await _watch_direction(tx, dispatch, settings)
    return await repository.get_dispatch(tx, dispatch_id)


async def _watch_direction(tx: Tx, dispatch: Dispatch, settings: RoutingSettings) -> None:
    if dispatch.stage is not DispatchStage.DEPARTED:
        return
    rows = await SQL.positions_since(
        tx.connection, dispatch_id=dispatch.id, seconds=PERIODS * settings.growing_distance_s
    )
    distances = [(row["fixed_at"], row["distance_m"]) for row in rows]
    before, periods = (
        int(grows_for(seen) // settings.growing_distance_s) for seen in (distances[:-1], distances)
    )
    if periods > before:
        # Once in a period, however often the truck says where it is.
        await clocks.ask_station(tx, dispatch, clocks.DRIVING_AWAY, times=periods)
    elif periods == 0:
        await clocks.clear(tx, dispatch.ticket_id, clocks.DRIVING_AWAY)
