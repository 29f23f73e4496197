"""Conditions on the owner himself. Pure."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.outbound.audiences.leaves.leaf import MOST_VALUES, At, Atom, Leaf, Soon, Word
from callcenter.outbound.audiences.lots import lots_of, salt_number

TierNumber = Annotated[int, Field(ge=0, le=3)]
ProvinceCode = Annotated[str, Field(pattern=r"^([A-Z]{2})?$", description="'' is unknown")]


class TierIs(Leaf):
    """His tier is one of these."""

    kind: Literal["tier"] = "tier"
    any_of: tuple[TierNumber, ...] = Field(min_length=1, max_length=4)


class ProvinceIs(Leaf):
    """He lives in one of these provinces (codes)."""

    kind: Literal["province"] = "province"
    any_of: tuple[ProvinceCode, ...] = Field(min_length=1, max_length=40)


class CityIs(Leaf):
    """He lives in one of these cities, as they are written with him."""

    kind: Literal["city"] = "city"
    any_of: tuple[Word, ...] = Field(min_length=1, max_length=MOST_VALUES)


class LanguageIs(Leaf):
    """He is spoken to in this language."""

    kind: Literal["language"] = "language"
    language: Literal["zh", "en"]


class BirthdaySoon(Leaf):
    """His birthday, by the sun or the moon, is today or within so many days."""

    kind: Literal["birthday"] = "birthday"
    within_days: Soon

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """The days of both calendars, the moon's below zero."""
        days = at.next_days(self.within_days)
        numbers = [*days.get("solar", []), *(-day for day in days.get("lunar", []))]
        return (Atom("birthday", {"days": numbers}),)


class WeddingDaySoon(Leaf):
    """His wedding anniversary is today or within so many days."""

    kind: Literal["wedding_day"] = "wedding_day"
    within_days: Soon

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """Not the wedding itself: years behind it."""
        return (Atom("wedding_day", at.anniversary(self.within_days)),)


class HasEmail(Leaf):
    """An e-mail address of his is known, or none."""

    kind: Literal["email"] = "email"
    is_known: bool = True

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """One text for both."""
        return (Atom("email", {}, negated=not self.is_known),)


class ProfilingRefused(Leaf):
    """He does not want to be chosen by his habits, or has not said so."""

    kind: Literal["profiling_refused"] = "profiling_refused"
    is_refused: bool = True

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """One text for both."""
        return (Atom("profiling_refused", {}, negated=not self.is_refused),)


class InAudience(Leaf):
    """He is in another audience, or not in it."""

    kind: Literal["audience"] = "audience"
    audience_id: UUID
    is_in: bool = True


class DrawnShare(Leaf):
    """By lot, so many percent; the same words draw the same owners each time."""

    kind: Literal["share"] = "share"
    percent: float = Field(gt=0, le=100)
    salt: Word

    def atoms(self, at: At) -> tuple[Atom, ...]:
        """The lot as a number (lots.py)."""
        return (Atom("share", {"salt": salt_number(self.salt), "limit": lots_of(self.percent)}),)
