"""Gathers the facts the choice is made from: stations, duty, trucks, open offers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

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
    TruckFacts,
    choose,
    reasons_against,
)
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.stations.model import StationFacts
from callcenter.stations.needs import needs_of
from callcenter.tickets.car import car_of
from callcenter.tickets.model import Ticket
from callcenter.tickets.particulars import RescueParticulars


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
    if not found:
        return []
    metres = distances_from(spot.lat, spot.lon, [(s.lat, s.lon) for s in found])
    busy = await repository.busy_trucks(tx, [t.id for s in found for t in s.trucks])
    waiting = await repository.open_offers_by_station(tx, [s.id for s in found])
    near = [
        _candidate(station, distance, busy, waiting.get(station.id, 0), station.id in asked)
        for station, distance in zip(found, metres, strict=True)
        if distance <= within_km * 1000
    ]
    return sorted(near, key=lambda c: (c.distance_m, c.station_id))


async def locked_candidate(tx: Tx, station_id: UUID, distance_m: float) -> Candidate:
    """The station as it stands now, locked: what is decided about it still holds at the commit."""
    station = await stations.lock_station(tx, station_id)
    busy = await repository.busy_trucks(tx, [truck.id for truck in station.trucks])
    waiting = await repository.open_offers_by_station(tx, [station_id])
    return _candidate(station, distance_m, busy, waiting.get(station_id, 0), was_asked=False)


async def choose_locked(
    tx: Tx, candidates: Sequence[Candidate], need: Need, rung: Rung, reach: Reach, *, count: int
) -> Choice:
    """At most `count` that may be asked, each looked at again under its own lock.

    Of what would be asked together the locks are taken in the order of ids, so that two urgent
    rescues between the same two stations do not wait for each other.
    """
    choice = choose(candidates, need, rung, reach)
    fit: list[Considered] = []
    unfit: dict[UUID, Considered] = {}
    to_come = list(choice.ranked)
    while to_come and len(fit) < count:
        batch, to_come = to_come[: count - len(fit)], to_come[count - len(fit) :]
        for considered in sorted(batch, key=lambda c: c.station_id):
            now = await locked_candidate(tx, considered.station_id, considered.distance_m)
            if reasons := reasons_against(now, need, rung, reach):
                unfit[now.station_id] = replace(considered, reasons=tuple(reasons))
            else:
                fit.append(considered)
    return Choice(
        tuple(sorted(fit, key=lambda c: (c.distance_m, c.station_id))),
        tuple(unfit.get(c.station_id, c) for c in choice.considered),
    )


async def preview(
    tx: Tx, spot: Spot, need: Need, settings: RoutingSettings, *, at: datetime | None = None
) -> tuple[Rung, Choice]:
    """Who would be asked at this place with these needs and at this time (now, when not given):
    the first rung that has somebody."""
    reach = reach_of(settings, spot.province)
    candidates = await gather(tx, spot, max(reach.within_m.values()) / 1000, at=at)
    for rung in (Rung.NEAR, Rung.WIDE, Rung.NEIGHBOURS, Rung.PARTNERS):
        choice = choose(candidates, need, rung, reach)
        if choice.ranked:
            return rung, choice
    return Rung.ALARM, choose(candidates, need, Rung.NEAR, reach)


def _candidate(
    station: StationFacts,
    distance_m: float,
    busy: Collection[UUID],
    open_offers: int,
    was_asked: bool,
) -> Candidate:
    return Candidate(
        station_id=station.id,
        distance_m=distance_m,
        is_partner=station.is_partner,
        is_simulated=station.simulated,
        is_suspended=station.is_suspended,
        is_on_duty=station.is_on_duty,
        province=station.province,
        skills=frozenset(station.skills),
        trucks=tuple(
            TruckFacts(
                truck.id,
                frozenset(truck.equipment),
                truck.id not in busy,
                truck.capacity_kg,
                truck.height_cm,
            )
            for truck in station.trucks
            if truck.in_service
        ),
        open_offers=open_offers,
        was_asked=was_asked,
    )
