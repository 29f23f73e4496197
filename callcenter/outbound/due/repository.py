"""Cars and visits as arrays out of the database, scores into it."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np

from callcenter.customers.errors import VehicleNotFound
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.due.errors import DueDateUnknown
from callcenter.outbound.due.history import Floats, Histories, Ints, day_number, histories
from callcenter.outbound.due.intervals import Intervals, ServicePlans, intervals
from callcenter.outbound.due.model import Because, DueDate, NextService
from callcenter.outbound.due.score import NO_FLEET, Fleet, Scores, fleet_of_json

SQL = load_queries(__file__)
MOST_MODELS = 500


@dataclass(frozen=True)
class Cars:
    """Some cars as they were read: rows of `vehicles`, and their visits, packed."""

    rows: Sequence[Any]
    packed: bytes
    today: date

    @property
    def ids(self) -> list[UUID]:
        """In the order of the arrays."""
        return [row["id"] for row in self.rows]

    def plan(self, plans: ServicePlans) -> Intervals:
        """The interval of each."""
        return intervals(plans, [(row["model"], row["energy"]) for row in self.rows])

    def histories(self, models: Ints, regions: Ints) -> tuple[Histories, Ints]:
        """With these numbers of models and regions; and how many visits each car has on record."""
        table = np.frombuffer(self.packed, ">i4").reshape(-1, 4).astype(np.int64)
        delivered = [row["delivered_on"] for row in self.rows]
        car = table[:, 0] - 1
        km = np.where(table[:, 2] >= 0, table[:, 2], np.nan)
        read = histories(
            delivered=np.array([day_number(day) if day else -1 for day in delivered], np.int64),
            model=models,
            region=regions,
            car=car,
            day=table[:, 1],
            km=km,
            kind=table[:, 3],
        )
        return read, np.bincount(car, minlength=len(self.rows))

    def of(self, fleet: Fleet) -> tuple[Histories, Ints]:
        """With the numbers of this fleet."""
        models = [row["model"] for row in self.rows]
        return self.histories(*fleet.places(models, [row["province"] for row in self.rows]))

    def names(self) -> tuple[list[str], list[str]]:
        """Models, the most frequent only, and regions."""
        models = Counter(row["model"] for row in self.rows if row["model"])
        regions = {row["province"] for row in self.rows if row["province"]}
        return [name for name, _ in models.most_common(MOST_MODELS)], sorted(regions)


def joined(several: Sequence[Cars], today: date) -> Cars:
    """All of them as one."""
    rows: list[Any] = []
    tables = []
    for cars in several:
        table = np.frombuffer(cars.packed, ">i4").reshape(-1, 4).copy()
        table[:, 0] += len(rows)
        tables.append(table.tobytes())
        rows += cars.rows
    return Cars(rows, b"".join(tables), today)


async def with_visits(tx: Tx, rows: Sequence[Any], today: date) -> Cars:
    """These cars with what is on record of them up to today."""
    ids = [row["id"] for row in rows]
    packed = await SQL.visits_packed(tx.connection, ids=ids, today=today)
    return Cars(rows, packed or b"", today)


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
        if await SQL.one_car(tx.connection, id=vehicle_id) is None:
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


async def keep(tx: Tx, cars: Cars, scores: Scores, visits: Ints) -> None:
    """A row for each car that something can be said of, none for the others."""
    on = np.flatnonzero(scores.known)
    ids = cars.ids
    if nothing := [ids[at] for at in np.flatnonzero(~scores.known)]:
        await SQL.forget_due(tx.connection, ids=nothing)
    names = np.where(scores.first, "first_service", "maintenance")
    await SQL.keep_due(
        tx.connection,
        ids=[ids[at] for at in on],
        next_service=names[on].tolist(),
        visits=visits[on].tolist(),
        last_day=_or_none(np.where(visits > 0, scores.last_day, np.nan)[on]),
        last_km=_or_none(scores.last_km[on]),
        km_per_day=np.round(scores.km_per_day[on], 1).tolist(),
        p10=scores.p10[on].tolist(),
        p50=scores.p50[on].tolist(),
        p90=scores.p90[on].tolist(),
        still_ours=scores.still_ours[on].tolist(),
        because=np.where(scores.by_distance, "distance", "time")[on].tolist(),
    )


def _or_none(numbers: Floats) -> list[int | None]:
    return [None if np.isnan(one) else int(one) for one in numbers]
