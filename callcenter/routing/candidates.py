"""Gathers the facts the choice is made from: stations, duty, trucks, open offers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from callcenter.db.events import stations_touched
from callcenter.db.transaction import Tx
from callcenter.places.distance import distances_from
from callcenter.places.provinces import neighbours_of
from callcenter.routing import repository
from callcenter.routing.choose import (
    Candidate,
    Choice,
    Considered,
    Need,
    Reach,
    Rung,
    Travel,
    by_travel_time,
    choose,
    reasons_against,
)
from callcenter.routing.network import Network, candidate_of
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.stations.model import StationFacts
from callcenter.stations.needs import needs_of
from callcenter.tickets.car import car_of
from callcenter.tickets.model import Ticket
from callcenter.tickets.particulars import RescueParticulars

MOST_UNREAD = 500
"""Events behind the network's place in the log; beyond it the reach is read whole."""
MEASURED = 20
"""The nearest so many are put into one matrix."""


@dataclass(frozen=True)
class Spot:
    """Where help is needed: WGS-84, and the province for the neighbours' rung."""

    lat: float
    lon: float
    province: str | None = None


def reach_of(settings: RoutingSettings, province: str | None) -> Reach:
    """The rungs' distances in metres, out of the settings' kilometres."""
    return Reach(
        within_m={
            Rung.NEAR: settings.near_ring_km * 1000,
            Rung.WIDE: settings.wide_ring_km * 1000,
            Rung.NEIGHBOURS: settings.province_ring_km * 1000,
            Rung.PARTNERS: settings.partner_ring_km * 1000,
        },
        neighbours=neighbours_of(province) if province else frozenset(),
    )


async def need_of(tx: Tx, ticket: Ticket, province: str | None) -> Need:
    """What this rescue asks for: the fault and the car decide about skills and equipment."""
    told = RescueParticulars.model_validate(ticket.particulars)
    needs = needs_of(told.fault, (await car_of(tx, ticket)).facts)
    return Need(
        skills=frozenset(needs.skills),
        equipment=frozenset(needs.equipment),
        province=province,
        drill=ticket.drill,
        one_of=frozenset(needs.one_of),
        weight_kg=needs.weight_kg,
        height_limit_cm=needs.height_limit_cm,
    )


async def gather(
    tx: Tx,
    spot: Spot,
    within_km: float,
    asked: Collection[UUID] = (),
    *,
    at: datetime | None = None,
) -> list[Candidate]:
    """Every station within the distance as it stands now, nearest first.

    With `at`, duty and suspension are those of that time; trucks are as they stand now.
    """
    found = await stations.candidates_near(tx, spot.lat, spot.lon, within_km, at=at)
    near = await _as_they_stand(tx, spot, found, asked)
    within = [candidate for candidate in near if candidate.distance_m <= within_km * 1000]
    return sorted(within, key=lambda c: (c.distance_m, c.station_id))


@dataclass(frozen=True)
class Around:
    """Stations as they stand in this transaction, nearest first, without a gap; `is_whole` when
    these are all within the rung's reach."""

    candidates: list[Candidate]
    is_whole: bool


async def nearest(
    tx: Tx,
    spot: Spot,
    need: Need,
    rung: Rung,
    reach: Reach,
    *,
    count: int,
    asked: Collection[UUID] = (),
) -> Around:
    """Every station up to the `count`-th that may be asked on this rung.

    The network in memory proposes them, and they are read here. What it may not know yet, stations
    of which something was recorded behind its place in the log, is read beside them: a network that
    lags costs reading, never a station. Where none is kept, the whole reach is read.
    """
    within_m = reach.within_m[rung]
    network = tx.view(Network)
    touched = await _touched_since(tx, network) if network else None
    if network is None or touched is None:
        return Around(await gather(tx, spot, within_m / 1000, asked), is_whole=True)
    at, known, wanted = await tx.now(), dict[UUID, Candidate](), count
    while True:
        seen = network.propose(
            (spot.lat, spot.lon),
            need,
            rung,
            reach,
            at,
            count=wanted,
            not_these=touched.union(asked),
        )
        to_read = touched.union(seen.station_ids) - known.keys()
        found = await stations.candidates_by_id(tx, to_read)
        known |= {c.station_id: c for c in await _as_they_stand(tx, spot, found, asked)}
        near = [c for c in known.values() if c.distance_m <= seen.edge_m]
        able = sum(not reasons_against(c, need, rung, reach) for c in near)
        if seen.is_whole or able >= count:
            in_order = sorted(near, key=lambda c: (c.distance_m, c.station_id))
            return Around(in_order, seen.is_whole)
        wanted *= 2


async def choose_nearest(
    tx: Tx,
    spot: Spot,
    need: Need,
    rung: Rung,
    reach: Reach,
    *,
    count: int,
    asked: Collection[UUID] = (),
    times: Mapping[UUID, Travel] | None = None,
) -> Choice:
    """The nearest `count` that may be asked, locked; who turns out unfit under his lock leads to
    looking further. With `times` the quickest of the nearest 20."""
    times = times or {}
    wanted = max(count, MEASURED) if times else count
    while True:
        around = await nearest(tx, spot, need, rung, reach, count=wanted, asked=asked)
        choice = await choose_locked(
            tx, around.candidates, need, rung, reach, count=count, times=times
        )
        if around.is_whole or len(choice.ranked) >= count:
            return choice
        wanted *= 2


async def locked_candidate(tx: Tx, station_id: UUID, distance_m: float) -> Candidate:
    """The station as it stands now, locked: what is decided about it still holds at the commit."""
    station = await stations.lock_station(tx, station_id)
    busy = await repository.busy_trucks(tx, [truck.id for truck in station.trucks])
    waiting = await repository.open_offers_by_station(tx, [station_id])
    return candidate_of(station, distance_m, busy, waiting.get(station_id, 0), was_asked=False)


async def choose_locked(
    tx: Tx,
    candidates: Sequence[Candidate],
    need: Need,
    rung: Rung,
    reach: Reach,
    *,
    count: int,
    times: Mapping[UUID, Travel],
) -> Choice:
    """At most `count` that may be asked, each looked at again under its own lock.

    Of what would be asked together the locks are taken in the order of ids, so that two urgent
    rescues between the same two stations do not wait for each other.
    """
    choice = choose(candidates, need, rung, reach)
    ranked = by_travel_time(choice.ranked, times)
    place_of = {considered.station_id: at for at, considered in enumerate(ranked)}
    told = {considered.station_id: considered for considered in ranked}
    fit: list[Considered] = []
    unfit: dict[UUID, Considered] = {}
    to_come = ranked
    while to_come and len(fit) < count:
        batch, to_come = to_come[: count - len(fit)], to_come[count - len(fit) :]
        for considered in sorted(batch, key=lambda c: c.station_id):
            now = await locked_candidate(tx, considered.station_id, considered.distance_m)
            if reasons := reasons_against(now, need, rung, reach):
                unfit[now.station_id] = replace(considered, reasons=tuple(reasons))
            else:
                fit.append(considered)
    return Choice(
        tuple(sorted(fit, key=lambda c: place_of[c.station_id])),
        tuple((told | unfit).get(c.station_id, c) for c in choice.considered),
    )


async def _touched_since(tx: Tx, network: Network) -> set[UUID] | None:
    if network.cursor is None:
        return None
    return await stations_touched(tx.connection, network.cursor, MOST_UNREAD)


async def _as_they_stand(
    tx: Tx, spot: Spot, found: Sequence[StationFacts], asked: Collection[UUID]
) -> list[Candidate]:
    if not found:
        return []
    metres = distances_from(spot.lat, spot.lon, [(s.lat, s.lon) for s in found])
    busy = await repository.busy_trucks(tx, [t.id for s in found for t in s.trucks])
    waiting = await repository.open_offers_by_station(tx, [s.id for s in found])
    return [
        candidate_of(station, distance, busy, waiting.get(station.id, 0), station.id in asked)
        for station, distance in zip(found, metres, strict=True)
    ]
