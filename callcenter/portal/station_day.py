"""The station's day: its jobs, its trucks, who is on duty, and how it has answered."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.readiness import readiness
from callcenter.stations import repository as stations
from callcenter.tickets import repository as tickets
from callcenter.tickets.particulars import RescueParticulars
from callcenter.web.call import Call
from callcenter.web.errors import Forbidden
from callcenter.web.html import Html
from callcenter.web.pages import render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

routes = Routes(tags=["pages"])
DAYS = 7
SHOWN = 100
SHIFTS = 20


class LanguageQuery(QueryModel):
    """Only the language."""

    lang: str = ""


@routes.get("/station/day", permission=Permission.DISPATCH_ANSWER)
async def day_page(call: Call, query: LanguageQuery) -> Html:
    """Today in China, and the last seven days of answers."""
    station_id = call.actor.station_id
    if station_id is None:
        raise Forbidden(permission=Permission.DISPATCH_ANSWER.value)
    now = await call.tx.now()
    return render(
        call,
        "station_day.html",
        station=await stations.get(call.tx, station_id),
        ready=await readiness(call.tx, station_id, with_tickets=True),
        shifts=await stations.coming_roster(call.tx, station_id, limit=SHIFTS, after=None),
        jobs=await _jobs_of_today(call.tx, station_id, now),
        answers=await repository.SQL.answers_of_station(
            call.tx.connection, station_id=station_id, days=DAYS
        ),
        days=DAYS,
        now=now,
    )


async def _jobs_of_today(tx: Tx, station_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Accepted since midnight, the newest first, with number and fault."""
    midnight = datetime.combine(now.astimezone(CHINA).date(), time(), CHINA)
    rows = await repository.SQL.dispatches_since(
        tx.connection, station_id=station_id, since=midnight, limit=SHOWN
    )
    jobs = []
    for row in rows:
        ticket = await tickets.get(tx, row["ticket_id"])
        fault = RescueParticulars.model_validate(ticket.particulars).fault
        jobs.append({**dict(row), "number": ticket.number, "fault": fault.value})
    return jobs
