"""Why a touch about a car is not said any more: the owner has done what it is for, the car is gone,
or it is another's. Asked when a touch begins, and of what waits when news of a car comes in.

The claim does not ask it: it judges 10,000 touches a second, and what begins is asked one by one.
"""

import json
from collections.abc import Sequence
from uuid import UUID

from callcenter.customers.visits.model import VisitKind
from callcenter.db.transaction import Tx
from callcenter.outbound.policies.verdict import Why
from callcenter.outbound.touches.claim import SQL

SERVICED = [VisitKind.FIRST_SERVICE.value, VisitKind.MAINTENANCE.value]
ANYTHING = [kind.value for kind in VisitKind]
DONE_BY = {
    "maintenance": SERVICED,
    "first_service": SERVICED,
    # A recall is not done by a change of oil.
    "recall": [VisitKind.RECALL.value],
    "win_back": ANYTHING,
    "greeting": ANYTHING,
    "special_survey": ANYTHING,
}
"""Kind of a campaign whose goal is a booking -> for what he has come or will come."""
CAME_LATELY_DAYS = 30
"""Stations tell of visits days later: one so long before the run began counts, too."""


async def stands_against(tx: Tx, touch_id: UUID) -> Why | None:
    """Why this touch is not said; None: nothing of its car stands against it."""
    found = await _against(tx, [touch_id])
    return found.get(touch_id)


async def withdraw_for_cars(tx: Tx, vehicle_ids: Sequence[UUID]) -> int:
    """What waits about these cars and has become needless is not said; how many touches. A call
    that was promised is made, unless the car is not his any more: then it is broken, and seen."""
    rows = await SQL.waiting_about_cars(tx.connection, vehicle_ids=list(vehicle_ids))
    found = await _against(tx, [row["id"] for row in rows]) if rows else {}
    if found:
        await SQL.withdraw_needless(
            tx.connection, ids=list(found), reasons=[why.value for why in found.values()]
        )
    return len(found)


async def _against(tx: Tx, touch_ids: Sequence[UUID]) -> dict[UUID, Why]:
    rows = await SQL.needless_of(
        tx.connection,
        ids=list(touch_ids),
        done_by=json.dumps(DONE_BY),
        lately_days=CAME_LATELY_DAYS,
    )
    return {row["id"]: Why(row["reason"]) for row in rows}
