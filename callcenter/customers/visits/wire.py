"""Visits on the wire."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.customers.visits.model import (
    OdometerDoubt,
    Visit,
    VisitKind,
    VisitSource,
    odometer_doubt,
)
from callcenter.customers.visits.service import Told
from callcenter.web.wire import ABSENT, PatchModel, QueryModel, WireModel

Odometer = Annotated[int, Field(ge=0, le=5_000_000, description="km")]
Amount = Annotated[
    float, Field(ge=0, le=9_999_999_999, allow_inf_nan=False, description="CNY, to the fen")
]
WorkOrder = Annotated[str, Field(max_length=60)]
OLDEST = date(1950, 1, 1)
VisitDay = Annotated[date, Field(ge=OLDEST)]


class VisitDraft(WireModel):
    """A visit of a car; told again, it is the same visit. `work_order`: the station's own
    number, which keeps two visits of one day and kind apart."""

    visited_on: VisitDay
    kind: VisitKind
    odometer_km: Odometer | None = None
    amount: Amount | None = None
    station_id: UUID | None = None
    work_order: WorkOrder = ""

    def told(self, vehicle_id: UUID) -> Told:
        """As the service takes it."""
        return Told(
            vehicle_id=vehicle_id,
            visited_on=self.visited_on,
            kind=self.kind,
            source=VisitSource.DESK,
            odometer_km=self.odometer_km,
            amount=in_fen(self.amount),
            station_id=self.station_id,
            work_order=self.work_order.strip(),
        )


class VisitPatch(PatchModel):
    """What of a visit was mistyped; needs If-Match."""

    visited_on: VisitDay = ABSENT
    kind: VisitKind = ABSENT
    odometer_km: Odometer | None = ABSENT
    amount: Amount | None = ABSENT
    station_id: UUID | None = ABSENT


class VisitOut(WireModel):
    """A visit; `odometer_doubt` warns of a reading that does not fit the car's others."""

    id: UUID
    vehicle_id: UUID
    station_id: UUID | None
    visited_on: date
    kind: VisitKind
    odometer_km: int | None
    odometer_doubt: OdometerDoubt | None
    amount: float | None
    work_order: str
    source: VisitSource
    recorded_at: datetime
    version: int


class VisitList(WireModel):
    """A car's visits, newest first."""

    items: list[VisitOut]


class VehiclePath(QueryModel):
    """The car in the address."""

    vehicle_id: UUID


class VisitPath(QueryModel):
    """The visit in the address."""

    visit_id: UUID


def in_fen(amount: float | None) -> Decimal | None:
    """An amount as it is kept."""
    return None if amount is None else Decimal(str(amount)).quantize(Decimal("0.01"))


def visit_out(visit: Visit, others: Sequence[Visit]) -> VisitOut:
    """A visit among the car's others."""
    fields = {name: getattr(visit, name) for name in Visit.__dataclass_fields__}
    amount = None if visit.amount is None else float(visit.amount)
    doubt = odometer_doubt(visit, others)
    return VisitOut(**fields | {"amount": amount, "odometer_doubt": doubt})
