"""When one car is due, as it was scored. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class NextService(StrEnum):
    """What it is due for."""

    FIRST_SERVICE = "first_service"
    MAINTENANCE = "maintenance"


class Because(StrEnum):
    """What is reached first."""

    TIME = "time"
    DISTANCE = "distance"


@dataclass(frozen=True)
class DueDate:
    """One row of `due_dates`. It comes before `p10` in one case of ten, before `p90` in nine;
    `still_ours`: how likely the owner still comes to us; `booked_for`: he has an appointment."""

    vehicle_id: UUID
    next_service: NextService
    visits: int
    last_visit_on: date | None
    delivered_on: date | None
    last_km: int | None
    km_per_day: float
    p10: date
    p50: date
    p90: date
    still_ours: float
    because: Because
    scored_at: datetime
    booked_for: datetime | None
