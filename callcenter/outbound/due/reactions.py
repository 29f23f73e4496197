"""What due dates answer to others' news."""

from uuid import UUID

from callcenter.customers.by_file.events import VisitsImported
from callcenter.customers.visits.events import VisitRecorded, VisitTakenBack
from callcenter.db.events import Fact, StoredEvent
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.outbound.due.of_file import rescore_file
from callcenter.outbound.due.service import rescore

RESCORE = "outbound.rescore_due"
RESCORE_FILE = "outbound.rescore_file"
SUBSCRIPTIONS: dict[type[Fact], tuple[str, ...]] = {
    VisitRecorded: (RESCORE,),
    VisitTakenBack: (RESCORE,),
    VisitsImported: (RESCORE_FILE,),
}


def work() -> Work:
    """The reaction of this room; a file of visits takes more than one transaction."""
    return Work(reactions={RESCORE: rescore_due}, errands={RESCORE_FILE: rescore_file})


async def rescore_due(tx: Tx, event: StoredEvent) -> None:
    """The car was here, or was not, or something of it was corrected: when it is due is reckoned
    anew."""
    await rescore(tx, UUID(event.facts["vehicle_id"]))
