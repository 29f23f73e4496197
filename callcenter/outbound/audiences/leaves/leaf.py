"""What every condition has: whom it is about, and the parts it is looked up by. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Protocol

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from callcenter.clock import CHINA

MOST_VALUES = 100
MOST_DAYS = 3660


class Subject(StrEnum):
    """What a condition is true of: the owner, or one of his cars."""

    OWNER = "owner"
    CAR = "car"


class Days(Protocol):
    """Which birthdays, as calendar -> month * 100 + day, fall on the days from `first` to `last`.

    Feb 29 and the 30th of a short lunar month fall on the last day there is.
    """

    def __call__(self, first: date, last: date) -> Mapping[str, list[int]]: ...


@dataclass(frozen=True)
class At:
    """When a rule is asked: one moment, and the birthdays of the days that follow."""

    now: datetime
    days: Days

    @property
    def today(self) -> date:
        """China's."""
        return self.now.astimezone(CHINA).date()

    def ago(self, days: int) -> datetime:
        """So many days before now."""
        return self.now - timedelta(days=days)

    def months_ago(self, months: int) -> date:
        """The same day so many months ago, or the last day of that month."""
        total = self.today.year * 12 + self.today.month - 1 - months
        first_behind = date((total + 1) // 12, (total + 1) % 12 + 1, 1)
        last = first_behind - timedelta(days=1)
        return last.replace(day=min(self.today.day, last.day))

    def next_days(self, days: int) -> Mapping[str, list[int]]:
        """The birthdays from today on, `days` days further."""
        return self.days(self.today, self.today + timedelta(days=days))

    def anniversary(self, days: int) -> dict[str, Any]:
        """Values of what comes round within so many days: less than a year, so that what was
        before today comes round for the first time or a later one."""
        return {"days": self.next_days(days).get("solar", []), "today": self.today}


@dataclass(frozen=True)
class Atom:
    """One text of fragments.sql with its values; `negated`: that it is not so."""

    fragment: str
    values: Mapping[str, Any]
    negated: bool = False


class Part(BaseModel):
    """Base of all that a rule is made of."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Leaf(Part):
    """A condition. All its atoms must hold; the fact behind it is the first one's. `is_habit`:
    reckoned from how he drives, comes and pays, and not from what he has told us or when."""

    subject: ClassVar[Subject] = Subject.OWNER
    is_habit: ClassVar[bool] = False

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Unless said otherwise: the text named as its kind, with its fields."""
        values = {name: _plain(value) for name, value in self if name != "kind"}
        return (Atom(self.model_dump()["kind"], values),)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _sayable(text: str) -> str:
    if "\0" in text:
        raise ValueError("a sign that cannot be kept")
    return text


Word = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_sayable)]
DaySpan = Annotated[int, Field(ge=1, le=MOST_DAYS)]
Soon = Annotated[int, Field(ge=0, le=60, description="0 is today alone")]
Months = Annotated[int, Field(ge=1, le=240)]
