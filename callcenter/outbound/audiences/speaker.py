"""Says parts of a condition in one language. Pure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from callcenter.outbound.audiences.codes import said

Names = Mapping[UUID, str]
"""Of the stations, campaigns and audiences that a rule names."""


class Speaker:
    """One language, and `names` of what conditions name by id."""

    def __init__(self, language: str, names: Names | None = None) -> None:
        self.language = language
        self.names = names or {}

    def say(self, zh: str, en: str) -> str:
        """The one or the other."""
        return en if self.language == "en" else zh

    def one_of(self, words: Sequence[str]) -> str:
        """One of these."""
        if self.language != "en":
            return "、".join(words)
        return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

    def codes(self, table: str, codes: Sequence[object]) -> str:
        """One of these codes, in words."""
        return self.one_of([said(table, one, self.language) for one in codes])

    def named(self, ids: Sequence[UUID]) -> str:
        """One of these, by name."""
        return self.one_of([self.names.get(one, "?") for one in ids])

    def days(self, number: int) -> str:
        """So many days."""
        return self.say(f"{number} 天", f"{number} day{'s' if number != 1 else ''}")

    def months(self, number: int) -> str:
        """So many months, whole years as such."""
        if number and number % 12 == 0:
            years = number // 12
            return self.say(f"{years} 年", f"{years} year{'s' if years != 1 else ''}")
        return self.say(f"{number} 个月", f"{number} month{'s' if number != 1 else ''}")

    def soon(self, days: int) -> str:
        """Today, or within so many days."""
        if days == 0:
            return self.say("在今天", "is today")
        return self.say(f"在 {days} 天内", f"is within {self.days(days)}")

    def compared(self, compared: str) -> str:
        """At least, at most."""
        return self.say(
            *{"at_least": ("至少", "at least"), "at_most": ("至多", "at most")}[compared]
        )
