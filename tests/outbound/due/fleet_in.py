"""A made fleet written into the database, as if its workshops had told of each visit."""

from datetime import date, timedelta
from uuid import UUID

from benchmarks.made_fleet import DAYS, KINDS, MODELS, Fleet
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.due.intervals import Interval, ServicePlans

TODAY = date(2026, 3, 2)
REGIONS = ("BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH")

PLANS = ServicePlans(
    by_model={
        name: Interval(km=km, months=months, first_km=first_km, first_months=first_months)
        for name, _, km, months, first_km, first_months, _ in MODELS
    }
)


def day_of(number: int) -> date:
    """The last day of the made fleet is today."""
    return TODAY - timedelta(days=DAYS - 1 - number)


async def write_fleet(tx: Tx, fleet: Fleet, until: int = DAYS) -> list[UUID]:
    """Cars, each with its owner, and the visits up to the day; the ids of the cars."""
    cars = [new_id() for _ in fleet.model]
    owners = [new_id() for _ in cars]
    write = tx.connection.executemany
    await write(
        "insert into owners (id, name, province) values ($1, '某', $2)",
        [(owner, REGIONS[at]) for owner, at in zip(owners, fleet.region, strict=True)],
    )
    await write(
        "insert into vehicles (id, model, energy, delivered_on) values ($1, $2, $3, $4)",
        [
            (car, MODELS[model][0], MODELS[model][1], day_of(int(day)))
            for car, model, day in zip(cars, fleet.model, fleet.delivered, strict=True)
        ],
    )
    await write(
        "insert into owner_vehicles (owner_id, vehicle_id) values ($1, $2)",
        list(zip(owners, cars, strict=True)),
    )
    visits = fleet.visits
    await write(
        "insert into visits (id, vehicle_id, visited_on, kind, odometer_km, work_order, source)"
        " values ($1, $2, $3, $4, $5, $6, 'file')",
        [
            (
                new_id(),
                cars[car],
                day_of(int(day)),
                KINDS[kind],
                None if km != km or not 0 <= km <= 5_000_000 else int(km),
                str(at),
            )
            for at, (car, day, km, kind) in enumerate(
                zip(visits.car, visits.day, visits.km, visits.kind, strict=True)
            )
            if day <= until
        ],
    )
    return cars
