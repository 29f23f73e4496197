"""A visit of a car, and what is doubtful about its odometer. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

MOST_KM_A_DAY = 1_000
"""Two drivers who take turns; whoever drives more by the odometer has mistyped it."""


class VisitKind(StrEnum):
    """What a car was brought for."""

    FIRST_SERVICE = "first_service"
    MAINTENANCE = "maintenance"
    REPAIR = "repair"
    ACCIDENT = "accident"
    RECALL = "recall"


class VisitSource(StrEnum):
    """By whom a visit was told to us."""

    FILE = "file"
    DESK = "desk"
    STATION = "station"
    DEMO = "demo"


class OdometerDoubt(StrEnum):
    """Behind an earlier reading, ahead of a later one, or too far for the days between."""

    BACK = "odometer_back"
    AHEAD = "odometer_ahead"
    FAST = "odometer_fast"


@dataclass(frozen=True)
class Visit:
    """One row of `visits`. `amount` in CNY."""

    id: UUID
    vehicle_id: UUID
    station_id: UUID | None
    visited_on: date
    kind: VisitKind
    odometer_km: int | None
    amount: Decimal | None
    work_order: str
    source: VisitSource
    recorded_at: datetime
    version: int


def odometer_doubt(visit: Visit, others: Sequence[Visit]) -> OdometerDoubt | None:
    """What is doubtful about its odometer beside those of the car's other visits: never a reason
    to refuse. Which of two readings is the wrong one is not known: both are doubted."""
    if visit.odometer_km is None:
        return None
    read = sorted(
        (other.visited_on, other.odometer_km)
        for other in others
        if other.odometer_km is not None and other.id != visit.id
    )
    before = [km for day, km in read if day < visit.visited_on]
    behind = [km for day, km in read if day > visit.visited_on]
    if before and visit.odometer_km < max(before):
        return OdometerDoubt.BACK
    if behind and visit.odometer_km > min(behind):
        return OdometerDoubt.AHEAD
    return OdometerDoubt.FAST if _is_fast(visit.visited_on, visit.odometer_km, read) else None


def _is_fast(day: date, km: int, read: Sequence[tuple[date, int]]) -> bool:
    before = [one for one in read if one[0] <= day][-1:]
    return any(km - known > MOST_KM_A_DAY * max(1, (day - then).days) for then, known in before)
