"""The agent's bare desk: a simulated call, live rescues, alarms to take."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from callcenter.calls import service as calls
from callcenter.customers import service as customers
from callcenter.ids import new_id
from callcenter.phones import e164, masked
from callcenter.portal.attempt import attempt
from callcenter.staff import alarms
from callcenter.stations.needs import Fault
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Kind
from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.installation import Installation
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
SHOWN = 50


class DeskQuery(QueryModel):
    """The call that rings."""

    call_id: UUID | None = None
    lang: str = ""


class RingForm(QueryModel):
    """The number of a simulated call."""

    caller: Annotated[str, Field(max_length=40)]


class OpenForm(QueryModel):
    """A rescue out of a call."""

    call_id: UUID
    fault: Fault = Fault.UNKNOWN
    owner_id: Annotated[str, Field(max_length=36)] = ""
    vehicle_id: Annotated[str, Field(max_length=36)] = ""
    caller_name: Annotated[str, Field(max_length=80)] = ""
    plate: Annotated[str, Field(max_length=20)] = ""
    summary: Annotated[str, Field(max_length=2000)] = ""
    language: Literal["zh", "en"] = "zh"
    danger: Literal["", "on"] = ""
    expressway: Literal["", "on"] = ""


class AlarmForm(QueryModel):
    """The alarm that is taken."""

    alarm_id: UUID


@routes.get("/desk", permission=Permission.TICKETS_READ)
async def desk(call: Call, query: DeskQuery) -> Html:
    """What is live, and the call that rings."""
    return await _desk(call, query.call_id)


@routes.post("/desk/calls", permission=Permission.CALLS_WRITE)
async def ring(call: Call, form: RingForm) -> Html | Redirect:
    """A simulated call, through the same verbs as a real one."""
    call_id: list[UUID] = []

    async def verb() -> None:
        ringing = await calls.ring(
            call.tx, call.actor.id, f"simulated-{new_id()}", e164(form.caller)
        )
        await calls.answer(call.tx, call.actor.id, ringing.id, call.actor.staff_id)
        call_id.append(ringing.id)

    if problem := await attempt(call, verb()):
        return await _desk(call, None, problem, status=422)
    return Redirect(f"/desk?call_id={call_id[0]}")


@routes.post("/desk/rescues", permission=Permission.CALLS_WRITE)
async def open_rescue(call: Call, form: OpenForm) -> Html | Redirect:
    """Open the rescue: the caller has his number."""
    opened: list[UUID] = []

    async def verb() -> None:
        fields = {
            "kind": Kind.RESCUE,
            "particulars": {"fault": form.fault.value, "plate": form.plate},
            "danger": form.danger == "on",
            "expressway": form.expressway == "on",
            "owner_id": UUID(form.owner_id) if form.owner_id else None,
            "vehicle_id": UUID(form.vehicle_id) if form.vehicle_id else None,
            "caller_name": form.caller_name or None,
            "summary": form.summary,
            "language": form.language,
        }
        ticket = await calls.open_ticket(call.tx, call.actor.id, form.call_id, fields)
        opened.append(ticket.id)

    if problem := await attempt(call, verb()):
        return await _desk(call, form.call_id, problem, status=409)
    return Redirect(f"/desk/rescues/{opened[0]}")


@routes.post("/desk/alarms", permission=Permission.ALARMS_TAKE)
async def take_alarm(call: Call, form: AlarmForm) -> Html | Redirect:
    """This person looks after it, and goes to its rescue."""
    taken: list[alarms.Alarm] = []

    async def verb() -> None:
        taken.append(await alarms.take_alarm(call.tx, call.actor.id, form.alarm_id))

    if problem := await attempt(call, verb()):
        return await _desk(call, None, problem, status=409)
    ticket_id = taken[0].ticket_id
    return Redirect(f"/desk/rescues/{ticket_id}" if ticket_id else "/desk")


async def _desk(
    call: Call, call_id: UUID | None, problem: str | None = None, status: int = 200
) -> Html:
    ringing, owners = None, []
    if call_id is not None:
        ringing = await calls.get(call.tx, call_id)
        owners = list(
            await customers.find_by_phone(call.tx, ringing.caller) if ringing.caller else ()
        )
    live = await tickets.queue(call.tx, limit=SHOWN, kind=Kind.RESCUE)
    return render(
        call,
        "desk.html",
        status=status,
        problem=problem,
        ringing=ringing,
        caller=masked(ringing.caller) if ringing and ringing.caller else "",
        owners=owners,
        rescues=[t for t in live if not t.drill or call.actor.role == "supervisor"],
        alarms=await alarms.listed(call.tx, limit=SHOWN, only_open=True),
        faults=list(Fault),
        is_demo=call.part(Installation).demo,
        sample_caller=call.part(Installation).sample_caller,
    )
