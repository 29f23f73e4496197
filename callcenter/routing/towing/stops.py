"""The stations at which a towed car may stop: those named, and those that may be chosen instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.hours import is_open, next_change
from callcenter.routing.towing import facts
from callcenter.routing.towing.destination import NotThere, reasons_against
from callcenter.routing.towing.tows import Tow
from callcenter.routing.towing.wire import StopOut, TowOut
from callcenter.routing.wire import of
from callcenter.settings import RoutingSettings
from callcenter.stations import repository as stations
from callcenter.stations.model import AppliesTo, Station
from callcenter.tickets import repository as tickets

SHOWN = 12
NEVER = frozenset({NotThere.SUSPENDED, NotThere.REFUSED, NotThere.NOT_SIMULATED})
"""What nobody may choose in spite of."""


@dataclass(frozen=True)
class Instead:
    """Another place that a person may choose, and what speaks against it."""

    station_id: UUID
    distance_m: float
    reasons: list[NotThere]


async def instead_of(tx: Tx, tow: Tow, settings: RoutingSettings) -> list[Instead]:
    """The nearest that may be chosen, with what would speak against them on arrival."""
    ticket = await tickets.get(tx, tow.ticket_id)
    wanted = await facts.wanted_of(tx, ticket)
    leaves_at = await facts.leaves_at(tx, tow, settings)
    arrival = facts.rules_of(settings).arrival
    found = []
    for site in await facts.sites_of(tx, ticket, settings):
        reasons = reasons_against(site, wanted, arrival(site, leaves_at))
        if not NEVER & set(reasons) and (site.is_workshop or site.keeps_overnight):
            found.append(Instead(site.station_id, round(site.distance_m, 1), list(reasons)))
    return found[:SHOWN]


async def stops_of(tx: Tx, found: Sequence[TowOut]) -> list[StopOut]:
    """Every station that is named in these tows."""
    named: set[UUID | None] = set()
    for one in (place for tow in found for place in tow.destinations):
        named |= {one.station_id, one.workshop_id, one.refusing_id}
        named |= {passed.station_id for passed in one.passed_by}
    known = await stations.by_ids(tx, [one for one in named if one is not None])
    duties = await stations.duties_now(tx, known.values())
    return [await _stop(tx, station, duties[station.id].phone) for station in known.values()]


async def _stop(tx: Tx, station: Station, phone: str | None) -> StopOut:
    hours, days = station.workshop_hours, station.overrides_of(AppliesTo.WORKSHOP)
    now = await tx.now()
    return of(
        StopOut,
        station,
        phone=phone,
        is_open=is_open(hours, now, days),
        changes_at=next_change(hours, now, days),
    )
