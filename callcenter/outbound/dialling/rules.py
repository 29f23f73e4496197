"""What a campaign's policy pack says of calls that find no agent, and of how long it rings."""

from datetime import datetime
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.policies.model import Abandoned
from callcenter.outbound.policies.shelf import pack

USUAL_CAP = 0.03
"""Where nobody has set a budget and the pack allows as much."""


def rules_of(policy: str, at: datetime) -> Abandoned:
    """Of the version that is valid at that moment. Raises PolicyUnknown."""
    return pack(policy, at).abandoned


async def rules_of_campaign(tx: Tx, campaign_id: UUID) -> Abandoned:
    """As they are now. Raises PolicyUnknown."""
    policy = await SQL.policy_of_campaign(tx.connection, campaign_id=campaign_id)
    return rules_of(policy, await tx.now())


def budget_within(wish: float | None, rules: Abandoned) -> float:
    """The share that may find no agent: as it was set (None: by nobody), never over the pack's
    ceiling, which may have come down since."""
    return min(USUAL_CAP if wish is None else round(wish, 4), rules.ceiling)
