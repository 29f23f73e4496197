"""Finds the next destination of a tow, or what a person wishes instead, as a row's fields."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.routing.towing import facts, tows
from callcenter.routing.towing.destination import (
    DestinationKind,
    NotThere,
    PassedBy,
    Site,
    reasons_against,
    workshop_later,
)
from callcenter.routing.towing.errors import DestinationMissing, DestinationUnfit
from callcenter.routing.towing.tows import Tow, TowDestination, TowStage
from callcenter.settings import RoutingSettings
from callcenter.tickets.model import Ticket


@dataclass(frozen=True)
class Wish:
    """Where the car shall go: a station, or another place in the owner's words."""

    station_id: UUID | None = None
    place_words: str = ""
    reason: str = ""


async def next_destination(
    tx: Tx, ticket: Ticket, tow: Tow, settings: RoutingSettings
) -> TowDestination | None:
    """The nearest that takes the car and has not refused it, written down; None: none is left."""
    if tow.stage is TowStage.IN_YARD:
        return await _next_in_the_morning(tx, ticket, tow, settings)
    decision = await facts.decide_destination(tx, ticket, tow, settings)
    found = decision.destination
    if found is None:
        return None
    is_yard = found.kind is DestinationKind.YARD
    return await tows.insert_destination(
        tx,
        tow,
        "system",
        decision.passed_by,
        kind=found.kind.value,
        station_id=found.station_id,
        workshop_id=found.workshop_id,
        distance_m=found.distance_m,
        arrive_at=found.arrive_at,
        opens_at=found.opens_at,
        deliver_by=_deliver_by(found.opens_at, settings) if is_yard else None,
    )


async def _next_in_the_morning(
    tx: Tx, ticket: Ticket, tow: Tow, settings: RoutingSettings
) -> TowDestination | None:
    """The car stays in its yard; only the workshop is another one."""
    yard = await tows.destination(tx, tow)
    assert yard is not None
    later = workshop_later(
        await facts.sites_of(tx, ticket, settings),
        await facts.wanted_of(tx, ticket),
        await tx.now(),
        settings.tow_reach_km * 1000,
    )
    workshop_id, opens_at = later or (None, None)
    fields = _later(workshop_id, opens_at, settings)
    return await tows.insert_destination(tx, tow, "system", (), **_of_yard(yard), **fields)


def _later(
    workshop_id: UUID | None, opens_at: datetime | None, settings: RoutingSettings
) -> dict[str, Any]:
    deliver_by = _deliver_by(opens_at, settings)
    return {"workshop_id": workshop_id, "opens_at": opens_at, "deliver_by": deliver_by}


def _deliver_by(opens_at: datetime | None, settings: RoutingSettings) -> datetime | None:
    """The promise: so long after the workshop opens."""
    return opens_at + timedelta(seconds=settings.morning_delivery_s) if opens_at else None


def _of_yard(yard: TowDestination) -> dict[str, Any]:
    names = ("station_id", "place_words", "distance_m", "arrive_at")
    return {"kind": yard.kind.value, **{name: getattr(yard, name) for name in names}}


async def wished(
    tx: Tx, ticket: Ticket, tow: Tow, wish: Wish, settings: RoutingSettings
) -> dict[str, Any]:
    """The fields of the destination a person wishes; raises DestinationMissing or Unfit."""
    if wish.station_id is None:
        if not wish.place_words.strip():
            raise DestinationMissing
        if tow.stage is TowStage.IN_YARD:
            raise DestinationUnfit(why="in_yard")
        kind = DestinationKind.ELSEWHERE.value
        return {"kind": kind, "place_words": wish.place_words.strip()}
    sites = await facts.sites_of(tx, ticket, settings)
    site = next((one for one in sites if one.station_id == wish.station_id), None)
    if site is None:
        raise DestinationUnfit(why="too_far")
    wanted = await facts.wanted_of(tx, ticket)
    arrive_at = facts.rules_of(settings).arrival(site, await facts.leaves_at(tx, tow, settings))
    reasons = reasons_against(site, wanted, arrive_at)
    if barred := {NotThere.SUSPENDED, NotThere.NOT_SIMULATED, NotThere.REFUSED} & set(reasons):
        raise DestinationUnfit(why=min(barred).value)
    fields = _kind_of(site, set(reasons))
    if tow.stage is TowStage.IN_YARD:
        yard = await tows.destination(tx, tow)
        assert yard is not None
        later = workshop_later([site], wanted, arrive_at, site.distance_m)
        opens_at = later[1] if later else None
        return _of_yard(yard) | _later(site.station_id, opens_at, settings)
    if fields["kind"] == DestinationKind.YARD.value:
        reach_m = settings.tow_reach_km * 1000
        later = workshop_later(sites, wanted, arrive_at, reach_m)
        fields |= _later(later[0] if later else None, later[1] if later else None, settings)
    overruled = (PassedBy(site.station_id, site.distance_m, reasons),) if reasons else ()
    return fields | {
        "station_id": site.station_id,
        "distance_m": site.distance_m,
        "arrive_at": arrive_at,
        "passed_by": overruled,
    }


def _kind_of(site: Site, reasons: set[NotThere]) -> dict[str, Any]:
    """A yard where the car only spends the night, a workshop else: a person has decided."""
    stays = site.keeps_overnight and reasons & {
        NotThere.NO_WORKSHOP,
        NotThere.SKILL_MISSING,
        NotThere.BRAND_NOT_AUTHORISED,
    }
    if stays:
        return {"kind": DestinationKind.YARD.value}
    return {"kind": DestinationKind.WORKSHOP.value, "workshop_id": site.station_id}
