"""The groups of agents that a flow may let calls wait for, by their names."""

from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.wire import FlowGroup


async def groups_of(tx: Tx) -> list[FlowGroup]:
    """All of them."""
    rows = await QUEUE.list_groups(tx.connection)
    return [FlowGroup(**{name: row[name] for name in FlowGroup.model_fields}) for row in rows]
