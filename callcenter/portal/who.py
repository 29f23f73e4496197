"""Who calls about which car: one pick list of owners with their cars, answered with one choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from callcenter.customers.model import Owner, Vehicle


@dataclass(frozen=True)
class Caller:
    """One line of the list: an owner with one of his cars, with another car, or nobody known."""

    owner: Owner | None = None
    vehicle: Vehicle | None = None

    @property
    def value(self) -> str:
        """What the form sends: "owner_id|vehicle_id", "owner_id|", or "|" for none of these."""
        return f"{self.owner.id if self.owner else ''}|{self.vehicle.id if self.vehicle else ''}"


NONE_OF_THESE = Caller()


def pick_list(owners: Sequence[Owner]) -> list[Caller]:
    """Every owner of the number with each of his cars and with another one, and none of these."""
    known = [Caller(owner, vehicle) for owner in owners for vehicle in (*owner.vehicles, None)]
    return [*known, NONE_OF_THESE]


def sure_choice(owners: Sequence[Owner]) -> str | None:
    """What may be chosen beforehand: the one car of the one owner. Else a person is asked."""
    if len(owners) == 1 and len(owners[0].vehicles) == 1:
        return Caller(owners[0], owners[0].vehicles[0]).value
    return None


def picked(owners: Sequence[Owner], value: str) -> Caller | None:
    """The line that was chosen; None when the list has no such line. Without owners there is
    nothing to choose."""
    if not owners:
        return NONE_OF_THESE
    return next((line for line in pick_list(owners) if line.value == value), None)
