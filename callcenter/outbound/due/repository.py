"""Cars and visits as arrays out of the database, scores into it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np

from callcenter.customers import service as customers
from callcenter.customers.errors import VehicleNotFound
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.due.errors import DueDateUnknown
from callcenter.outbound.due.history import Floats, Histories, Ints, day_number, histories
from callcenter.outbound.due.intervals import Intervals, ServicePlans, intervals
from callcenter.outbound.due.model import Because, DueDate, NextService
from callcenter.outbound.due.packed import unpacked
from callcenter.outbound.due.score import NO_FLEET, Fleet, Scores, fleet_of_json

SQL = load_queries(__file__)
MOST_MODELS = 500
ALL = 256
"""Parts, by the last byte of a car's id."""
FIRST, LAST = UUID(int=0), UUID(int=(1 << 128) - 1)


@dataclass(frozen=True)
class Cars:
    """Some cars as they were read at a moment: rows of `vehicles`, each with its visits, packed."""

    rows: Sequence[Any]
    today: date
    read_at: datetime

    @property
    def ids(self) -> list[UUID]:
        """In the order of the arrays."""
        return [row["id"] for row in self.rows]

    def plan(self, plans: ServicePlans) -> Intervals:
        """The interval of each."""
        return intervals(plans, [(row["model"], row["energy"]) for row in self.rows])

    def histories(self, models: Ints, regions: Ints) -> tuple[Histories, Ints]:
        """With these numbers of models and regions; and how many days with a visit each car has on
        record."""
        visits = unpacked([row["visits"] for row in self.rows])
        delivered = [row["delivered_on"] for row in self.rows]
        read = histories(
            delivered=np.array([day_number(day) if day else -1 for day in delivered], np.int64),
            model=models,
            region=regions,
            car=visits.car,
            day=visits.day,
            km=visits.km,
            kind=visits.kind,
        )
        return read, np.bincount(visits.car, minlength=len(self.rows))

    def of(self, fleet: Fleet) -> tuple[Histories, Ints]:
        """With the numbers of this fleet."""
        models = [row["model"] for row in self.rows]
        return self.histories(*fleet.places(models, [row["province"] for row in self.rows]))

    def names(self) -> tuple[list[str], list[str]]:
        """Models, the most frequent only, and regions."""
        models = Counter(row["model"] for row in self.rows if row["model"])
        regions = {row["province"] for row in self.rows if row["province"]}
        return [name for name, _ in models.most_common(MOST_MODELS)], sorted(regions)


def joined(pages: Sequence[Cars]) -> Cars:
    """All of them as one; there must be one."""
    rows = [row for cars in pages for row in cars.rows]
    return Cars(rows, pages[0].today, pages[0].read_at)


async def cars_from(tx: Tx, since: UUID, today: date, *, part: int, limit: int) -> Cars:
    """The next cars in the order of their ids that are not gone, with what is on record of them up
    to today; `part` of 256."""
    return await _cars(tx, today, since=since, until=LAST, gone_too=False, part=part, limit=limit)


async def one_car(tx: Tx, vehicle_id: UUID, today: date) -> Cars:
    """This car, gone or not; raises VehicleNotFound."""
    cars = await _cars(
        tx, today, since=vehicle_id, until=vehicle_id, gone_too=True, part=ALL, limit=1
    )
    if not cars.rows:
        raise VehicleNotFound
    return cars


async def _cars(tx: Tx, today: date, **which: Any) -> Cars:
    rows = await SQL.cars(tx.connection, today=today, **which)
    return Cars(rows, today, await tx.now())


async def plans_of(tx: Tx) -> ServicePlans:
    """The newest service plans; the usual ones before anybody has written any."""
    row = await SQL.plans(tx.connection)
    return ServicePlans.model_validate_json(row["plans"]) if row else ServicePlans()


async def fleet_of(tx: Tx) -> Fleet:
    """What was learnt last."""
    kept = await SQL.learnt(tx.connection)
    return fleet_of_json(json.loads(kept)) if kept else NO_FLEET


async def due_of(tx: Tx, vehicle_id: UUID) -> DueDate:
    """Of one car; raises VehicleNotFound, DueDateUnknown."""
    row = await SQL.due_of(tx.connection, vehicle_id=vehicle_id)
    if row is None:
        if await customers.get_vehicle(tx, vehicle_id) is None:
            raise VehicleNotFound
        raise DueDateUnknown
    renamed = {"p10": row["due_p10"], "p50": row["due_p50"], "p90": row["due_p90"]}
    same = {name: row[name] for name in DueDate.__dataclass_fields__ if name not in renamed}
    same |= {
        "next_service": NextService(row["next_service"]),
        "because": Because(row["because"]),
        "km_per_day": round(row["km_per_day"], 1),
        "still_ours": round(row["still_ours"], 3),
    }
    return DueDate(**same, **renamed)


@dataclass(frozen=True)
class Told:
    """What is to be written of some cars, column by column, and the cars that nothing can be said
    of, by what was on record at a moment."""

    columns: dict[str, list[Any]]
    nothing: list[UUID]
    read_at: datetime


def told(cars: Cars, scores: Scores, visits: Ints) -> Told:
    """`visits`: days with a visit on record of each car."""
    on = np.flatnonzero(scores.known)
    ids = cars.ids
    columns = {
        "ids": [ids[at] for at in on],
        "first": scores.first[on].tolist(),
        "visits": visits[on].tolist(),
        "last_day": _or_none(np.where(visits > 0, scores.last_day, np.nan)[on]),
        "last_km": _or_none(scores.last_km[on]),
        "km_per_day": np.round(scores.km_per_day[on], 1).tolist(),
        "p10": scores.p10[on].tolist(),
        "p50": scores.p50[on].tolist(),
        "p90": scores.p90[on].tolist(),
        "still_ours": scores.still_ours[on].tolist(),
        "by_distance": scores.by_distance[on].tolist(),
    }
    return Told(columns, [ids[at] for at in np.flatnonzero(~scores.known)], cars.read_at)


async def keep(tx: Tx, one: Told) -> None:
    """Writes what says anything else than what is kept."""
    await _keep(tx, one, read_at=None, days=0, still_ours_by=0.0)


async def keep_changed(tx: Tx, one: Told, *, days: int, still_ours_by: float) -> None:
    """Writes what differs from what is kept by more than so many days or so much of a chance, where
    no later reading was scored meanwhile."""
    await _keep(tx, one, read_at=one.read_at, days=days, still_ours_by=still_ours_by)


async def _keep(tx: Tx, one: Told, *, read_at: datetime | None, **unless: float) -> None:
    if one.nothing:
        await SQL.forget_due(tx.connection, ids=one.nothing, read_at=read_at)
    await SQL.keep_due(tx.connection, **one.columns, read_at=read_at, **unless)


def _or_none(numbers: Floats) -> list[int | None]:
    whole = np.nan_to_num(numbers).astype(np.int64).astype(object)
    whole[np.isnan(numbers)] = None
    result: list[int | None] = whole.tolist()
    return result
