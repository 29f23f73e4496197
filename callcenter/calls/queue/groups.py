"""Groups of agents: where a call goes on that waits too long."""

from typing import Any

from callcenter.calls.queue.errors import GroupNotFound, GroupUnknown, OverflowIncomplete
from callcenter.calls.queue.events import GroupChanged
from callcenter.calls.queue.repository import SQL
from callcenter.db.events import record
from callcenter.db.transaction import Tx

PAIRS = (
    ("second_group", "second_after_s"),
    ("expert_group", "expert_after_s"),
    ("outside_number", "outside_after_s"),
)


async def get(tx: Tx, name: str) -> Any:
    """The group's row, locked; raises GroupNotFound."""
    row = await SQL.lock_group(tx.connection, name=name)
    if row is None:
        raise GroupNotFound
    return row


async def keep(tx: Tx, actor: str, name: str, fields: dict[str, Any]) -> Any:
    """The new fields of a group there is. Raises GroupUnknown, OverflowIncomplete."""
    for to, after in PAIRS:
        if (fields[to] is None) != (fields[after] is None):
            raise OverflowIncomplete(to=to, after=after)
    known = {row["name"] for row in await SQL.list_groups(tx.connection)}
    for to in ("second_group", "expert_group"):
        if fields[to] is not None and fields[to] not in known - {name}:
            raise GroupUnknown(group=fields[to])
    row = await SQL.keep_group(tx.connection, name=name, **fields)
    await record(tx, GroupChanged(group=name), actor=actor)
    return row
