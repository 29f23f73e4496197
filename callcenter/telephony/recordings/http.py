"""Routes of recordings: of a call, of a ticket, their pause, their hold and their removal."""

from callcenter.calls import service as calls
from callcenter.calls.wire import CallPath
from callcenter.staff import repository as staff
from callcenter.telephony.prompts.store import Prompts, digest_of
from callcenter.telephony.recordings import (
    audio_http,
    messages_http,
    repository,
    service,
)
from callcenter.telephony.recordings import rule as rules
from callcenter.telephony.recordings.access import as_seen
from callcenter.telephony.recordings.errors import RecordingNotYours
from callcenter.telephony.recordings.notice import NOTICE
from callcenter.telephony.recordings.repository import SQL
from callcenter.telephony.recordings.wire import (
    Hold,
    HoldOut,
    Pause,
    RecordingOut,
    RecordingPath,
    Recordings,
    Removal,
    RuleFields,
    RuleOut,
    TicketRecordings,
    rule_out,
)
from callcenter.tickets import repository as tickets
from callcenter.tickets.wire import TicketPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["recordings"])
SUPERVISE = Permission.SUPERVISE


@routes.get("/api/v1/recording-rule", permission=Permission.HOTLINE_ADMIN)
async def get_recording_rule(call: Call) -> RuleOut:
    """What is recorded, and how long it is kept."""
    return rule_out(await repository.rule(call.tx), _announced(call))


@routes.put("/api/v1/recording-rule", permission=Permission.HOTLINE_ADMIN, if_match=True)
async def keep_recording_rule(call: Call, body: RuleFields) -> RuleOut:
    """The rule from the next talk on; its days count for all that is kept already."""
    call.expects((await repository.rule(call.tx)).version)
    fields = body.model_dump() | {"mode": body.mode.value, "groups": sorted({*body.groups})}
    return rule_out(await rules.keep(call.tx, call.actor.id, fields), _announced(call))


@routes.get("/api/v1/calls/{call_id}/recordings", permission=Permission.CALLS_READ)
async def list_recordings_of_call(call: Call, path: CallPath) -> Recordings:
    """What was recorded of a call; not its sound."""
    await calls.get(call.tx, path.call_id)
    return Recordings(items=await as_seen(call, await repository.of_call(call.tx, path.call_id)))


@routes.post(
    "/api/v1/calls/{call_id}/recording/pause", permission=Permission.CALLS_WRITE, problems=(409,)
)
async def pause_recording(call: Call, path: CallPath, body: Pause) -> RecordingOut:
    """What is said from now on is not kept: there is silence in its place. It is so once `paused`
    says so."""
    await _in_it(call, path)
    paused = await service.ask_pause(
        call.tx, call.actor.id, path.call_id, on=True, reason=body.reason
    )
    return (await as_seen(call, [paused]))[0]


@routes.post(
    "/api/v1/calls/{call_id}/recording/resume", permission=Permission.CALLS_WRITE, problems=(409,)
)
async def resume_recording(call: Call, path: CallPath) -> RecordingOut:
    """What is said from now on is kept again."""
    await _in_it(call, path)
    resumed = await service.ask_pause(call.tx, call.actor.id, path.call_id, on=False)
    return (await as_seen(call, [resumed]))[0]


@routes.get("/api/v1/tickets/{ticket_id}/recordings", permission=Permission.TICKETS_READ)
async def list_recordings_of_ticket(call: Call, path: TicketPath) -> TicketRecordings:
    """What was recorded of all calls about a ticket; not its sound."""
    await tickets.get(call.tx, path.ticket_id)
    return await _of_ticket(call, path)


@routes.put("/api/v1/tickets/{ticket_id}/recording-hold", permission=SUPERVISE)
async def hold_recordings(call: Call, path: TicketPath, body: Hold) -> TicketRecordings:
    """Nothing of the ticket's calls is removed until the hold is lifted, whatever the rule says."""
    await service.place_hold(call.tx, call.actor.id, path.ticket_id, body.reason)
    return await _of_ticket(call, path)


@routes.delete("/api/v1/tickets/{ticket_id}/recording-hold", permission=SUPERVISE)
async def release_recordings(call: Call, path: TicketPath) -> TicketRecordings:
    """The rule counts again."""
    await service.lift_hold(call.tx, call.actor.id, path.ticket_id)
    return await _of_ticket(call, path)


@routes.post("/api/v1/recordings/{recording_id}/removal", permission=SUPERVISE, problems=(404, 409))
async def remove_recording(call: Call, path: RecordingPath, body: Removal) -> RecordingOut:
    """Nobody hears it any more, and its file is erased; that there was one stays known."""
    gone = await service.remove(call.tx, call.actor.id, path.recording_id, body.reason)
    return (await as_seen(call, [gone]))[0]


async def _of_ticket(call: Call, path: TicketPath) -> TicketRecordings:
    found = await repository.of_ticket(call.tx, path.ticket_id)
    row = await SQL.hold(call.tx.connection, ticket_id=path.ticket_id)
    hold = None
    if row is not None:
        names = await staff.names_of(call.tx, [row["placed_by"]])
        hold = HoldOut(
            reason=row["reason"],
            placed_by_name=names.get(row["placed_by"]),
            placed_at=row["placed_at"],
        )
    return TicketRecordings(items=await as_seen(call, found), hold=hold)


async def _in_it(call: Call, path: CallPath) -> None:
    """Only who speaks in it decides, or a supervisor."""
    spoken = await calls.get(call.tx, path.call_id)
    if spoken.answered_by != call.actor.staff_id and not call.actor.may(SUPERVISE):
        raise RecordingNotYours


def _announced(call: Call) -> dict[str, bool]:
    prompts = call.part(Prompts)
    can_speak = prompts.voice.program is not None
    return {
        language: can_speak or prompts.sound(digest_of(text, language)) is not None
        for language, text in NOTICE.items()
    }


routes += [*audio_http.routes, *messages_http.routes]
