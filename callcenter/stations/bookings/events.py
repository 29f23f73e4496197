"""What happens to bookings. Ids only."""

from typing import ClassVar
from uuid import UUID

from callcenter.stations.events import StationFact


class BookingFact(StationFact):
    """Heard by the desk and by the station."""

    booking_id: UUID
    vehicle_id: UUID


class BookingMade(BookingFact):
    """A car is expected."""

    kind: ClassVar[str] = "booking.made"


class BookingMoved(BookingFact):
    """It is expected at another time, or at this station instead of another."""

    kind: ClassVar[str] = "booking.moved"


class BookingCancelled(BookingFact):
    """It is not expected any more."""

    kind: ClassVar[str] = "booking.cancelled"


class CarCame(BookingFact):
    """It was brought."""

    kind: ClassVar[str] = "booking.came"


class BookingMissed(BookingFact):
    """It was not brought."""

    kind: ClassVar[str] = "booking.missed"
