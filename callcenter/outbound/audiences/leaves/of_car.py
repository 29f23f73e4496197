"""Conditions on a car: what it is, when it is due, whether it is expected. Pure."""

from datetime import timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from callcenter.outbound.audiences.leaves.leaf import (
    MOST_VALUES,
    At,
    Atom,
    Leaf,
    Soon,
    Subject,
    Word,
)

Energy = Literal["petrol", "diesel", "hybrid", "plug_in_hybrid", "electric"]
Quantile = Literal["p10", "p50", "p90"]
FromToday = Annotated[int, Field(ge=-3660, le=3660, description="days; before today: negative")]
AgeInMonths = Annotated[int, Field(ge=0, le=600)]


class OfCar(Leaf):
    """Base of what is true of one car."""

    subject: ClassVar[Subject] = Subject.CAR


class ModelIs(OfCar):
    """The car is one of these models."""

    kind: Literal["model"] = "model"
    any_of: tuple[Word, ...] = Field(min_length=1, max_length=MOST_VALUES)


class EnergyIs(OfCar):
    """What it drives with."""

    kind: Literal["energy"] = "energy"
    any_of: tuple[Energy, ...] = Field(min_length=1, max_length=5)


class PlateOf(OfCar):
    """Its plate begins with one of these signs of provinces."""

    kind: Literal["plate"] = "plate"
    any_of: tuple[Annotated[str, Field(pattern=r"^[\u4e00-\u9fff]$")], ...] = Field(
        min_length=1, max_length=40
    )


class CarAge(OfCar):
    """Months since it was delivered: at least, at most, or both."""

    kind: Literal["car_age"] = "car_age"
    at_least_months: AgeInMonths | None = None
    at_most_months: AgeInMonths | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        low, high = self.at_least_months, self.at_most_months
        if low is None and high is None:
            raise ValueError("at least or at most so many months")
        if low is not None and high is not None and low > high:
            raise ValueError("at least is more than at most")
        return self

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """As days of delivery; a car of 3 months and a day is not older than 3 months."""
        low, high = self.at_least_months, self.at_most_months
        values = {
            "latest": at.today if low is None else at.months_ago(low),
            "after": None if high is None else at.months_ago(high + 1),
        }
        return (Atom("car_age", values),)


class DeliveryDaySoon(OfCar):
    """The day it was delivered comes round today or within so many days."""

    kind: Literal["delivery_day"] = "delivery_day"
    within_days: Soon

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Not the delivery itself: years behind it."""
        return (Atom("delivery_day", at.anniversary(self.within_days)),)


class DueWithin(OfCar):
    """The next service is expected (P50) between these days."""

    is_habit: ClassVar[bool] = True
    kind: Literal["due"] = "due"
    from_days: FromToday
    to_days: FromToday

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if self.from_days > self.to_days:
            raise ValueError("the first day is behind the last")
        return self

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """As dates."""
        first, last = (at.today + timedelta(days=n) for n in (self.from_days, self.to_days))
        return (Atom("due", {"first": first, "last": last}),)


class DuePassed(OfCar):
    """The early, middle or late date of its next service lies at least so many days back."""

    is_habit: ClassVar[bool] = True
    kind: Literal["due_passed"] = "due_passed"
    quantile: Quantile
    days: Annotated[int, Field(ge=0, le=3660)] = 0

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """One text for each date."""
        limit = at.today - timedelta(days=self.days)
        return (Atom(f"due_passed_{self.quantile}", {"limit": limit}),)


class StillOurs(OfCar):
    """The chance that the owner still comes to us is at least this (0 to 1)."""

    is_habit: ClassVar[bool] = True
    kind: Literal["still_ours"] = "still_ours"
    at_least: float = Field(ge=0, le=1)


class HasBooking(OfCar):
    """It is expected at a station for one of these (all where none is named), or is not."""

    kind: Literal["booking"] = "booking"
    is_there: bool = True
    wanted: tuple[Literal["first_service", "maintenance", "repair", "accident", "recall"], ...] = (
        Field(default=(), max_length=5)
    )

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """One text for both."""
        return (Atom("booking", {"kinds": list(self.wanted)}, negated=not self.is_there),)
