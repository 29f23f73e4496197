"""The worker's look at promised calls: each is made, left to others in time, or shown as broken."""

from datetime import timedelta
from functools import partial

import structlog

from callcenter.db.database import Database
from callcenter.outbound.promises.service import forgotten, leave_to_all
from callcenter.outbound.touches.claim import expire_calls
from callcenter.outbound.touches.model import BATCH
from callcenter.outbound.touches.ports import Follow

log = structlog.get_logger()


async def keep_promises(database: Database, following: Follow, his_own: timedelta) -> None:
    """One turn. `his_own`: so long, in hours in which the owner may be called, a promise is his
    alone who gave it. Calls that nobody has asked for in time are over by it, too."""
    while await database.run(partial(expire_calls, following=following)) == BATCH:
        pass
    left = await database.run(partial(leave_to_all, after=his_own))
    broken = await database.run(forgotten)
    if left or broken:
        log.warning("promised_calls", left_to_all=left, forgotten=broken)
