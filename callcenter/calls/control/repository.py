"""Rows of orders and legs as what they mean."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.calls.control.errors import OrderNotFound
from callcenter.calls.control.model import Callee, Order, OrderState, Party, Verb
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id

SQL = load_queries(__file__)


async def add(tx: Tx, call_id: UUID, asked_by: UUID, verb: Verb, callee: Callee | None) -> Order:
    """Written, to be done."""
    row = await SQL.add_order(
        tx.connection,
        id=new_id(),
        call_id=call_id,
        asked_by=asked_by,
        verb=verb.value,
        party=callee.party.value if callee else None,
        staff_id=callee.staff_id if callee else None,
        station_id=callee.station_id if callee else None,
        number=callee.number if callee else None,
        group_name=callee.group if callee else None,
    )
    return _order_of(row)


async def get(tx: Tx, order_id: UUID) -> Order:
    """Raises OrderNotFound."""
    row = await SQL.get_order(tx.connection, id=order_id)
    if row is None:
        raise OrderNotFound
    return _order_of(row)


async def of_call(tx: Tx, call_id: UUID) -> Sequence[Order]:
    """In the order in which they were asked for."""
    return [_order_of(row) for row in await SQL.orders_of_call(tx.connection, call_id=call_id)]


async def close(tx: Tx, order_id: UUID, state: OrderState, refusal: str | None) -> Order | None:
    """None: it was closed before."""
    row = await SQL.close_order(tx.connection, id=order_id, state=state.value, refusal=refusal)
    return _order_of(row) if row else None


async def add_leg(tx: Tx, leg: str, call_id: UUID, who: Callee) -> None:
    """Somebody is rung, or rings; told again, nothing changes."""
    await SQL.add_leg(
        tx.connection,
        leg=leg,
        call_id=call_id,
        party=who.party.value,
        staff_id=who.staff_id,
        station_id=who.station_id,
        number=who.number,
    )


def _order_of(row: Any) -> Order:
    callee = None
    if row["party"] is not None:
        where = [row[name] for name in ("staff_id", "station_id", "number", "group_name")]
        callee = Callee(Party(row["party"]), *where)
    return Order(
        id=row["id"],
        call_id=row["call_id"],
        asked_by=row["asked_by"],
        verb=Verb(row["verb"]),
        callee=callee,
        state=OrderState(row["state"]),
        refusal=row["refusal"],
        asked_at=row["asked_at"],
        done_at=row["done_at"],
    )
