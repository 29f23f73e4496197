"""What the desk must not overlook: live rescues and open alarms, in the order to work them off."""

from dataclasses import dataclass

from callcenter.places.gazetteer import KnownPlace
from callcenter.places.intake import Intake
from callcenter.staff import alarms
from callcenter.stations.needs import Fault
from callcenter.tickets import repository as tickets
from callcenter.tickets.model import Kind, Ticket
from callcenter.tickets.particulars import RescueParticulars
from callcenter.web.call import Call

SHOWN = 50


@dataclass(frozen=True)
class LiveRescue:
    """A rescue with what tells it from the others; `where` and `near` as far as a place is known,
    confirmed or not."""

    ticket: Ticket
    fault: Fault
    where: str
    near: KnownPlace | None


@dataclass(frozen=True)
class OpenAlarm:
    """An alarm and the number of its rescue."""

    alarm: alarms.Alarm
    number: str


def sees_drills(call: Call) -> bool:
    """Whether rehearsed rescues are shown: only to supervisors."""
    return call.actor.role == "supervisor"


async def live_rescues(call: Call) -> list[LiveRescue]:
    """Most urgent first; drills never push a real one away, and come last."""
    real = await tickets.queue(call.tx, limit=SHOWN, kind=Kind.RESCUE, drills=False)
    mixed = await tickets.queue(call.tx, limit=SHOWN, kind=Kind.RESCUE) if sees_drills(call) else ()
    shown = [*real, *(ticket for ticket in mixed if ticket.drill)]
    return [await _live(call, ticket) for ticket in shown]


async def open_alarms(call: Call) -> list[OpenAlarm]:
    """Those that nobody has taken first, the oldest at the top; drills last."""
    waiting = await alarms.waiting(call.tx, limit=SHOWN, drills=sees_drills(call))
    numbers = {
        ticket_id: (await tickets.get(call.tx, ticket_id)).number
        for ticket_id in {alarm.ticket_id for alarm in waiting}
        if ticket_id
    }
    return [
        OpenAlarm(alarm, numbers[alarm.ticket_id] if alarm.ticket_id else "") for alarm in waiting
    ]


async def _live(call: Call, ticket: Ticket) -> LiveRescue:
    places = await tickets.places_of(call.tx, ticket.id)
    place = next((p for p in places if p.id == ticket.place_id), places[-1] if places else None)
    return LiveRescue(
        ticket,
        RescueParticulars.model_validate(ticket.particulars).fault,
        place.words if place else "",
        call.part(Intake).near(place.lat, place.lon) if place else None,
    )
