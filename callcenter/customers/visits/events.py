"""What happens to visits."""

from typing import ClassVar
from uuid import UUID

from callcenter.customers.events import CustomerFact


class VisitRecorded(CustomerFact):
    """A visit is known, or was corrected: what is reckoned from the car's visits is reckoned
    anew."""

    kind: ClassVar[str] = "visit.recorded"
    vehicle_id: UUID
    visit_id: UUID


class VisitTakenBack(CustomerFact):
    """It was not so: what is reckoned from the car's visits is reckoned without this one."""

    kind: ClassVar[str] = "visit.taken_back"
    vehicle_id: UUID
    visit_id: UUID
