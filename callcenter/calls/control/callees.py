"""From a token to a number: who is to be reached is named by what the desk sees of him, so that
no browser needs the number."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.calls import service as calls
from callcenter.calls.control.errors import CalleeUnreachable
from callcenter.calls.control.model import Callee, Party
from callcenter.calls.queue import repository as queue
from callcenter.calls.queue.errors import GroupUnknown
from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.phones import e164
from callcenter.staff import repository as staff
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.web.wire import WireModel


class Colleague(WireModel):
    """Somebody of the house, at his own phone."""

    kind: Literal["colleague"]
    staff_id: UUID

    async def found(self, tx: Tx) -> Callee:
        """Raises StaffNotFound."""
        return Callee(Party.COLLEAGUE, staff_id=(await staff.get(tx, self.staff_id)).id)


class StationDuty(WireModel):
    """The phone that is on duty at a station now."""

    kind: Literal["station"]
    station_id: UUID

    async def found(self, tx: Tx) -> Callee:
        """Raises StationNotFound, CalleeUnreachable."""
        number = await stations.duty_phone(tx, self.station_id)
        return Callee(Party.STATION, station_id=self.station_id, number=_known(number))


class OwnerPhone(WireModel):
    """One of an owner's numbers, by its place in the list that the desk sees."""

    kind: Literal["owner"]
    owner_id: UUID
    phone: Annotated[int, Field(ge=0, le=50)] = 0

    async def found(self, tx: Tx) -> Callee:
        """Raises OwnerNotFound, CalleeUnreachable."""
        numbers = (await customers.get_owner(tx, self.owner_id)).phones
        number = numbers[self.phone] if self.phone < len(numbers) else None
        return Callee(Party.OUTSIDE, number=_known(number))


class TicketCaller(WireModel):
    """Whoever called about a ticket."""

    kind: Literal["ticket_caller"]
    ticket_id: UUID

    async def found(self, tx: Tx) -> Callee:
        """Raises TicketNotFound, CalleeUnreachable."""
        number = (await tickets.get(tx, self.ticket_id)).caller_phone
        return Callee(Party.OUTSIDE, number=_known(number))


class PastCaller(WireModel):
    """The other end of an earlier call."""

    kind: Literal["call"]
    call_id: UUID

    async def found(self, tx: Tx) -> Callee:
        """Raises CallNotFound, CalleeUnreachable."""
        return Callee(Party.OUTSIDE, number=_known((await calls.get(tx, self.call_id)).caller))


class TypedNumber(WireModel):
    """A number that the agent has typed."""

    kind: Literal["number"]
    number: Annotated[str, Field(min_length=3, max_length=40)]

    async def found(self, _: Tx) -> Callee:
        """Raises PhoneInvalid."""
        return Callee(Party.OUTSIDE, number=e164(self.number))


class GroupOfAgents(WireModel):
    """Whoever of this group is next: back into the queue."""

    kind: Literal["group"]
    group: Annotated[str, Field(min_length=1, max_length=40)]

    async def found(self, tx: Tx) -> Callee:
        """Raises GroupUnknown."""
        if self.group not in await queue.groups(tx):
            raise GroupUnknown(group=self.group)
        return Callee(Party.GROUP, group=self.group)


Person = Colleague | StationDuty | OwnerPhone | TicketCaller | PastCaller | TypedNumber
Whom = Annotated[Person | GroupOfAgents, Field(discriminator="kind")]
Dialled = Annotated[Person, Field(discriminator="kind")]


def _known(number: str | None) -> str:
    if number is None:
        raise CalleeUnreachable
    return number
