"""Gathers the facts a destination is decided from: workshops, yards, who has refused the car."""

from datetime import datetime, timedelta

from callcenter.db.transaction import Tx
from callcenter.places.distance import distances_from
from callcenter.routing.towing.destination import Decision, Site, TowRules, Wanted, decide
from callcenter.routing.towing.tows import SQL, Tow, TowStage
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.stations.model import AppliesTo, StationKind, is_suspended
from callcenter.stations.needs import workshop_skills
from callcenter.tickets import repository as tickets
from callcenter.tickets.car import car_of
from callcenter.tickets.model import Ticket
from callcenter.tickets.particulars import RescueParticulars


def rules_of(settings: RoutingSettings) -> TowRules:
    """The settings' kilometres in metres."""
    return TowRules(
        settings.tow_speed_kmh,
        settings.tow_reach_km * 1000,
        settings.yard_reach_km * 1000,
        timedelta(minutes=settings.tow_wait_minutes),
    )


async def decide_destination(
    tx: Tx, ticket: Ticket, tow: Tow, settings: RoutingSettings
) -> Decision:
    """Where this car would be taken now, from the place of the breakdown."""
    return decide(
        await sites_of(tx, ticket, settings),
        await wanted_of(tx, ticket),
        await leaves_at(tx, tow, settings),
        rules_of(settings),
    )


async def wanted_of(tx: Tx, ticket: Ticket) -> Wanted:
    """What this car asks of a workshop."""
    told, car = RescueParticulars.model_validate(ticket.particulars), await car_of(tx, ticket)
    skills = frozenset(str(skill) for skill in workshop_skills(told.fault, car.facts))
    return Wanted(skills, car.brand.strip(), ticket.drill)


async def leaves_at(tx: Tx, tow: Tow, settings: RoutingSettings) -> datetime:
    """When the truck sets out with the car: loading takes its time."""
    loading_s = settings.tow_loading_s if tow.stage is TowStage.PLANNED else 0.0
    return await tx.now() + timedelta(seconds=loading_s)


async def sites_of(tx: Tx, ticket: Ticket, settings: RoutingSettings) -> list[Site]:
    """Every station within reach as a destination, nearest first."""
    assert ticket.place_id is not None
    place = await tickets.get_place(tx, ticket.id, ticket.place_id)
    assert place is not None
    within_km = max(settings.tow_reach_km, settings.yard_reach_km)
    found = await stations.near(tx, place.lat, place.lon, within_km)
    rows = await SQL.refusing_stations(tx.connection, ticket_id=ticket.id)
    refusing = {row["refusing_id"] for row in rows}
    metres = distances_from(place.lat, place.lon, [(s.lat, s.lon) for s in found])
    now = await tx.now()
    sites = [
        Site(
            station_id=station.id,
            distance_m=distance,
            is_workshop=station.kind is StationKind.DEALER,
            is_simulated=station.simulated,
            is_suspended=is_suspended(station, now),
            has_refused=station.id in refusing,
            hours=station.workshop_hours,
            skills=frozenset(station.skills),
            brands=frozenset(station.brands),
            keeps_overnight=station.keeps_overnight,
            special_days=tuple(station.overrides_of(AppliesTo.WORKSHOP)),
        )
        for station, distance in zip(found, metres, strict=True)
        if distance <= within_km * 1000
    ]
    return sorted(sites, key=lambda site: (site.distance_m, site.station_id))
