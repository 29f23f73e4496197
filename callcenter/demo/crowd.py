"""As many made-up owners as wanted, with their cars, as rows; and who they are, for history."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.customers.events import OwnerAdded, VehicleAdded, VehicleLinked
from callcenter.demo import people
from callcenter.demo.load import ACTOR
from callcenter.demo.rows import Rows, Tables, made_id
from callcenter.names import name_keys

OLDEST = timedelta(days=6 * 365)
"""For so long the maker has had owners."""

OWNERS, NUMBERS, CARS, HISTORY = (kind << 48 for kind in range(4))
"""Where the numbers of each kind of id begin."""


@dataclass(frozen=True, slots=True)
class Car:
    """What a ticket says of it."""

    id: UUID
    plate: str
    energy: str


@dataclass
class Crowd:
    """The owners by number, from 1, in the order in which they came."""

    count: int
    until: datetime
    names: list[str] = field(default_factory=list)
    _cars: dict[int, list[Car]] = field(default_factory=lambda: defaultdict(list))

    def since(self, number: int) -> datetime:
        """When he became one."""
        return self.until - OLDEST * ((self.count - number + 1) / self.count)

    def known_by(self, at: datetime) -> int:
        """How many there were then; at least one."""
        return max(1, int(self.count * (1 - (self.until - at) / OLDEST)))

    def owner_id(self, number: int) -> UUID:
        """The same whenever it is asked for."""
        return made_id(self.since(number), OWNERS + number)

    def tier(self, number: int) -> int:
        """Few are gold, some silver."""
        return 3 if number % 200 == 0 else 2 if number % 40 == 0 else 1 if number % 10 == 0 else 0

    def cars(self, number: int) -> list[Car]:
        """Those that have been written."""
        return self._cars[number]

    def chunks(self, at_once: int) -> Iterator[tuple[int, Tables]]:
        """How many owners are in it, and their rows: each with his numbers, keys and cars."""
        rows = Rows(HISTORY + (1 << 47))
        second = {owner: (number, car) for owner, number, car in people.second_cars(self.count)}
        everybody = enumerate(people.owners(self.count), start=1)
        while some := list(itertools.islice(everybody, at_once)):
            for number, (name, phones, car) in some:
                cars = [(number, car), *([second[number]] if number in second else [])]
                self._owner(rows, number, name, phones)
                for car_number, fields in cars:
                    self._car(rows, number, car_number, fields)
            yield len(some), rows.take()

    def _owner(self, rows: Rows, number: int, name: str, phones: list[str]) -> None:
        owner_id, since = self.owner_id(number), self.since(number)
        has_two = number % people.OWNERS_A_SECOND_CAR == 0
        self.names.append(name)
        rows.add("owners", owner_id, name, self.tier(number), since, 3 if has_two else 2)
        for key in name_keys(name):
            rows.add("owner_name_keys", key, owner_id)
        for phone in phones:
            # A number that is shared is there already: its first owner came before.
            whose = number if phone == people.phone_of(number) else _owner_of(phone)
            point_id = made_id(self.since(whose), NUMBERS + whose)
            if whose == number:
                rows.add("contact_points", point_id, phone)
            rows.add("owner_contact_points", owner_id, point_id)
        rows.record(since, OwnerAdded(owner_id=owner_id), ACTOR)

    def _car(self, rows: Rows, owner: int, number: int, car: Mapping[str, Any]) -> None:
        since, owner_id = self.since(owner), self.owner_id(owner)
        vehicle_id = made_id(since, CARS + number)
        self._cars[owner].append(Car(vehicle_id, car["plate"], car["energy"]))
        fields = ("vin", "plate", "model", "energy", "weight_kg", "colour")
        rows.add("vehicles", vehicle_id, since, *(car[name] for name in fields))
        rows.add("owner_vehicles", owner_id, vehicle_id)
        rows.record(since, VehicleAdded(vehicle_id=vehicle_id), ACTOR)
        rows.record(since, VehicleLinked(owner_id=owner_id, vehicle_id=vehicle_id), ACTOR)


def _owner_of(phone: str) -> int:
    return int(phone[-8:])
