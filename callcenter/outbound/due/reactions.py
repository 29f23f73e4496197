"""What due dates answer to others' news."""

from uuid import UUID

from callcenter.customers.visits.events import VisitRecorded
from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.outbound.due.service import rescore

RESCORE = "outbound.rescore_due"
SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {VisitRecorded: (RESCORE,)}


def work() -> Work:
    """The reaction of this room."""
    return Work(reactions={RESCORE: rescore_due})


async def rescore_due(tx: Tx, event: StoredEvent) -> None:
    """The car was here, or a figure was corrected: when it is due is reckoned anew."""
    await rescore(tx, UUID(event.facts["vehicle_id"]))
