"""Calls as the one who asks may see them: numbers masked, tickets left out."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from callcenter.calls.model import Call as PhoneCall
from callcenter.calls.wire import CallOut, RingingOut, call_out
from callcenter.customers import service as customers
from callcenter.customers.model import Owner
from callcenter.customers.wire import owner_out
from callcenter.tickets import repository as tickets
from callcenter.tickets.wire import TicketOut, ticket_out
from callcenter.web.call import Call
from callcenter.web.permission import Permission


async def ringing_as_seen(call: Call, phone_call: PhoneCall) -> RingingOut:
    """With the owners its number belongs to, and what they have open with us."""
    found = await customers.find_by_phone(call.tx, phone_call.caller) if phone_call.caller else []
    owners = [owner_out(owner, phones=_phones(call)) for owner in found]
    names = {owner.id: owner.name for owner in found}
    return RingingOut(
        call=_written(call, phone_call, names),
        owners=owners,
        tickets=await _already(call, phone_call, found),
    )


async def _already(call: Call, phone_call: PhoneCall, owners: Sequence[Owner]) -> list[TicketOut]:
    if not call.actor.may(Permission.TICKETS_READ):
        return []
    found = await tickets.live_of_caller(
        call.tx,
        phone_call.caller,
        [owner.id for owner in owners],
        [vehicle.id for owner in owners for vehicle in owner.vehicles],
    )
    return [ticket_out(ticket, phones=_phones(call)) for ticket in found]


async def call_as_seen(call: Call, phone_call: PhoneCall) -> CallOut:
    """One call, with the names its number belongs to."""
    return (await calls_as_seen(call, [phone_call]))[0]


async def calls_as_seen(call: Call, found: Sequence[PhoneCall]) -> list[CallOut]:
    """Many, their names asked for at once."""
    names = await customers.names_by_phone(call.tx, [one.caller for one in found if one.caller])
    return [_written(call, one, names.get(one.caller or "", {})) for one in found]


def _written(call: Call, phone_call: PhoneCall, owners: Mapping[UUID, str]) -> CallOut:
    return call_out(phone_call, phones=_phones(call), owners=owners)


def _phones(call: Call) -> bool:
    return call.actor.may(Permission.PHONES_READ)
