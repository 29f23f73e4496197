"""Routes of tickets: read the wire, call one verb, write the wire."""

from typing import Any

from callcenter.phones import e164
from callcenter.tickets import export_http, repository, service
from callcenter.tickets.model import Stage, Ticket
from callcenter.tickets.timeline import emergency_out, note_out, timeline_of
from callcenter.tickets.wire import (
    Assignment,
    Emergency,
    EmergencyOut,
    NoteDraft,
    NoteOut,
    Outcome,
    QueueQuery,
    SafetyQuery,
    SafetyWords,
    TicketDraft,
    TicketOut,
    TicketPage,
    TicketPatch,
    TicketPath,
    TicketQuery,
    Timeline,
    ticket_out,
)
from callcenter.tickets.words import safety_words
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["tickets"])
READ, WRITE = Permission.TICKETS_READ, Permission.TICKETS_WRITE


@routes.get("/api/v1/tickets", permission=READ)
async def list_tickets(call: Call, query: TicketQuery) -> TicketPage:
    """Tickets, newest first, by the filters given."""
    filters = query.model_dump(exclude={"cursor", "limit"})
    before = read_cursor(query.cursor)
    if before is not None:
        filters["before_at"], filters["before_id"] = before
    found = await repository.search(call.tx, limit=query.limit + 1, **filters)
    items = [ticket_out(t, phones=_phones(call)) for t in found[: query.limit]]
    last = found[query.limit - 1] if len(found) > query.limit else None
    return TicketPage(
        items=items, next_cursor=write_cursor(last.opened_at, last.id) if last else None
    )


@routes.get("/api/v1/safety-words", permission=READ, transaction=False)
async def get_safety_words(call: Call, query: SafetyQuery) -> SafetyWords:
    """What to tell somebody beside a broken car before anything else, in the reader's language."""
    words = safety_words(call.language, danger=query.danger, expressway=query.expressway)
    return SafetyWords(words=words)


@routes.get("/api/v1/queue", permission=READ)
async def list_queue(call: Call, query: QueueQuery) -> TicketPage:
    """What is not ended, most urgent first: danger, expressway, the rest; the tier breaks ties."""
    found = await repository.queue(
        call.tx, limit=query.limit + 1, kind=query.kind, after=query.cursor
    )
    items = [ticket_out(t, phones=_phones(call)) for t in found[: query.limit]]
    more = len(found) > query.limit
    return TicketPage(items=items, next_cursor=str(items[-1].id) if more else None)


@routes.post("/api/v1/tickets", permission=WRITE, status=201, problems=(409,))
async def open_ticket(call: Call, body: TicketDraft) -> TicketOut:
    """Open a ticket: the caller has his number when this is answered."""
    return _out(call, await service.open_ticket(call.tx, call.actor.id, **draft_fields(body)))


@routes.get("/api/v1/tickets/{ticket_id}", permission=READ)
async def get_ticket(call: Call, path: TicketPath) -> TicketOut:
    """One ticket."""
    return _out(call, await repository.get(call.tx, path.ticket_id))


@routes.patch("/api/v1/tickets/{ticket_id}", permission=WRITE, problems=(409,))
async def edit_ticket(call: Call, path: TicketPath, body: TicketPatch) -> TicketOut:
    """Change the caller's or the kind's own fields."""
    ticket = await repository.lock(call.tx, path.ticket_id)
    call.expects(ticket.version)
    changes = body.model_dump(exclude_unset=True)
    if changes.get("caller_phone"):
        changes["caller_phone"] = e164(changes["caller_phone"])
    return _out(call, await service.edit_ticket(call.tx, call.actor.id, ticket, changes))


@routes.get("/api/v1/tickets/{ticket_id}/timeline", permission=READ)
async def get_timeline(call: Call, path: TicketPath) -> Timeline:
    """All that happened to the ticket, with notes, emergency calls and what edits changed."""
    return await timeline_of(call, path.ticket_id)


@routes.post("/api/v1/tickets/{ticket_id}/notes", permission=WRITE, status=201)
async def write_note(call: Call, path: TicketPath, body: NoteDraft) -> NoteOut:
    """Write a note."""
    return note_out(await service.write_note(call.tx, call.actor.id, path.ticket_id, body.words))


@routes.post("/api/v1/tickets/{ticket_id}/assignment", permission=Permission.TICKETS_ASSIGN)
async def assign_ticket(call: Call, path: TicketPath, body: Assignment) -> TicketOut:
    """Give the ticket to a colleague, or back to all."""
    ticket = await service.assign(call.tx, call.actor.id, path.ticket_id, body.assignee_id)
    return _out(call, ticket)


@routes.post("/api/v1/tickets/{ticket_id}/emergency-calls", permission=WRITE, status=201)
async def tell_emergency(call: Call, path: TicketPath, body: Emergency) -> EmergencyOut:
    """Record that 120, 110, 119 or 122 was told."""
    row = await service.tell_emergency(call.tx, call.actor.id, path.ticket_id, body.service)
    return emergency_out(row)


@routes.post("/api/v1/tickets/{ticket_id}/start", permission=WRITE, problems=(409,))
async def start_work(call: Call, path: TicketPath) -> TicketOut:
    """Somebody works on it now."""
    return await _step(call, path, Stage.IN_PROGRESS)


@routes.post("/api/v1/tickets/{ticket_id}/resolution", permission=WRITE, problems=(409,))
async def resolve(call: Call, path: TicketPath, body: Outcome) -> TicketOut:
    """It is solved."""
    return await _step(call, path, Stage.RESOLVED, body.outcome)


@routes.post("/api/v1/tickets/{ticket_id}/closure", permission=WRITE, problems=(409,))
async def close(call: Call, path: TicketPath) -> TicketOut:
    """The caller agrees that it is done."""
    return await _step(call, path, Stage.CLOSED)


@routes.post("/api/v1/tickets/{ticket_id}/cancellation", permission=WRITE, problems=(409,))
async def cancel(call: Call, path: TicketPath, body: Outcome) -> TicketOut:
    """It is not wanted any more. A rescue under way is cancelled in the rescue."""
    return await _step(call, path, Stage.CANCELLED, body.outcome)


@routes.post("/api/v1/tickets/{ticket_id}/reopening", permission=WRITE, problems=(409,))
async def reopen(call: Call, path: TicketPath) -> TicketOut:
    """Take an ended ticket up again."""
    return _out(call, await service.reopen(call.tx, call.actor.id, path.ticket_id))


async def _step(call: Call, path: TicketPath, to: Stage, outcome: str | None = None) -> TicketOut:
    ticket = await service.move_from_desk(
        call.tx, call.actor.id, path.ticket_id, to, outcome=outcome
    )
    return _out(call, ticket)


def draft_fields(body: TicketDraft) -> dict[str, Any]:
    """The verb's arguments out of a draft; the number in E.164."""
    fields = body.model_dump()
    if body.caller_phone:
        fields["caller_phone"] = e164(body.caller_phone)
    return fields


def _out(call: Call, ticket: Ticket) -> TicketOut:
    return ticket_out(ticket, phones=_phones(call))


def _phones(call: Call) -> bool:
    return call.actor.may(Permission.PHONES_READ)


routes += export_http.routes
