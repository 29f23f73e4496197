"""How a simulated call stands, told to the page that holds its line."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.model import CallState, EndReason
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.model import PlaceState
from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.calls.queue.repository import groups
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings
from callcenter.staff import repository as staff

IN_LINE = (PlaceState.WAITING, PlaceState.OFFERED)


@dataclass(frozen=True)
class Line:
    """See `wire.LineOut`."""

    state: CallState
    end_reason: EndReason | None
    place: PlaceState | None = None
    ahead: int | None = None
    wait_s: int | None = None
    agent: str | None = None
    number: str | None = None


async def line_of(tx: Tx, call_id: UUID, rules: QueueSettings) -> Line:
    """The call, its place, and who has picked up."""
    call = await calls.get(tx, call_id)
    reason = EndReason(call.end_reason) if call.end_reason else None
    if call.state is not CallState.RINGING:
        agent = (await staff.get(tx, call.answered_by)).name if call.answered_by else None
        return Line(call.state, reason, agent=agent)
    places = await QUEUE.places_of_call(tx.connection, call_id=call_id)
    if not places:
        return Line(call.state, reason)
    row = places[-1]
    state = PlaceState(row["state"])
    if state not in IN_LINE:
        outside = (await groups(tx))[row["group_name"]].outside_number
        number = outside if state is PlaceState.OUTSIDE else None
        return Line(call.state, reason, state, number=number)
    waits = await queue.waiting(tx, row, rules)
    wait_s = round(waits.estimate.total_seconds()) if waits.estimate is not None else None
    return Line(call.state, reason, state, waits.ahead, wait_s)
