"""The same rules by plain Python over the population: what the database is compared with."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.customers.days.model import Birthday, Calendar, next_birthday
from callcenter.outbound.audiences.model import AllOf, AnyOf, NoneOf
from tests.outbound.audiences.population import Car, Owner, Visit, of

OF_CAR = {
    *("model", "energy", "plate", "car_age", "delivery_day", "due", "due_passed", "still_ours"),
    *("booking", "never_came", "last_visit", "visit_count", "visit_amount"),
}


class Oracle:
    """Asked at one moment; `others`: rules by audience; `lot`: the drawn number of an owner."""

    def __init__(
        self,
        people: list[Owner],
        now: datetime,
        others: dict[UUID, Any],
        lot: Callable[[UUID, str], float],
    ) -> None:
        self.people, self.now, self.others, self.lot = people, now, others, lot
        self.today = now.astimezone(CHINA).date()

    def found(self, rule: Any) -> dict[UUID, UUID | None]:
        """Owner -> the car he is in it for."""
        return {
            owner.id: car
            for owner in self.people
            for car in [self._first(rule, owner)]
            if car is not False
        }

    def _first(self, rule: Any, owner: Owner) -> Any:
        cars: list[Car | None] = [*owner.driven]
        if asks_of_cars(rule):
            return next((car.id for car in cars if car and self.true(rule, owner, car)), False)
        car = cars[0] if cars else None
        return (car.id if car else None) if self.true(rule, owner, car) else False

    def true(self, part: Any, owner: Owner, car: Car | None) -> bool:
        """Whether this part holds for this owner with this car."""
        if isinstance(part, AllOf | AnyOf | NoneOf):
            held = [self.true(inner, owner, car) for inner in part.of]
            return {"all": all(held), "any": any(held), "none": not any(held)}[part.kind]
        answer = getattr(self, part.kind)(part, owner, car)
        return bool(answer)

    def tier(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return owner.tier in leaf.any_of

    def province(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return owner.province in leaf.any_of

    def city(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return owner.city in leaf.any_of

    def language(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return owner.language == leaf.language

    def birthday(self, leaf: Any, owner: Owner, _: Any) -> bool:
        if owner.birthday is None:
            return False
        if owner.birthday[0] == "lunar":
            birthday = Birthday(Calendar.LUNAR, *owner.birthday[1:])
            return next_birthday(birthday, self.today).on in self._next(leaf.within_days)
        return any(_comes_round(owner.birthday[1:], day) for day in self._next(leaf.within_days))

    def wedding_day(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return self._anniversary(owner.wedding, leaf.within_days)

    def delivery_day(self, leaf: Any, _: Any, car: Car) -> bool:
        return self._anniversary(car.delivered, leaf.within_days)

    def email(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return (owner.email is not None) == leaf.is_known

    def profiling_refused(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return owner.profiling == leaf.is_refused

    def audience(self, leaf: Any, owner: Owner, _: Any) -> bool:
        is_in = self._first(self.others[leaf.audience_id], owner) is not False
        return is_in == leaf.is_in

    def share(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return self.lot(owner.id, leaf.salt) < leaf.percent / 100

    def model(self, leaf: Any, _: Any, car: Car) -> bool:
        return car.model in leaf.any_of

    def energy(self, leaf: Any, _: Any, car: Car) -> bool:
        return car.energy in leaf.any_of

    def plate(self, leaf: Any, _: Any, car: Car) -> bool:
        return car.plate is not None and car.plate[0] in leaf.any_of

    def car_age(self, leaf: Any, _: Any, car: Car) -> bool:
        if car.delivered is None or car.delivered > self.today:
            return False
        low, high = leaf.at_least_months, leaf.at_most_months
        is_old = low is None or car.delivered <= self._months_ago(low)
        return is_old and (high is None or car.delivered > self._months_ago(high + 1))

    def due(self, leaf: Any, _: Any, car: Car) -> bool:
        if car.due is None:
            return False
        return leaf.from_days <= (car.due[1] - self.today).days <= leaf.to_days

    def due_passed(self, leaf: Any, _: Any, car: Car) -> bool:
        if car.due is None:
            return False
        day = car.due[("p10", "p50", "p90").index(leaf.quantile)]
        return (self.today - day).days >= leaf.days

    def still_ours(self, leaf: Any, _: Any, car: Car) -> bool:
        return car.due is not None and car.ours >= leaf.at_least

    def booking(self, leaf: Any, _: Any, car: Car) -> bool:
        has = any(not leaf.wanted or kind in leaf.wanted for kind in car.booked)
        return has == leaf.is_there

    def never_came(self, leaf: Any, _: Any, car: Car) -> bool:
        return not _counted(leaf, car)

    def last_visit(self, leaf: Any, _: Any, car: Car) -> bool:
        days = [(self.today - visit.on).days for visit in _counted(leaf, car)]
        if not days:
            return False
        return (min(days) <= leaf.days) == (leaf.when == "within")

    def visit_count(self, leaf: Any, _: Any, car: Car) -> bool:
        return _compared(leaf, len(self._recent(leaf, car)), leaf.number)

    def visit_amount(self, leaf: Any, _: Any, car: Car) -> bool:
        paid = sum(visit.amount or 0 for visit in self._recent(leaf, car))
        return _compared(leaf, paid, leaf.yuan)

    def ticket(self, leaf: Any, owner: Owner, _: Any) -> bool:
        since = self.now - timedelta(days=leaf.within_days)
        return any(
            (at := getattr(ticket, leaf.what)) is not None and at >= since and not ticket.drill
            for ticket in owner.tickets
            if not leaf.ticket_kinds or ticket.kind in leaf.ticket_kinds
        )

    def open_ticket(self, leaf: Any, owner: Owner, _: Any) -> bool:
        has = any(
            ticket.is_open and not ticket.drill
            for ticket in owner.tickets
            if not leaf.ticket_kinds or ticket.kind in leaf.ticket_kinds
        )
        return has == leaf.is_there

    def rating(self, leaf: Any, owner: Owner, _: Any) -> bool:
        since = self.now - timedelta(days=leaf.within_days)
        return any(
            one.score is not None and one.score <= leaf.at_most and one.rated >= since
            for one in owner.tickets
        )

    def contacted(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return self._contacted(leaf, owner, [outcome.value for outcome in leaf.outcomes])

    def not_contacted(self, leaf: Any, owner: Owner, _: Any) -> bool:
        return not self._contacted(leaf, owner, [])

    def _contacted(self, leaf: Any, owner: Owner, outcomes: list[str]) -> bool:
        since = self.now - timedelta(days=leaf.within_days)
        return any(
            one.at >= since and one.state != "void" and (not outcomes or one.outcome in outcomes)
            for one in owner.contacts
            if leaf.campaign_id is None
            or (one.campaign is not None and of(5, one.campaign) == leaf.campaign_id)
        )

    def promise(self, leaf: Any, owner: Owner, _: Any) -> bool:
        since = self.now - timedelta(days=leaf.within_days)
        return any(
            one.state == leaf.which and (one.settled or one.promised) >= since
            for one in owner.promises
        )

    def _recent(self, leaf: Any, car: Car) -> list[Visit]:
        after = self._months_ago(leaf.months)
        return [visit for visit in _counted(leaf, car) if visit.on > after]

    def _next(self, days: int) -> list[date]:
        return [self.today + timedelta(days=n) for n in range(days + 1)]

    def _anniversary(self, first: date | None, days: int) -> bool:
        if first is None:
            return False
        return any(
            day.year > first.year and _comes_round((first.month, first.day), day)
            for day in self._next(days)
        )

    def _months_ago(self, months: int) -> date:
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - months, 12)
        return date(year, month + 1, min(self.today.day, monthrange(year, month + 1)[1]))


def asks_of_cars(rule: Any) -> bool:
    """Whether one condition is about a car; those of audiences named are theirs."""
    if isinstance(rule, AllOf | AnyOf | NoneOf):
        return any(asks_of_cars(inner) for inner in rule.of)
    return rule.kind in OF_CAR


def _comes_round(month_day: tuple[int, int], day: date) -> bool:
    month, number = month_day
    last = monthrange(day.year, month)[1]
    return (day.month, day.day) == (month, min(number, last))


def _counted(leaf: Any, car: Car) -> list[Visit]:
    return [
        visit
        for visit in car.visits
        if (not leaf.visit_kinds or visit.kind in leaf.visit_kinds)
        and (not leaf.station_ids or of(1, visit.station) in leaf.station_ids)
    ]


def _compared(leaf: Any, found: float, asked: float) -> bool:
    return found >= asked if leaf.compared == "at_least" else found <= asked
