"""All that happened to a ticket, put together for the wire: who, when, what, in which words."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from callcenter.db import events
from callcenter.phones import masked
from callcenter.staff import repository as staff
from callcenter.stations import repository as stations
from callcenter.tickets import changes, repository
from callcenter.tickets.changes import Change
from callcenter.tickets.wire import (
    ChangeOut,
    EmergencyOut,
    FieldChange,
    NoteOut,
    Timeline,
    event_out,
)
from callcenter.web.call import Call
from callcenter.web.permission import Permission


async def timeline_of(call: Call, ticket_id: UUID) -> Timeline:
    """Raises TicketNotFound. Numbers in changes are masked for who may not read them."""
    await repository.get(call.tx, ticket_id)
    happened = await events.timeline(call.tx, ticket_id)
    edits = await changes.changes_of(call.tx, ticket_id)
    sql, connection = repository.SQL, call.tx.connection
    notes = await sql.notes_of(connection, ticket_id=ticket_id)
    told = await sql.emergencies_of(connection, ticket_id=ticket_id)
    given_to = [f"staff:{one}" for e in happened if (one := e.facts.get("assignee_id"))]
    people = await staff.names_of(call.tx, {*(event.actor for event in happened), *given_to})
    places = {event.station_id for event in happened if event.station_id}
    may_read = call.actor.may(Permission.PHONES_READ)
    return Timeline(
        events=[event_out(event) for event in happened],
        notes=[note_out(row) for row in notes],
        emergencies=[emergency_out(row) for row in told],
        changes=[_change_out(edit, phones=may_read) for edit in edits],
        names=people | await _station_names(call, places),
    )


async def _station_names(call: Call, ids: Collection[UUID]) -> dict[str, str]:
    found = await stations.by_ids(call.tx, ids) if ids else {}
    named = "name_en" if call.language == "en" else "name_zh"
    return {f"station:{one}": getattr(station, named) for one, station in found.items()}


def _change_out(edit: Change, *, phones: bool) -> ChangeOut:
    fields = [
        FieldChange(field=name, was=_readable(name, was, phones), now=_readable(name, now, phones))
        for name, (was, now) in edit.fields.items()
    ]
    return ChangeOut(
        id=edit.id,
        version=edit.version,
        changed_by=edit.changed_by,
        changed_at=edit.changed_at,
        fields=fields,
    )


def _readable(field: str, value: Any, phones: bool) -> Any:
    return masked(value) if field == "caller_phone" and value and not phones else value


def note_out(row: Any) -> NoteOut:
    """A row of `ticket_notes` on the wire."""
    return NoteOut(**{name: row[name] for name in NoteOut.model_fields})


def emergency_out(row: Any) -> EmergencyOut:
    """A row of `emergency_calls` on the wire."""
    return EmergencyOut(**{name: row[name] for name in EmergencyOut.model_fields})
