"""A tow, its destinations and the onward travel of its people: the rows, and what may follow."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing.towing.destination import DestinationKind, NotThere, PassedBy
from callcenter.routing.towing.errors import TowNotFound

SQL = load_queries(__file__)


class TowStage(StrEnum):
    """Where the car is: beside the road, on the truck, in a yard for the night, at its place."""

    PLANNED = "planned"
    LOADED = "loaded"
    IN_YARD = "in_yard"
    DELIVERED = "delivered"
    ENDED = "ended"


ON_THE_WAY = frozenset({TowStage.PLANNED, TowStage.LOADED})
UNDELIVERED = ON_THE_WAY | {TowStage.IN_YARD}


class OnwardKind(StrEnum):
    """How people travel on."""

    TAXI = "taxi"
    WITH_CAR = "with_car"
    HOTEL = "hotel"
    REPLACEMENT_CAR = "replacement_car"
    OWN = "own"


@dataclass(frozen=True)
class Tow:
    """One row of `tows`: the second leg of a dispatch."""

    id: UUID
    ticket_id: UUID
    dispatch_id: UUID
    stage: TowStage
    destination_id: UUID | None
    due_at: datetime | None
    began_at: datetime
    loaded_at: datetime | None
    in_yard_at: datetime | None
    delivered_at: datetime | None
    version: int


@dataclass(frozen=True)
class TowDestination:
    """One row of `tow_destinations`: where the car is taken, and the nearer places passed by."""

    id: UUID
    tow_id: UUID
    kind: DestinationKind
    station_id: UUID | None
    workshop_id: UUID | None
    place_words: str
    distance_m: float | None
    arrive_at: datetime | None
    opens_at: datetime | None
    deliver_by: datetime | None
    passed_by: tuple[PassedBy, ...]
    reason: str | None
    made_by: str
    made_at: datetime
    refused_at: datetime | None
    refused_by: str | None
    refusing_id: UUID | None
    refuse_reason: str | None
    proof_file: UUID | None

    @property
    def waits_until(self) -> datetime | None:
        """When the workshop opens at whose gate the truck waits; None: it does not wait."""
        return self.opens_at if self.kind is DestinationKind.WORKSHOP else None


@dataclass(frozen=True)
class OnwardTravel:
    """One row of `onward_travels`."""

    id: UUID
    ticket_id: UUID
    kind: OnwardKind
    persons: int
    note: str
    recorded_by: str
    recorded_at: datetime


def tow_of(row: Any) -> Tow:
    """A row of `tows` as the model."""
    return Tow(**(dict(row) | {"stage": TowStage(row["stage"])}))


def travel_of(row: Any) -> OnwardTravel:
    """A row of `onward_travels` as the model."""
    return OnwardTravel(**(dict(row) | {"kind": OnwardKind(row["kind"])}))


def destination_of(row: Any) -> TowDestination:
    """A row of `tow_destinations` as the model."""
    passed_by = tuple(
        PassedBy(UUID(one["station_id"]), one["distance_m"], tuple(map(NotThere, one["reasons"])))
        for one in json.loads(row["passed_by"])
    )
    fields = {"kind": DestinationKind(row["kind"]), "passed_by": passed_by}
    return TowDestination(**(dict(row) | fields))


async def get_tow(tx: Tx, tow_id: UUID) -> Tow:
    """The tow; raises TowNotFound."""
    row = await SQL.get_tow(tx.connection, id=tow_id)
    if row is None:
        raise TowNotFound
    return tow_of(row)


async def tow_of_dispatch(tx: Tx, dispatch_id: UUID) -> Tow | None:
    """The second leg of this dispatch, if there is one."""
    row = await SQL.tow_of_dispatch(tx.connection, dispatch_id=dispatch_id)
    return tow_of(row) if row else None


async def tows_of(tx: Tx, ticket_id: UUID) -> Sequence[Tow]:
    """The rescue's tows, the first one first."""
    return [tow_of(row) for row in await SQL.tows_of(tx.connection, ticket_id=ticket_id)]


async def latest(tx: Tx, ticket_id: UUID) -> Tow | None:
    """The rescue's last tow that has not ended without a car on it."""
    found = await tows_of(tx, ticket_id)
    return next((tow for tow in reversed(found) if tow.stage is not TowStage.ENDED), None)


async def travels_of(tx: Tx, ticket_id: UUID) -> Sequence[OnwardTravel]:
    """How the people of the rescue's car travel on."""
    rows = await SQL.onward_travels_of(tx.connection, ticket_id=ticket_id)
    return [travel_of(row) for row in rows]


async def destination(tx: Tx, tow: Tow) -> TowDestination | None:
    """The destination that counts now."""
    if tow.destination_id is None:
        return None
    return await get_destination(tx, tow.destination_id)


async def get_destination(tx: Tx, destination_id: UUID) -> TowDestination:
    """A destination of a tow, refused or not."""
    return destination_of(await SQL.get_destination(tx.connection, id=destination_id))


async def destinations_of(tx: Tx, tow: Tow) -> list[TowDestination]:
    """Every destination that was named, the first one first."""
    return [destination_of(row) for row in await SQL.destinations_of(tx.connection, tow_id=tow.id)]


async def insert_destination(
    tx: Tx, tow: Tow, actor: str, passed_by: Sequence[PassedBy], **fields: Any
) -> TowDestination:
    """Written down; it counts once the tow points to it."""
    passed = [
        {
            "station_id": str(one.station_id),
            "distance_m": round(one.distance_m, 1),
            "reasons": [reason.value for reason in one.reasons],
        }
        for one in passed_by
    ]
    unsaid: dict[str, Any] = dict.fromkeys(
        ("station_id", "workshop_id", "distance_m", "arrive_at", "opens_at", "deliver_by", "reason")
    )
    row = await SQL.insert_destination(
        tx.connection,
        id=new_id(),
        tow_id=tow.id,
        made_by=actor,
        passed_by=json.dumps(passed),
        **(unsaid | {"place_words": ""} | fields),
    )
    return destination_of(row)
