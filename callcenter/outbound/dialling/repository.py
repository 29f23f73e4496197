"""Rows of calls to owners as what they mean."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.dialling.errors import OwnerCallNotFound
from callcenter.outbound.dialling.model import Begun, OwnerCall, OwnerCallState, OwnerLeg
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Outcome, Touch

SQL = load_queries(__file__)


async def take(
    tx: Tx, touch: Touch, said: Said, mode: Begun, staff_id: UUID | None
) -> OwnerCall | None:
    """None: this touch has been called before."""
    row = await SQL.take_owner_call(
        tx.connection,
        id=new_id(),
        touch_id=touch.id,
        campaign_id=touch.campaign_id,
        owner_id=touch.owner_id,
        mode=mode.value,
        number=said.number,
        words=said.words,
        language=said.language,
        staff_id=staff_id,
    )
    return call_of(row) if row else None


async def lock(tx: Tx, owner_call_id: UUID) -> OwnerCall:
    """Raises OwnerCallNotFound."""
    row = await SQL.lock_owner_call(tx.connection, id=owner_call_id)
    if row is None:
        raise OwnerCallNotFound
    return call_of(row)


async def get(tx: Tx, owner_call_id: UUID) -> OwnerCall:
    """Raises OwnerCallNotFound."""
    row = await SQL.get_owner_call(tx.connection, id=owner_call_id)
    if row is None:
        raise OwnerCallNotFound
    return call_of(row)


async def of_call(tx: Tx, call_id: UUID) -> OwnerCall | None:
    """Locked; None: a call that is no campaign's."""
    row = await SQL.lock_owner_call_of_call(tx.connection, call_id=call_id)
    return call_of(row) if row else None


async def open_of(tx: Tx, staff_id: UUID) -> OwnerCall | None:
    """Whom the agent has before him."""
    row = await SQL.open_owner_call_of_agent(tx.connection, staff_id=staff_id)
    return call_of(row) if row else None


async def owner_legs(tx: Tx, call_id: UUID) -> Sequence[OwnerLeg]:
    """On the switch, in their order."""
    rows = await SQL.owner_legs(tx.connection, call_id=call_id)
    return [OwnerLeg(row["answered"], row["ending"]) for row in rows]


def call_of(row: Any) -> OwnerCall:
    """A row of `owner_calls`."""
    words = {"mode": Begun(row["mode"]), "state": OwnerCallState(row["state"])}
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return OwnerCall(**(dict(row) | words | {"outcome": outcome}))
