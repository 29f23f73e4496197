"""What the pages show of a car that is taken away: where to, why there, and who was passed by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from callcenter.hours import is_open, next_change
from callcenter.routing.towing import tows
from callcenter.routing.towing.destination import NotThere
from callcenter.routing.towing.stops import instead_of
from callcenter.routing.towing.tows import UNDELIVERED, Tow, TowDestination, TowStage
from callcenter.stations import repository as stations
from callcenter.stations.model import AppliesTo, Station
from callcenter.web.call import Call


@dataclass(frozen=True)
class Stop:
    """A station as a stop of the car: its phone on duty, whether its workshop is open now."""

    station: Station
    phone: str | None
    is_open: bool
    changes_at: datetime | None


@dataclass(frozen=True)
class Passed:
    """A nearer place, and why not."""

    station: Station
    distance_m: float
    reasons: Sequence[NotThere]


@dataclass(frozen=True)
class Other:
    """Another place that a person may choose, and what speaks against it."""

    station: Station
    distance_m: float
    reasons: Sequence[NotThere]


@dataclass(frozen=True)
class TowView:
    """A tow as a page shows it."""

    tow: Tow
    at: TowDestination | None
    stop: Stop | None
    workshop: Stop | None
    passed: Sequence[Passed]
    refused: Sequence[tuple[TowDestination, Station | None]]
    others: Sequence[Other]

    @property
    def goes_on(self) -> bool:
        """Whether somebody still has something to do with the car, or must say where it is."""
        unknown = self.tow.stage is TowStage.DELIVERED and self.at is None
        return self.tow.stage in UNDELIVERED or unknown

    @property
    def waits_in_yard(self) -> bool:
        """Whether it waits for the morning."""
        return self.tow.stage is TowStage.IN_YARD


async def tow_view(call: Call, tow: Tow | None, *, with_others: bool = False) -> TowView | None:
    """The tow with the stations it names; `with_others`: and those that may be chosen instead."""
    if tow is None:
        return None
    named = await tows.destinations_of(call.tx, tow)
    at = next((one for one in named if one.id == tow.destination_id), None)
    refused = [
        (one, await stations.get(call.tx, one.refusing_id) if one.refusing_id else None)
        for one in named
        if one.refused_at
    ]
    return TowView(
        tow=tow,
        at=at,
        stop=await _stop(call, at.station_id if at else None),
        workshop=await _stop(call, at.workshop_id if at else None),
        passed=[
            Passed(await stations.get(call.tx, one.station_id), one.distance_m, one.reasons)
            for one in (at.passed_by if at else ())
        ],
        refused=refused,
        others=await _others(call, tow) if with_others else (),
    )


async def _stop(call: Call, station_id: UUID | None) -> Stop | None:
    if station_id is None:
        return None
    station, now = await stations.get(call.tx, station_id), await call.tx.now()
    hours, days = station.workshop_hours, station.overrides_of(AppliesTo.WORKSHOP)
    phone = await stations.duty_phone(call.tx, station_id)
    return Stop(station, phone, is_open(hours, now, days), next_change(hours, now, days))


async def _others(call: Call, tow: Tow) -> list[Other]:
    found = await instead_of(call.tx, tow, call.settings.routing)
    return [
        Other(await stations.get(call.tx, o.station_id), o.distance_m, o.reasons) for o in found
    ]
