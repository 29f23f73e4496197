"""A few dozen owners with cars and a past, drawn by lot, in memory and as rows."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA

STATIONS = 3
CAMPAIGNS = 2
MODELS = ("骏捷", "V5", "x'; drop table owners; --", "尊驰")
CITIES = ("沈阳", "大连", '" or 1=1', "")
PROVINCES = ("LN", "JL", "BJ", "")
VISIT_KINDS = ("first_service", "maintenance", "repair", "accident", "recall")
TICKET_KINDS = ("complaint", "technical", "enquiry")
OUTCOMES = (None, "answered", "booked", "no_answer")


def of(kind: int, number: int) -> UUID:
    """The id of the so-manieth station, owner, car ..."""
    return UUID(f"01900000-000{kind}-7000-8000-{number:012x}")


@dataclass
class Visit:
    on: date
    kind: str
    station: int
    amount: int | None


@dataclass
class Car:
    number: int
    model: str
    energy: str | None
    plate: str | None
    delivered: date | None
    is_gone: bool
    due: tuple[date, date, date] | None
    ours: float
    booked: list[str] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return of(4, self.number)


@dataclass
class Ticket:
    kind: str
    is_open: bool
    opened: datetime
    closed: datetime | None
    drill: bool
    score: int | None
    rated: datetime


@dataclass
class Contact:
    at: datetime
    campaign: int | None
    outcome: str | None
    state: str
    purpose: str


@dataclass
class Promise:
    state: str
    promised: datetime
    settled: datetime | None


@dataclass
class Owner:
    number: int
    tier: int
    province: str
    city: str
    language: str
    birthday: tuple[str, int, int] | None
    wedding: date | None
    email: str | None
    profiling: bool
    phones: int
    granted: list[str]
    refused: list[str]
    silent: list[str]
    cars: list[Car] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return of(2, self.number)

    @property
    def driven(self) -> list[Car]:
        """Those that are there, the one that is asked first before the others."""
        never = date.max
        there = [car for car in self.cars if not car.is_gone]
        there.sort(key=lambda car: car.id, reverse=True)
        there.sort(key=lambda car: car.delivered or date.min, reverse=True)
        return sorted(there, key=lambda car: car.due[1] if car.due else never)


def drawn(seed: int, owners: int, now: datetime) -> list[Owner]:
    """As chance has it, crowded around the days that rules ask for."""
    chance = random.Random(seed)
    today = now.astimezone(CHINA).date()
    people = [_owner(chance, number, today) for number in range(owners)]
    for number in range(owners * 5 // 4):
        _give(people, _car(chance, number, today), chance)
    for owner in people:
        owner.tickets = _some(chance, 2, lambda: _ticket(chance, now))
        owner.contacts = _some(chance, 2, lambda: _contact(chance, now))
        owner.promises = _some(chance, 2, lambda: _promise(chance, now))
    return people


def _some(chance: random.Random, most: int, make: Callable[[], Any]) -> list[Any]:
    return [make() for _ in range(chance.randint(0, most))]


def _give(people: list[Owner], car: Car, chance: random.Random) -> None:
    """To one, or to two who share it; who has none has none by chance."""
    for owner in chance.sample(people, k=chance.choice((1, 1, 1, 2))):
        owner.cars.append(car)


def _maybe(chance: random.Random, value: Any, part: float = 0.7) -> Any:
    return value if chance.random() < part else None


def _owner(chance: random.Random, number: int, today: date) -> Owner:
    day = today + timedelta(days=chance.randint(-3, 12))
    birthday = (chance.choice(("solar", "solar", "lunar")), day.month, day.day)
    # What is drawn hangs on no day: the town has everybody it needs at the end of a month, too.
    wedding = _maybe(chance, date(today.year - chance.randint(0, 25), day.month, min(day.day, 28)))
    codes = [f"{p}:{c}" for p in ("marketing", "greeting") for c in ("call", "text", "email")]
    return Owner(
        number,
        chance.randint(0, 3),
        chance.choice(PROVINCES),
        chance.choice(CITIES),
        chance.choice(("zh", "en")),
        _maybe(chance, birthday),
        wedding,
        _maybe(chance, f"o{number}@example.invalid", 0.5),
        chance.random() < 0.2,
        chance.choice((0, 1, 1, 2)),
        [code for code in codes if chance.random() < 0.5],
        [code for code in codes if chance.random() < 0.1],
        [one for one in ("call", "text") if chance.random() < 0.1],
    )


def _car(chance: random.Random, number: int, today: date) -> Car:
    middle = today + timedelta(days=chance.randint(-40, 40))
    due = (middle - timedelta(days=10), middle, middle + timedelta(days=20))
    months = chance.randint(0, 40) * 30 + chance.randint(-3, 3)
    car = Car(
        number,
        chance.choice(MODELS),
        _maybe(chance, chance.choice(("petrol", "electric"))),
        _maybe(chance, f"{chance.choice('辽吉京')}A{number:05}"),
        _maybe(chance, today - timedelta(days=max(months, 0)), 0.8),
        chance.random() < 0.1,
        _maybe(chance, due, 0.8),
        chance.choice((0.1, 0.25, 0.5, 0.75, 1.0)),
        [kind for kind in VISIT_KINDS if chance.random() < 0.1],
    )
    car.visits = _some(chance, 3, lambda: _visit(chance, today))
    return car


def _visit(chance: random.Random, today: date) -> Visit:
    on = today - timedelta(days=chance.choice((0, 1, 29, 30, 31, 89, 90, 91, 180, 400)))
    amount = _maybe(chance, chance.choice((0, 500, 1000, 2500)))
    return Visit(on, chance.choice(VISIT_KINDS), chance.randrange(STATIONS), amount)


def _ticket(chance: random.Random, now: datetime) -> Ticket:
    opened = now - timedelta(days=chance.choice((1, 5, 29, 31, 100)), hours=1)
    is_open = chance.random() < 0.5
    score = None if is_open else _maybe(chance, chance.randint(1, 5))
    closed = None if is_open else opened + timedelta(hours=chance.randint(1, 20))
    kind, drill = chance.choice(TICKET_KINDS), chance.random() < 0.1
    return Ticket(kind, is_open, opened, closed, drill, score, opened)


def _contact(chance: random.Random, now: datetime) -> Contact:
    return Contact(
        now - timedelta(days=chance.choice((1, 6, 8, 29, 31)), hours=1),
        _maybe(chance, chance.randrange(CAMPAIGNS)),
        chance.choice(OUTCOMES),
        chance.choice(("reserved", "said", "unknown", "void")),
        chance.choice(("marketing", "contract")),
    )


def _promise(chance: random.Random, now: datetime) -> Promise:
    since = now - timedelta(days=chance.choice((1, 6, 8, 29, 31)), hours=1)
    state = chance.choice(("open", "kept", "broken"))
    before = timedelta(days=chance.choice((0, 3)))
    return (
        Promise("open", since, None) if state == "open" else Promise(state, since - before, since)
    )


NOW = datetime.now(UTC).replace(microsecond=0)
