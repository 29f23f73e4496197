"""How near due dates could come on a made fleet: who knows what the car will run and what its owner
goes by, and only not his luck, says the median of the days on which he might come.

    .venv/bin/python -m benchmarks.due_bound [--cars 3000] [--seed 1]
"""

import argparse

import numpy as np
from numpy.random import Generator

from benchmarks.due_evaluation import (
    EVERY,
    FIRST_ORIGIN,
    LAST_ORIGIN,
    NEVER,
    Floats,
    Ints,
    known,
    last_two,
    mean_error,
    next_service,
    plan_of,
)
from benchmarks.made_fleet import DAYS, WEEKS, Fleet, Made, make_fleet
from callcenter.outbound.due.history import DELIVERY

TRIES = 60
STEP = 2 * EVERY
WEEK_DAYS = np.arange(WEEKS + 1) * 7.0


def bound(fleet: Fleet, made: Made) -> tuple[int, float, float]:
    """Cars asked, mean error in days of who knows all but luck, and of the last two readings."""
    chance = np.random.default_rng(made.seed)
    parts = [_at(fleet, made, chance, origin) for origin in range(FIRST_ORIGIN, LAST_ORIGIN, STEP)]
    true, said, rule = (np.concatenate(column) for column in zip(*parts, strict=True))
    return true.size, mean_error(said, true), mean_error(rule, true)


def _at(fleet: Fleet, made: Made, chance: Generator, origin: int) -> tuple[Ints, Floats, Floats]:
    cars, plan = known(fleet, origin), plan_of(fleet)
    service, each = cars.service, np.arange(fleet.model.size)
    last = service.shape[1] - 1 - np.argmax(service[:, ::-1], axis=1)
    base, first = cars.day[each, last], cars.kind[each, last] == DELIVERY
    following, _ = next_service(fleet, origin)
    asked = service.any(axis=1) & (base > origin - EVERY) & (following < NEVER)
    on = np.flatnonzero(asked & (fleet.lost_on > origin))
    rule = last_two(
        cars,
        np.where(first, plan.first_km, plan.km),
        np.where(first, plan.first_days, plan.days),
    )
    said = np.array([_comes(fleet, made, chance, int(car), origin) for car in on])
    return following[on], np.maximum(said, origin), np.maximum(base[on] + rule[on], origin)


def _comes(fleet: Fleet, made: Made, chance: Generator, car: int, origin: int) -> float:
    weekly = fleet.weekly[car]
    mine = fleet.service_day[(fleet.service_car == car) & (fleet.service_day <= origin)]
    last = int(mine.max()) if mine.size else int(fleet.delivered[car])
    last_km = float(np.interp(last, WEEK_DAYS, weekly))

    def reached(run: float) -> float:
        return float(np.interp(last_km + run, weekly, WEEK_DAYS, right=DAYS + 999.0))

    days = [
        fleet.owners[car].comes(chance, made, last, reached, is_first=not mine.size)
        for _ in range(TRIES)
    ]
    return float(np.median(days))


def main() -> None:
    """Prints it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cars", type=int, default=3_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    made = Made(cars=given.cars, seed=given.seed)
    many, least, rule = bound(make_fleet(made), made)
    print(f"{many} cars asked: {least:.1f} days, {1 - least / rule:.1%} below last two readings")


if __name__ == "__main__":
    main()
