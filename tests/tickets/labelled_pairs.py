"""Pairs of reports of which it is known whether they are one breakdown: made up, seeded.

What each kind of caller knows of the car follows what the desk's callers say: a driver nearly
always his plate, a passenger more often the model than the plate, a passer-by what he can see.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from callcenter.tickets.same_breakdown import Report

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
METRE = 1 / 111_195
MODELS = ("骏捷FRV", "V5", "H530", "Brilliance V7", "尊驰", "H330", "酷宝", "海狮")
KNOWS = {"driver": (0.97, 0.97), "passenger": (0.6, 0.9), "passer_by": (0.35, 0.5)}
"""Who -> how often he tells the plate, and the model."""


@dataclass(frozen=True)
class Pair:
    """Two reports, what story they are from, and whether they are one breakdown."""

    story: str
    one: Report
    other: Report
    is_same: bool


@dataclass
class Maker:
    """Cars, places and callers out of one die."""

    dice: random.Random
    count: int = 0

    def car(self, model: str | None = None) -> Report:
        """All there is to know of a car somewhere in the country, and its owner's phone."""
        self.count += 1
        where = (self.dice.uniform(22, 45), self.dice.uniform(103, 125))
        return Report(
            at=NOON + timedelta(minutes=self.dice.uniform(0, 600)),
            vin=f"VIN{self.count}",
            plate=f"辽A{self.count:05d}",
            model=model or self.dice.choice(MODELS),
            phones=frozenset({self.phone()}),
            places=(where,),
        )

    def phone(self) -> str:
        self.count += 1
        return f"+86138{self.count:08d}"

    def told(
        self, car: Report, by: str, *, registered: bool = False, late_min: float = 0
    ) -> Report:
        """What this caller says of the car, so many minutes after it stopped."""
        plate, model = KNOWS[by]
        return replace(
            car,
            at=car.at + timedelta(minutes=late_min),
            vin=car.vin if registered else "",
            plate=car.plate
            if registered
            else self.heard(car.plate)
            if self.dice.random() < plate
            else "",
            model=self.as_said(car.model) if self.dice.random() < model else "",
            phones=car.phones if by == "driver" else frozenset({self.phone()}),
            places=(self.off(car.places[0], self.error_m(by)),),
        )

    def heard(self, plate: str) -> str:
        """One plate in fifty is taken down with a wrong sign at its end."""
        return f"{plate[:-1]}X" if self.dice.random() < 0.02 else plate

    def as_said(self, model: str) -> str:
        """Shorter now and then, and one in fifty is called another."""
        if self.dice.random() < 0.02:
            return self.dice.choice(MODELS)
        return model.split()[-1].lower() if self.dice.random() < 0.3 else model

    def error_m(self, by: str) -> float:
        """One place in twenty is no better than a mast's."""
        if self.dice.random() < 0.05:
            return 400
        return 150 if by == "passer_by" else 60

    def off(self, place: tuple[float, float], sigma_m: float) -> tuple[float, float]:
        return tuple(p + self.dice.gauss(0, sigma_m) * METRE for p in place)  # type: ignore[return-value]

    def beside(self, car: Report, within_m: float, model: str | None = None) -> Report:
        """Another car that stands so near to this one."""
        other = self.car(model)
        places = (self.off(car.places[0], within_m),)
        return replace(other, at=car.at, places=places)

    def soon(self, mean_min: float) -> float:
        return self.dice.expovariate(1 / mean_min)


def driver_and_passenger(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    registered = m.dice.random() < 0.7
    return m.told(car, "driver", registered=registered), m.told(
        car, "passenger", late_min=m.soon(5)
    )


def second_phone(m: Maker) -> tuple[Report, Report]:
    """The owner's other number, or his wife's that is on his record."""
    car = m.car()
    again = m.told(car, "driver", late_min=m.soon(15))
    return m.told(car, "driver"), replace(again, phones=again.phones | {m.phone()})


def the_app(m: Maker) -> tuple[Report, Report]:
    """A machine knows the car and the place exactly; the driver rings because nobody answered."""
    car = m.car()
    by_app = replace(car, phones=frozenset(), places=(m.off(car.places[0], 10),))
    return by_app, m.told(car, "driver", registered=m.dice.random() < 0.7, late_min=m.soon(8))


def passer_by(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    return m.told(car, "driver", registered=m.dice.random() < 0.7), m.told(
        car, "passer_by", late_min=m.soon(6)
    )


def rings_again_without_a_place(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    again = m.told(car, "driver", late_min=m.soon(25))
    return m.told(car, "driver"), replace(again, places=())


def the_place_was_wrong_at_first(m: Maker) -> tuple[Report, Report]:
    """Said 3 km off; the car is the same."""
    car = m.car()
    wrong = replace(car, places=(m.off(car.places[0], 3000),))
    return m.told(wrong, "driver", registered=True), m.told(
        car, "driver", registered=True, late_min=m.soon(10)
    )


def two_cars_of_one_accident(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    return m.told(car, "driver"), m.told(m.beside(car, 20), "driver", late_min=m.soon(4))


def a_convoy_of_one_model(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    other = m.beside(car, 100, model=car.model)
    return m.told(car, "driver"), m.told(other, "driver", late_min=m.soon(5))


def the_same_owner_a_week_later(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    return m.told(car, "driver", registered=True), m.told(
        car, "driver", registered=True, late_min=7 * 24 * 60
    )


def a_family_with_two_cars(m: Maker) -> tuple[Report, Report]:
    """One number on record; the other car breaks down elsewhere the same day."""
    car, other = m.car(), m.car()
    phones = car.phones
    return m.told(car, "driver", registered=True), replace(
        m.told(replace(other, at=car.at), "driver", late_min=m.soon(120)), phones=phones
    )


def the_other_carriageway(m: Maker) -> tuple[Report, Report]:
    car = replace(m.car(), road="G1", towards="up")
    other = replace(m.beside(car, 60), road="G1", towards="down")
    return m.told(car, "driver"), m.told(other, "passenger", late_min=m.soon(10))


def a_service_area(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    return m.told(car, "driver"), m.told(m.beside(car, 150), "driver", late_min=m.soon(20))


def the_same_kilometre_an_hour_later(m: Maker) -> tuple[Report, Report]:
    car = m.car()
    late = 31 + m.soon(60)
    return m.told(car, "driver"), m.told(m.beside(car, 100), "passer_by", late_min=late)


def strangers(m: Maker) -> tuple[Report, Report]:
    """One city, one hour, nothing in common."""
    car = m.car()
    return m.told(car, "driver"), m.told(m.beside(car, 8000), "driver", late_min=m.soon(30))


Story = Callable[[Maker], tuple[Report, Report]]
SAME: dict[Story, int] = {
    driver_and_passenger: 700,
    second_phone: 400,
    the_app: 400,
    passer_by: 300,
    rings_again_without_a_place: 200,
    the_place_was_wrong_at_first: 100,
}
TWO: dict[Story, int] = {
    two_cars_of_one_accident: 300,
    a_convoy_of_one_model: 100,
    the_same_owner_a_week_later: 200,
    a_family_with_two_cars: 200,
    the_other_carriageway: 100,
    a_service_area: 200,
    the_same_kilometre_an_hour_later: 200,
    strangers: 1200,
}


def labelled(seed: int) -> Iterator[Pair]:
    """Some 4,600 pairs, the same at each run."""
    maker = Maker(random.Random(seed))
    for is_same, stories in ((True, SAME), (False, TWO)):
        for story, times in stories.items():
            for _ in range(times):
                yield Pair(story.__name__, *story(maker), is_same=is_same)
