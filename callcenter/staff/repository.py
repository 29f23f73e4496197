"""Rows of the staff room become models here and nowhere else."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.queries import contains, load_queries
from callcenter.db.transaction import Tx
from callcenter.staff.errors import StaffNotFound
from callcenter.staff.model import MachineToken, Role, StaffUser

SQL = load_queries(__file__)

Before = tuple[datetime, UUID] | None
USER_FIELDS = StaffUser.__dataclass_fields__


def user_of(row: Any) -> StaffUser:
    """The columns of `staff_users` in a row as the model."""
    fields = {name: row[name] for name in USER_FIELDS}
    return StaffUser(**(fields | {"role": Role(row["role"])}))


def token_of(row: Any) -> MachineToken:
    """A row of `machine_tokens` as the model."""
    return MachineToken(**(dict(row) | {"scopes": tuple(row["scopes"])}))


async def get(tx: Tx, staff_id: UUID) -> StaffUser:
    """The colleague; raises StaffNotFound."""
    row = await SQL.get_staff(tx.connection, id=staff_id)
    if row is None:
        raise StaffNotFound
    return user_of(row)


async def find_login(tx: Tx, login: str) -> tuple[StaffUser, str | None] | None:
    """The colleague of this login and his password hash."""
    row = await SQL.find_login(tx.connection, login=login)
    return (user_of(row), row["password_hash"]) if row else None


async def listed(tx: Tx, *, limit: int, before: Before, **filters: Any) -> Sequence[StaffUser]:
    """Colleagues, newest first; every filter (role, active, search) may be None."""
    at, row_id = before or (None, None)
    role = filters.get("role")
    rows = await SQL.staff_listed(
        tx.connection,
        limit=limit,
        role=role.value if role else None,
        active=filters.get("active"),
        search=contains(filters.get("search")),
        before_at=at,
        before_id=row_id,
    )
    return [user_of(row) for row in rows]


async def tokens_listed(tx: Tx, *, limit: int, before: Before) -> Sequence[MachineToken]:
    """Machine tokens, newest first."""
    at, row_id = before or (None, None)
    rows = await SQL.tokens_listed(tx.connection, limit=limit, before_at=at, before_id=row_id)
    return [token_of(row) for row in rows]


async def colleagues(tx: Tx) -> Sequence[Any]:
    """Active colleagues of the desk: id, name, role."""
    rows: Sequence[Any] = await SQL.colleagues_of_the_desk(tx.connection)
    return rows


async def names_of(tx: Tx, actors: Iterable[str]) -> dict[str, str]:
    """The names of those of these actors who are colleagues or machines, by the actor's id."""
    ids: dict[str, list[UUID]] = {"staff": [], "machine": []}
    for actor in actors:
        kind, _, which = actor.partition(":")
        if kind in ids:
            ids[kind].append(UUID(which))
    people = await SQL.staff_names(tx.connection, ids=ids["staff"])
    machines = await SQL.token_names(tx.connection, ids=ids["machine"])
    return {f"staff:{row['id']}": row["name"] for row in people} | {
        f"machine:{row['id']}": row["name"] for row in machines
    }
