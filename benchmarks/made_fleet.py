"""A fleet whose truth is known: who drives how far, when he has his car serviced, what is on
record.

Made from what owners do, not from what the model of `callcenter.outbound.due` supposes: use changes
by the week, with the season, with a new job or a second owner; some come by the sticker, some by
the kilometres alone, some each spring and autumn whatever the car has run, some late and later
still; services are left out, or done elsewhere; some owners are gone for good.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.made_odometer import ReadingFaults, as_written

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEEKS = 9 * 52
DAYS = WEEKS * 7
KINDS = ("first_service", "maintenance", "repair")
MODELS = (
    # name, energy, km, months, first km, first months, how much it is driven
    ("S3", "petrol", 5_000, 6, 3_000, 3, 1.0),
    ("S5", "petrol", 10_000, 12, 5_000, 6, 0.95),
    ("X5", "petrol", 10_000, 12, 5_000, 6, 1.1),
    ("D7", "diesel", 7_500, 6, 5_000, 6, 1.6),
    ("H5", "plug_in_hybrid", 10_000, 12, 5_000, 6, 1.05),
    ("E1", "electric", 20_000, 12, 10_000, 6, 0.8),
    ("E5", "electric", 20_000, 24, 5_000, 6, 1.2),
)


@dataclass(frozen=True)
class Made:
    """What the generator goes by; other values make another country."""

    cars: int = 8_000
    seed: int = 1
    # Commuter, week-end, mixed, rural or trade, ride-hailing: share and km a day.
    uses: tuple[tuple[float, float], ...] = (
        (0.40, 34.0),
        (0.22, 16.0),
        (0.22, 48.0),
        (0.11, 75.0),
        (0.05, 190.0),
    )
    regions: int = 12
    region_spread: float = 0.22
    owner_spread: float = 0.28
    week_spread: float = 0.35
    week_memory: float = 0.80
    season: float = 0.18
    changes_a_year: float = 0.18
    change_spread: float = 0.40
    second_owner_a_year: float = 0.03
    # By the sticker, by km of his own, by the calendar of his own, late.
    habits: tuple[float, float, float, float] = (0.48, 0.20, 0.16, 0.16)
    lag_days: float = 9.0
    late_days: float = 50.0
    left_out: float = 0.04
    elsewhere: float = 0.10
    # Repairs, accidents and recalls together.
    others_a_year: float = 0.7
    lost_early: float = 0.03
    lost_late: float = 0.10
    faults: ReadingFaults = field(default_factory=ReadingFaults)

    def other(self, **changes: object) -> "Made":
        """The same with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Visits:
    """What the workshops wrote down, one row for each visit, ordered by car and day."""

    car: Ints
    day: Ints
    km: Floats
    kind: Ints


@dataclass(frozen=True)
class Fleet:
    """The record, and beside it the truth: each service done anywhere, and when an owner left."""

    model: Ints
    region: Ints
    delivered: Ints
    visits: Visits
    service_car: Ints
    service_day: Ints
    service_here: NDArray[np.bool_]
    lost_on: Ints
    """DAYS where he is still ours."""
    weekly: Floats
    """Kilometres since the first week, cars x (WEEKS + 1)."""
    owners: Sequence["Owner"]


def make_fleet(made: Made) -> Fleet:
    """The fleet of these values; the same seed makes the same fleet."""
    chance = np.random.default_rng(made.seed)
    model = chance.integers(0, len(MODELS), made.cars)
    region = chance.choice(made.regions, made.cars, p=_uneven(made.regions))
    delivered = chance.integers(0, DAYS - 400, made.cars)
    odometer = _odometer(chance, made, model, region)
    lives = [
        _life(chance, made, odometer[car], delivered[car], model[car]) for car in range(made.cars)
    ]
    visits = [(car, *visit) for car, life in enumerate(lives) for visit in life.visits]
    services = [(car, *service) for car, life in enumerate(lives) for service in life.services]
    car, day, km, kind = (np.array(column) for column in zip(*visits, strict=True))
    s_car, s_day, s_here = (np.array(column) for column in zip(*services, strict=True))
    order = np.lexsort((day, car))
    written = as_written(chance, made.faults, car[order], day[order], km[order].astype(float))
    return Fleet(
        model=model,
        region=region,
        delivered=delivered,
        visits=Visits(car[order], day[order], written, kind[order]),
        service_car=s_car,
        service_day=s_day,
        service_here=s_here.astype(bool),
        lost_on=np.array([life.lost_on for life in lives]),
        weekly=odometer,
        owners=[life.owner for life in lives],
    )


def _uneven(many: int) -> Floats:
    shares = 1.0 / np.arange(1, many + 1) ** 0.7
    result: Floats = shares / shares.sum()
    return result


def _odometer(chance: Generator, made: Made, model: Ints, region: Ints) -> Floats:
    """Kilometres since the first week for each car and week: cars x (WEEKS + 1)."""
    cars = made.cars
    share = np.array([one for one, _ in made.uses])
    daily = np.array([km for _, km in made.uses])
    by_region = np.exp(chance.normal(0, made.region_spread, made.regions))
    by_model = np.array([row[6] for row in MODELS])
    first = daily[chance.choice(len(share), cars, p=share)]
    second = daily[chance.choice(len(share), cars, p=share)]
    own = np.exp(chance.normal(0, made.owner_spread, cars))
    weeks = np.arange(WEEKS)
    handed_over = chance.exponential(52 / max(made.second_owner_a_year, 1e-9), cars)
    use = np.where(weeks[None, :] < handed_over[:, None], first[:, None], second[:, None])
    steps = chance.random((cars, WEEKS)) < made.changes_a_year / 52
    level = np.cumsum(steps * chance.normal(0, made.change_spread, (cars, WEEKS)), axis=1)
    noise = np.empty((cars, WEEKS))
    noise[:, 0] = chance.normal(0, made.week_spread, cars)
    fresh = made.week_spread * np.sqrt(1 - made.week_memory**2)
    for week in range(1, WEEKS):
        noise[:, week] = made.week_memory * noise[:, week - 1] + chance.normal(0, fresh, cars)
    turning = 2 * np.pi * (weeks % 52) / 52
    # Far trips at New Year and in summer, little in the cold; more so in some regions.
    wave = np.sin(turning - 1.0) + 0.8 * np.exp(-((weeks % 52 - 5) ** 2) / 4.0)
    strength = made.season * chance.uniform(0.4, 1.6, made.regions)[region]
    km = use * (own * by_region[region] * by_model[model])[:, None]
    km = km * np.exp(level + noise + strength[:, None] * wave[None, :]) * 7.0
    km[chance.random((cars, WEEKS)) < 0.03] = 0.0
    return np.concatenate([np.zeros((cars, 1)), np.cumsum(km, axis=1)], axis=1)


@dataclass
class _Life:
    """What became of one car."""

    visits: list[tuple[int, float, int]]
    services: list[tuple[int, bool]]
    lost_on: int
    owner: "Owner"


def _life(chance: Generator, made: Made, weekly: Floats, delivered: int, model: int) -> _Life:
    owner = Owner.made(chance, made, model)
    weeks = np.arange(WEEKS + 1) * 7.0
    begin = float(np.interp(delivered, weeks, weekly))
    life = _Life([], [], DAYS, owner)
    last, last_km, is_first = delivered, begin, True

    def reached(run: float) -> float:
        return float(np.interp(last_km + run, weekly, weeks, right=DAYS + 999.0))

    while True:
        day = owner.comes(chance, made, last, reached, is_first=is_first)
        if day >= DAYS:
            break
        at_km = float(np.interp(day, weeks, weekly))
        here = bool(chance.random() >= owner.elsewhere)
        life.services.append((day, here))
        if here:
            life.visits.append((day, at_km - begin, 0 if is_first else 1))
        last, last_km, is_first = day, at_km, False
        if chance.random() < (made.lost_late if day - delivered > 3 * 365 else made.lost_early):
            life.lost_on = day + 1
            break
    end = min(life.lost_on, DAYS)
    others = chance.poisson(made.others_a_year * (end - delivered) / 365)
    for at in chance.integers(delivered + 5, max(end, delivered + 6), others):
        life.visits.append((int(at), float(np.interp(at, weeks, weekly)) - begin, 2))
    return life


@dataclass(frozen=True)
class Owner:
    """What an owner goes by; `habit` is a place in `Made.habits`."""

    model: int
    habit: int
    own_km: float
    day_of_half_year: int
    leaves_out: float
    elsewhere: float

    @classmethod
    def made(cls, chance: Generator, made: Made, model: int) -> "Owner":
        return cls(
            model=model,
            habit=int(chance.choice(4, p=made.habits)),
            own_km=MODELS[model][2] * float(np.exp(chance.normal(0.0, 0.22))),
            day_of_half_year=int(chance.integers(0, 182)),
            leaves_out=float(chance.beta(1.0, 1.0 / made.left_out - 1.0)),
            elsewhere=float(chance.beta(0.6, 0.6 * (1.0 / made.elsewhere - 1.0))),
        )

    def comes(
        self,
        chance: Generator,
        made: Made,
        last: int,
        reached: Callable[[float], float],
        *,
        is_first: bool,
    ) -> int:
        """The day of his next service; `reached` says when so many more kilometres are run."""
        _, _, km, months, first_km, first_months, _ = MODELS[self.model]
        by_km, by_time = (first_km, first_months) if is_first else (km, months)
        sticker = min(reached(by_km), last + by_time * 30.44)
        wanted = sticker if is_first else self._wanted(sticker, last, reached, months)
        late = made.late_days if self.habit == 3 else made.lag_days
        lag = chance.gamma(1.5, late / 1.5)
        early = chance.gamma(1.2, 6.0) if self.habit in (0, 1) else 0.0
        day = int(max(wanted + lag - early, last + 20))
        if chance.random() < self.leaves_out:
            day += int(chance.uniform(0.4, 1.0) * max(sticker - last, 30.0))
        return day

    def _wanted(
        self, sticker: float, last: int, reached: Callable[[float], float], months: int
    ) -> float:
        if self.habit == 1:
            return min(reached(self.own_km), last + 730.0)
        if self.habit == 2:
            rest, year = (150.0, 182) if months <= 6 else (300.0, 365)
            return last + rest + (self.day_of_half_year - last - rest) % year
        return sticker
