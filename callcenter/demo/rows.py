"""Rows as the product would have written them, gathered for COPY: which columns, which ids."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.events import Fact

COLUMNS: Mapping[str, Sequence[str]] = {
    "owners": ("id", "name", "tier", "created_at", "version"),
    "owner_name_keys": ("key", "owner_id"),
    "contact_points": ("id", "e164"),
    "owner_contact_points": ("owner_id", "contact_point_id"),
    "vehicles": (*("id", "created_at", "vin", "plate", "model", "energy", "weight_kg", "colour"),),
    "owner_vehicles": ("owner_id", "vehicle_id"),
    "tickets": (
        *("id", "number", "kind", "stage", "priority", "expressway", "tier", "owner_id"),
        *("vehicle_id", "caller_name", "caller_phone", "assignee_id", "summary", "particulars"),
        *("place_id", "outcome", "opened_by", "opened_at", "stage_since", "closed_at", "version"),
    ),
    "ticket_name_keys": ("key", "ticket_id"),
    "ticket_notes": ("id", "ticket_id", "author", "words", "written_at"),
    "ticket_places": (
        *("id", "ticket_id", "lat", "lon", "source", "source_datum", "province", "state"),
        *("confirmed_by", "confirmed_at", "created_at"),
    ),
    "ladders": (
        *("ticket_id", "place_id", "rung", "urgent", "began_at", "deadline_at", "ended_at"),
    ),
    "offers": (
        *("id", "ticket_id", "station_id", "place_id", "round", "rung", "distance_m", "made_by"),
        *("state", "made_at", "expires_at", "seen_at", "ended_at", "ended_by"),
    ),
    "dispatches": (
        *("id", "ticket_id", "offer_id", "station_id", "truck_id", "stage", "eta_at"),
        *("accepted_at", "departed_at", "arrived_at", "ended_at", "end_reason", "last_sign_at"),
        "version",
    ),
    "calls": (
        *("id", "carrier_ref", "caller", "state", "ringing_at", "answered_at", "answered_by"),
        *("ended_at", "end_reason", "ticket_id", "version"),
    ),
    "events": ("id", "kind", "at", "actor", "ticket_id", "station_id", "roles", "facts"),
}

Tables = dict[str, list[tuple[Any, ...]]]
SPREAD = 2_654_435_761
"""Odd, so that different numbers stay different: ids that look like any others."""


def made_id(at: datetime, number: int) -> UUID:
    """A UUIDv7 of that moment, the same at every load; a number is given once."""
    milliseconds = int(at.timestamp() * 1000)
    rest = number * SPREAD % 2**62
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | rest)


class Rows:
    """What has been written since it was last taken."""

    def __init__(self, first_id: int) -> None:
        self._numbers = itertools.count(first_id)
        self._tables: Tables = {table: [] for table in COLUMNS}

    def new_id(self, at: datetime) -> UUID:
        """Of something that was made at this moment."""
        return made_id(at, next(self._numbers))

    def add(self, table: str, *values: Any) -> None:
        """One row, in the order of its columns."""
        self._tables[table].append(values)

    def record(
        self,
        at: datetime,
        fact: Fact,
        actor: str,
        ticket_id: UUID | None = None,
        station_id: UUID | None = None,
    ) -> None:
        """The fact as the event log holds it."""
        roles, facts = sorted(fact.roles), fact.model_dump_json()
        self.add(
            "events", self.new_id(at), fact.kind, at, actor, ticket_id, station_id, roles, facts
        )

    def take(self) -> Tables:
        """All of it, to be written; what comes after is gathered anew."""
        taken, self._tables = self._tables, {table: [] for table in COLUMNS}
        return taken
