"""Rows of the call flow as what they mean."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.calls.model import CallState
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.acts import Acts, acts_of, acts_text
from callcenter.telephony.flow.errors import CallNotInFlow
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.flow.walk import Position

SQL = load_queries(__file__)


@dataclass(frozen=True)
class FlowVersion:
    """One row of `call_flows`, its flow as it was written."""

    version: int
    flow: Flow
    note: str
    published_by: str
    published_at: datetime | None


@dataclass(frozen=True)
class InFlow:
    """A call under way: its flow, where it stands, and what its carrier was told last."""

    call_id: UUID
    flow_version: int
    flow: Flow
    position: Position
    acts: Acts


async def lock_call(tx: Tx, call_id: UUID) -> CallState:
    """For this transaction alone, until its end; raises CallNotInFlow when there is none."""
    row = await SQL.lock_call(tx.connection, call_id=call_id)
    if row is None:
        raise CallNotInFlow
    return CallState(row["state"])


async def position(tx: Tx, call_id: UUID) -> InFlow | None:
    """The call as it stands; None when it is in no flow. Who writes has locked the call."""
    row = await SQL.position(tx.connection, call_id=call_id)
    if row is None:
        return None
    at = Position(
        row["step"], row["sequence"], row["tries"], row["language"], is_over=row["is_over"]
    )
    return InFlow(call_id, row["flow_version"], flow_of(row), at, acts_of(row["acts"]))


async def call_of(tx: Tx, carrier_ref: str) -> UUID:
    """The call that its carrier names so; raises CallNotInFlow."""
    found = await SQL.call_of_carrier(tx.connection, carrier_ref=carrier_ref)
    if found is None:
        raise CallNotInFlow
    return UUID(str(found))


async def keep_position(tx: Tx, stands: InFlow) -> None:
    """Where it stands now."""
    at = stands.position
    await SQL.keep_position(
        tx.connection,
        call_id=stands.call_id,
        flow_version=stands.flow_version,
        step=at.step,
        sequence=at.sequence,
        tries=at.tries,
        language=at.language,
        is_over=at.is_over,
        acts=acts_text(stands.acts),
    )


def version_of(row: Any) -> FlowVersion:
    """The whole row."""
    return FlowVersion(
        row["version"], flow_of(row), row["note"], row["published_by"], row["published_at"]
    )


def flow_of(row: Any) -> Flow:
    """The flow in a row; it was checked before it was written."""
    return Flow.model_validate_json(row["flow"])
