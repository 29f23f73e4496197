"""Which calls an agent may take before he dials: of which campaigns, in which languages."""

from uuid import UUID

from callcenter.calls.agents import repository as seats
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.touches.model import AgentsCalls


async def agents_calls(tx: Tx, staff_id: UUID) -> AgentsCalls:
    """By the groups and languages that were written down for him; by his role where nothing was,
    and then to owners of any language."""
    row = await seats.SQL.get_profile(tx.connection, staff_id=staff_id)
    profile = seats.profile_in(row)
    groups = profile.groups
    rows = await SQL.previewed_campaigns(tx.connection, groups=sorted(groups))
    return AgentsCalls(
        staff_id,
        [one["campaign_id"] for one in rows],
        groups,
        profile.languages if row["languages"] is not None else None,
    )
