"""Rows of the routing room become models here and nowhere else."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.routing.choose import Considered, Rung, Travel
from callcenter.routing.errors import DispatchNotFound, OfferNotFound
from callcenter.routing.model import Dispatch, DispatchStage, Ladder, Offer, OfferState

SQL = load_queries(__file__)


def offer_of(row: Any) -> Offer:
    """A row of `offers` as the model."""
    fields = dict(row) | {
        "state": OfferState(row["state"]),
        "overruled": tuple(row["overruled"]),
    }
    return Offer(**fields)


def dispatch_of(row: Any) -> Dispatch:
    """A row of `dispatches` as the model."""
    return Dispatch(**(dict(row) | {"stage": DispatchStage(row["stage"])}))


def ladder_of(row: Any) -> Ladder:
    """A row of `ladders` as the model."""
    return Ladder(**(dict(row) | {"rung": Rung(row["rung"])}))


async def get_ladder(tx: Tx, ticket_id: UUID) -> Ladder | None:
    """The ladder of the rescue, None before its place is confirmed."""
    row = await SQL.get_ladder(tx.connection, ticket_id=ticket_id)
    return ladder_of(row) if row else None


async def get_offer(tx: Tx, offer_id: UUID) -> Offer:
    """The offer; raises OfferNotFound."""
    row = await SQL.get_offer(tx.connection, id=offer_id)
    if row is None:
        raise OfferNotFound
    return offer_of(row)


async def open_offers(tx: Tx, ticket_id: UUID) -> Sequence[Offer]:
    """Offers of the rescue that wait for an answer."""
    return [offer_of(r) for r in await SQL.open_offers_of(tx.connection, ticket_id=ticket_id)]


async def get_dispatch(tx: Tx, dispatch_id: UUID) -> Dispatch:
    """The dispatch; raises DispatchNotFound."""
    row = await SQL.get_dispatch(tx.connection, id=dispatch_id)
    if row is None:
        raise DispatchNotFound
    return dispatch_of(row)


async def live_dispatch(tx: Tx, ticket_id: UUID) -> Dispatch | None:
    """Who holds the rescue now."""
    row = await SQL.live_dispatch(tx.connection, ticket_id=ticket_id)
    return dispatch_of(row) if row else None


async def asked_stations(tx: Tx, ladder: Ladder) -> frozenset[UUID]:
    """Stations that this round has asked, and those that gave the rescue back."""
    rows = await SQL.asked_stations(tx.connection, ticket_id=ladder.ticket_id, round=ladder.round)
    return frozenset(row["station_id"] for row in rows)


async def open_offers_by_station(tx: Tx, station_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many offers wait at each station."""
    rows = await SQL.open_offers_by_station(tx.connection, station_ids=list(station_ids))
    return {row["station_id"]: row["open"] for row in rows}


async def busy_trucks(tx: Tx, truck_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these trucks serve a rescue now."""
    rows = await SQL.busy_trucks(tx.connection, truck_ids=list(truck_ids))
    return frozenset(row["truck_id"] for row in rows)


async def times_to(tx: Tx, place_id: UUID) -> dict[UUID, Travel]:
    """Station -> its way to the place, where a router has measured it."""
    rows = await SQL.travel_times_to(tx.connection, place_id=place_id)
    return {row["station_id"]: Travel(row["seconds"], row["method"]) for row in rows}


async def keep_times(tx: Tx, place_id: UUID, seconds: Mapping[UUID, float], method: str) -> None:
    """Write down what a router has measured; measured again, the newest counts."""
    await SQL.keep_travel_times(
        tx.connection,
        place_id=place_id,
        station_ids=list(seconds),
        seconds=list(seconds.values()),
        method=method,
    )


async def keep_choice(tx: Tx, ladder: Ladder, considered: Sequence[Considered]) -> None:
    """Write down who was considered, and why each was passed over."""
    candidates = [
        {
            "station_id": str(c.station_id),
            "distance_m": round(c.distance_m, 1),
            "reasons": [reason.value for reason in c.reasons],
        }
        | (vars(c.travel) if c.travel else {})
        for c in considered
    ]
    await SQL.insert_choice(
        tx.connection,
        id=new_id(),
        ticket_id=ladder.ticket_id,
        place_id=ladder.place_id,
        round=ladder.round,
        rung=ladder.rung.value,
        candidates=json.dumps(candidates),
    )
