"""What happens to a car that is taken away. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.routing.events import DispatchFact


class DestinationChosen(DispatchFact):
    """Where the car is taken from now on, and the destination that counts no more."""

    kind: ClassVar[str] = "tow.destination_chosen"
    tow_id: UUID
    destination_id: UUID
    instead_of: UUID | None = None


class DestinationRefused(DispatchFact):
    """The destination does not take the car: the next is proposed."""

    kind: ClassVar[str] = "tow.destination_refused"
    tow_id: UUID
    destination_id: UUID


class TowMoved(DispatchFact):
    """The car is loaded, in a yard, delivered, or not taken away after all."""

    kind: ClassVar[str] = "tow.moved"
    tow_id: UUID
    stage: str


class TowLate(DispatchFact):
    """The car should have been at its workshop by now."""

    kind: ClassVar[str] = "tow.late"
    tow_id: UUID
    times: int = 1


class OnwardTravelRecorded(DispatchFact):
    """How people of the car travel on."""

    kind: ClassVar[str] = "tow.onward_travel"
    travel_id: UUID
    travel_kind: str
