"""The agent's bare desk: the call that rings, live rescues, alarms to take, a number looked up."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.calls import service as calls
from callcenter.calls.model import Call as PhoneCall
from callcenter.customers import service as customers
from callcenter.customers.model import Owner
from callcenter.ids import new_id
from callcenter.phones import e164, masked
from callcenter.portal import desk_lists
from callcenter.portal.attempt import Refused, attempt, refused
from callcenter.portal.open_form import ENERGIES, OpenForm, ticket_fields
from callcenter.portal.who import pick_list, picked, sure_choice
from callcenter.staff import alarms
from callcenter.stations.needs import Fault
from callcenter.tickets import repository as tickets
from callcenter.tickets.errors import NotARescue, TicketNotFound
from callcenter.tickets.model import Kind, Ticket, is_ticket_number
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.installation import Installation
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
_WIDE = {0xFF10 + digit: ord("0") + digit for digit in range(10)}


class DeskQuery(QueryModel):
    """The call that rings, or a ticket's number as it was told."""

    call_id: UUID | None = None
    number: Annotated[str, Field(max_length=40)] = ""
    lang: str = ""


class RingForm(QueryModel):
    """The number of a call that is taken down by hand; empty when it is withheld."""

    caller: Annotated[str, Field(max_length=40)] = ""


class AttachForm(QueryModel):
    """The call is about a rescue that is open already."""

    call_id: UUID
    ticket_id: UUID


class AlarmForm(QueryModel):
    """The alarm that is taken."""

    alarm_id: UUID


@routes.get("/desk", permission=Permission.TICKETS_READ)
async def desk(call: Call, query: DeskQuery) -> Html | Redirect:
    """What is live, the call that rings; or the way to the rescue of a number."""
    if not query.number.strip():
        return await _desk(call, query.call_id)
    number = "".join(query.number.translate(_WIDE).replace("-", " ").split())
    found = (
        await attempt(call, _rescue_of(call, number))
        if is_ticket_number(number)
        else refused(call, "number_misheard")
    )
    if isinstance(found, Refused):
        return await _desk(call, query.call_id, found, number=query.number)
    return Redirect(f"/desk/rescues/{found.id}")


@routes.post("/desk/calls", permission=Permission.CALLS_WRITE)
async def ring(call: Call, form: RingForm) -> Html | Redirect:
    """A call taken down by hand, through the same verbs as one of a carrier."""

    async def verb() -> PhoneCall:
        caller = e164(form.caller) if form.caller.strip() else None
        ringing = await calls.ring(call.tx, call.actor.id, f"simulated-{new_id()}", caller)
        return await calls.answer(call.tx, call.actor.id, ringing.id, call.actor.staff_id)

    answered = await attempt(call, verb())
    if isinstance(answered, Refused):
        return await _desk(call, None, answered)
    return Redirect(f"/desk?call_id={answered.id}")


@routes.post("/desk/rescues", permission=Permission.CALLS_WRITE)
async def open_rescue(call: Call, form: OpenForm) -> Html | Redirect:
    """Open the rescue: the caller has his number."""
    ringing = await calls.get(call.tx, form.call_id)
    who = picked(await _owners(call, ringing), form.who)
    if who is None:
        return await _desk(call, form.call_id, refused(call, "choose_who"), form=form)

    async def verb() -> Ticket:
        fields = ticket_fields(form, who)
        return await calls.open_ticket(call.tx, call.actor.id, form.call_id, fields)

    opened = await attempt(call, verb())
    if isinstance(opened, Refused):
        return await _desk(call, form.call_id, opened, form=form)
    return Redirect(f"/desk/rescues/{opened.id}")


@routes.post("/desk/attached-calls", permission=Permission.CALLS_WRITE)
async def attach_call(call: Call, form: AttachForm) -> Html | Redirect:
    """The caller asks after his rescue: no second one is opened, no second truck is sent."""
    attached = await attempt(
        call, calls.attach(call.tx, call.actor.id, form.call_id, form.ticket_id)
    )
    if isinstance(attached, Refused):
        return await _desk(call, None, attached)
    return Redirect(f"/desk/rescues/{form.ticket_id}")


@routes.post("/desk/alarms", permission=Permission.ALARMS_TAKE)
async def take_alarm(call: Call, form: AlarmForm) -> Html | Redirect:
    """This person looks after it, and goes to its rescue."""
    taken = await attempt(call, alarms.take_alarm(call.tx, call.actor.id, form.alarm_id))
    if isinstance(taken, Refused):
        return await _desk(call, None, taken)
    return Redirect(f"/desk/rescues/{taken.ticket_id}" if taken.ticket_id else "/desk")


async def _rescue_of(call: Call, number: str) -> Ticket:
    found = await tickets.search(call.tx, limit=1, number=number)
    if not found:
        raise TicketNotFound
    if found[0].kind is not Kind.RESCUE:
        raise NotARescue
    return found[0]


async def _owners(call: Call, ringing: PhoneCall) -> list[Owner]:
    return list(await customers.find_by_phone(call.tx, ringing.caller) if ringing.caller else ())


async def _desk(
    call: Call,
    call_id: UUID | None,
    problem: Refused | None = None,
    *,
    form: OpenForm | None = None,
    number: str = "",
) -> Html:
    ringing = await calls.get(call.tx, call_id) if call_id else None
    owners = await _owners(call, ringing) if ringing else []
    of_caller = (
        await tickets.live_of_caller(
            call.tx,
            ringing.caller,
            [owner.id for owner in owners],
            [vehicle.id for owner in owners for vehicle in owner.vehicles],
        )
        if ringing
        else ()
    )
    is_demo = call.settings.demo
    return render(
        call,
        "desk.html",
        status=problem.status if problem else 200,
        problem=problem.words if problem else None,
        form=form or OpenForm(call_id=call_id or new_id(), who=sure_choice(owners) or ""),
        number=number,
        ringing=ringing,
        caller=_shown(call, ringing),
        owners=owners,
        callers=pick_list(owners),
        already=[one for one in of_caller if one.kind is Kind.RESCUE],
        rescues=await desk_lists.live_rescues(call),
        alarms=await desk_lists.open_alarms(call),
        may_take=call.actor.may(Permission.ALARMS_TAKE),
        faults=list(Fault),
        energies=ENERGIES,
        is_demo=is_demo,
        sample_caller=call.part(Installation).sample_caller if is_demo else None,
        now=await call.tx.now(),
    )


def _shown(call: Call, ringing: PhoneCall | None) -> str:
    if ringing is None or ringing.caller is None:
        return ""
    return ringing.caller if call.actor.may(Permission.PHONES_READ) else masked(ringing.caller)
