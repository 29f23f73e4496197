"""A run that has begun, for tests of what comes behind that."""

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import first_touches, repository, runs
from callcenter.outbound.campaigns.model import Campaign, Run


async def begin_at_once(tx: Tx, campaign: Campaign, audiences: runs.Audiences) -> Run:
    """With all of its first touches, in this one transaction."""
    run = await runs.begin(tx, campaign, audiences)
    while await first_touches.make_some(tx, run.id):
        pass
    return await repository.run(tx, run.id)
