"""Places in the queue between the database and the model."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from callcenter.calls.queue.model import Group, Place, PlaceKind, Urgency
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx

SQL = load_queries(__file__)


async def groups(tx: Tx) -> dict[str, Group]:
    """Every group of agents by name."""
    return {row["name"]: _group_of(row) for row in await SQL.list_groups(tx.connection)}


async def lock_place_of_call(tx: Tx, call_id: UUID) -> Any:
    """The row of the place that this call waits in, or of the call-back it makes; None."""
    return await SQL.lock_place_of_call(tx.connection, call_id=call_id)


def place_of(row: Any) -> Place:
    """A row of `queue_entries`."""
    return Place(
        id=row["id"],
        kind=PlaceKind(row["kind"]),
        call_id=row["call_id"],
        caller=row["caller"],
        group=row["group_name"],
        urgency=Urgency(row["urgency"]),
        tier=row["tier"],
        language=row["language"],
        skills=frozenset(row["skills"]),
        entered_at=row["entered_at"],
        turn_at=row["turn_at"],
        last_agent_id=row["last_agent_id"],
    )


def _group_of(row: Any) -> Group:
    return Group(
        name=row["name"],
        second_group=row["second_group"],
        second_after=_seconds(row["second_after_s"]),
        expert_group=row["expert_group"],
        expert_after=_seconds(row["expert_after_s"]),
        outside_number=row["outside_number"],
        outside_after=_seconds(row["outside_after_s"]),
    )


def _seconds(count: int | None) -> timedelta | None:
    return None if count is None else timedelta(seconds=count)
