"""The columns that a kind of sheet has, and how people head them. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcenter.web.sheets.errors import HeadingsMissing, HeadingTwice, MappingUnknown

LEFT_OUT = "-"
"""A column that is mapped to this is not read, whatever its heading."""


@dataclass(frozen=True)
class Column:
    """A column by its field, its headings, and an example for the template."""

    field: str
    zh: str
    en: str
    others: tuple[str, ...] = ()
    example: str = ""
    read_only: bool = False

    @property
    def heading(self) -> str:
        """As exports and the template write it."""
        return f"{self.zh} {self.en}"


def column_of(line: str) -> Column:
    """Out of "field|zh|en|other headings|example"; a field that ends with ! is not read."""
    field, zh, en, others, example = (piece.strip() for piece in line.split("|"))
    return Column(
        field.rstrip("!"), zh, en, tuple(others.split()), example, read_only=field.endswith("!")
    )


@dataclass(frozen=True)
class Headings:
    """Field -> index of its column, and the headings that nothing is known of."""

    at: Mapping[str, int]
    unknown: tuple[str, ...]

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """A row's cells by field."""
        return {field: row[index] for field, index in self.at.items()}


class Columns:
    """All columns of a kind of sheet; of each group in `needed` one must be there."""

    def __init__(self, columns: Sequence[Column], needed: Sequence[Sequence[str]]) -> None:
        self.all = list(columns)
        self.by_field = {column.field: column for column in columns}
        self._needed = needed
        self._known: dict[str, str] = {}
        for one in columns:
            for name in (one.field, one.zh, one.en, one.heading, *one.others):
                self._known.setdefault(_plain(name), one.field)

    def headings_of(self, headings: Sequence[str], mapping: Mapping[str, str]) -> Headings:
        """Whose column each is, in any order, case and spacing; `mapping` (heading -> field or a
        heading that is known, or "-" to leave the column out) goes before.

        Raises HeadingsMissing, HeadingTwice, MappingUnknown.
        """
        at: dict[str, int] = {}
        unknown = []
        fields = self.fields_of(headings, mapping)
        for index, (heading, field) in enumerate(zip(headings, fields, strict=True)):
            if field is None:
                # Columns without a heading hold notes at most.
                unknown += [heading[:80]] if heading else []
            elif field in at:
                raise HeadingTwice(heading=heading[:80], column=self.by_field[field].heading)
            else:
                at[field] = index
        for group in self._needed:
            if not at.keys() & set(group):
                raise HeadingsMissing(column=self.by_field[group[0]].heading)
        return Headings(at, tuple(unknown))

    def fields_of(self, headings: Sequence[str], mapping: Mapping[str, str]) -> list[str | None]:
        """The field of each heading; None where nothing is known of it, or it shall be left out.

        Raises MappingUnknown.
        """
        told = {_plain(heading): self._field_of(wanted) for heading, wanted in mapping.items()}
        plain = [_plain(heading) for heading in headings]
        return [told[one] if one in told else self._known.get(one) for one in plain]

    def template(self) -> tuple[list[str], list[str]]:
        """The headings, and one row as an example."""
        writable = [column for column in self.all if not column.read_only]
        return [one.heading for one in writable], [one.example for one in writable]

    def _field_of(self, wanted: str) -> str | None:
        if wanted == LEFT_OUT:
            return None
        field = wanted if wanted in self.by_field else self._known.get(_plain(wanted))
        if field is None:
            raise MappingUnknown(column=wanted[:80])
        return field


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """Lines "heading in the sheet=our column" as what `headings_of` takes; empty ones are left
    out."""
    pieces = (pair.rpartition("=") for pair in pairs if pair.strip())
    return {heading.strip(): wanted.strip() for heading, _, wanted in pieces}


def _plain(heading: str) -> str:
    """Without case, width, spaces, stars; what stands in brackets is kept with its letters."""
    narrow = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(sign for sign in narrow if sign.isalnum())
