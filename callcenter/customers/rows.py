"""Rows of owners and cars as the model, and what was edited of them as columns. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from callcenter.customers.days.model import Birthday, Calendar
from callcenter.customers.model import Owner, Vehicle

_OF_A_ROW = Owner.__dataclass_fields__.keys() - {"birthday", "phones", "vehicles"}


def owner_of(row: Any, phones: Sequence[str], vehicles: Sequence[Vehicle]) -> Owner:
    """A row of `owners` with his numbers and cars."""
    fields = {name: row[name] for name in _OF_A_ROW}
    return Owner(
        **fields, birthday=birthday_of(row), phones=tuple(phones), vehicles=tuple(vehicles)
    )


def vehicle_of(row: Any) -> Vehicle:
    """A row of `vehicles` as the model."""
    return Vehicle(**{name: row[name] for name in Vehicle.__dataclass_fields__})


def birthday_of(row: Any) -> Birthday | None:
    """The birthday in a row of `owners`."""
    if row["birthday_calendar"] is None:
        return None
    return Birthday(Calendar(row["birthday_calendar"]), row["birthday_month"], row["birthday_day"])


def columns_of(owner: Owner, changes: dict[str, Any]) -> dict[str, Any]:
    """What can be edited of an owner, by column, as it is after these changes.

    A tier that is given is a person's from then on, unless it is handed back to the rules.
    """
    if "tier" in changes:
        changes = {"tier_set_by": "person"} | changes
    after = replace(owner, **changes)
    columns = {name: getattr(after, name) for name in EDITED if name != "birthday"}
    born = after.birthday
    return columns | {
        "birthday_calendar": born.calendar if born else None,
        "birthday_month": born.month if born else None,
        "birthday_day": born.day if born else None,
    }


EDITED = (
    *("name", "language", "remark", "tier", "tier_set_by", "province", "city", "email", "zone"),
    *("birthday", "wedding_on", "profiling_refused"),
)
EDITED_OF_A_CAR = (
    *("vin", "plate", "model", "energy", "weight_kg", "colour", "delivered_on", "gone_on"),
)
