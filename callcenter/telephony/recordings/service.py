"""The verbs of a recording, from its beginning until its sound is gone.

Locks: the ticket, then the recording.
"""

from typing import Any
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.telephony.recordings import events, repository
from callcenter.telephony.recordings.errors import (
    NothingRecorded,
    RecordingHeld,
    RecordingNotThere,
)
from callcenter.telephony.recordings.model import (
    NotRecordedWhy,
    PauseReason,
    Purpose,
    Recording,
    RecordingKind,
    RecordingState,
    RemovedWhy,
    Stored,
)
from callcenter.telephony.recordings.repository import SQL
from callcenter.tickets import repository as tickets


async def is_wanted(tx: Tx, call_id: UUID) -> bool:
    """Whether the rule wants this call's talk recorded."""
    group = await SQL.group_of_call(tx.connection, call_id=call_id)
    return (await repository.rule(tx)).records(group)


async def began(tx: Tx, actor: str, call_id: UUID, spool: str, kind: RecordingKind) -> UUID:
    """It runs under this name where it is made; told twice, it is one."""
    call = await calls.get(tx, call_id)
    agent = call.answered_by if kind is RecordingKind.TALK else None
    row = await SQL.began(
        tx.connection, id=new_id(), call_id=call_id, kind=kind.value, spool=spool, agent_id=agent
    )
    if row["is_new"]:
        fact = events.RecordingBegun(
            recording_id=row["id"], call_id=call_id, recording_kind=kind.value
        )
        await record(tx, fact, actor=actor, ticket_id=call.ticket_id)
    found: UUID = row["id"]
    return found


async def not_made(tx: Tx, actor: str, call_id: UUID, why: NotRecordedWhy) -> None:
    """The talk goes on without being recorded, and the ticket says so."""
    call = await calls.get(tx, call_id)
    fact = events.RecordingNotMade(call_id=call_id, reason=why.value)
    await record(tx, fact, actor=actor, ticket_id=call.ticket_id)


async def keep(tx: Tx, actor: str, recording_id: UUID, stored: Stored) -> None:
    """Its file is there, and this says so; told twice, once."""
    row = await SQL.keep(
        tx.connection,
        id=recording_id,
        file=stored.file,
        size=stored.size,
        sha256=stored.sha256,
        seconds=stored.seconds,
    )
    if row is not None:
        await _tell(tx, actor, row, events.RecordingKept)


async def lose(tx: Tx, actor: str, recording_id: UUID) -> bool:
    """There is no file of it, and will be none; whether that was news."""
    row = await SQL.lose(tx.connection, id=recording_id)
    if row is not None:
        await _tell(tx, actor, row, events.RecordingLost)
    return row is not None


async def ask_pause(
    tx: Tx, actor: str, call_id: UUID, *, on: bool, reason: PauseReason | None = None
) -> Recording:
    """The next words are not to be kept, or are again. Raises NothingRecorded."""
    row = await SQL.lock_running(tx.connection, call_id=call_id)
    if row is None:
        raise NothingRecorded
    if row["pause_wanted"] != on:
        row = await SQL.want_pause(
            tx.connection, id=row["id"], wanted=on, reason=reason.value if reason else None
        )
        if on:
            await _tell(tx, actor, row, events.PauseAsked, reason=row["pause_reason"] or "other")
        else:
            await _tell(tx, actor, row, events.ResumeAsked)
    return await repository.get(tx, row["id"])


async def pause_done(tx: Tx, actor: str, recording_id: UUID, *, paused: bool) -> None:
    """The switch has done what was asked."""
    row = await SQL.pause_done(tx.connection, id=recording_id, paused=paused)
    if row is not None:
        done = events.RecordingPaused if paused else events.RecordingResumed
        await _tell(tx, actor, row, done)


async def open_play(tx: Tx, actor: str, recording: Recording, purpose: Purpose) -> UUID:
    """From now on its sound is handed out to this person: one access, written down as one.

    Raises RecordingNotThere. The first who opens a message has heard it.
    """
    if recording.state is not RecordingState.KEPT:
        raise RecordingNotThere(state=recording.state.value)
    play_id = new_id()
    await SQL.open_play(
        tx.connection,
        id=play_id,
        recording_id=recording.id,
        actor=actor,
        purpose=purpose.value,
    )
    fact = events.RecordingPlayed(
        recording_id=recording.id,
        call_id=recording.call_id,
        play_id=play_id,
        purpose=purpose.value,
    )
    await record(tx, fact, actor=actor, ticket_id=recording.ticket_id)
    return play_id


async def remove(tx: Tx, actor: str, recording_id: UUID, why: RemovedWhy) -> Recording:
    """From now on nobody hears it; its file goes at the worker's next turn.

    Raises RecordingHeld, RecordingNotThere.
    """
    seen = await repository.get(tx, recording_id)
    if seen.ticket_id is not None:
        # Who places a hold at this moment has it, or comes after.
        await tickets.lock(tx, seen.ticket_id)
    await SQL.lock_recording(tx.connection, id=recording_id)
    now = await repository.get(tx, recording_id)
    if now.is_held:
        raise RecordingHeld
    row = await SQL.remove(tx.connection, id=recording_id, why=why.value)
    if row is None:
        raise RecordingNotThere(state=now.state.value)
    await _tell(tx, actor, row, events.RecordingRemoved, reason=why.value)
    return await repository.get(tx, recording_id)


async def place_hold(tx: Tx, actor: str, ticket_id: UUID, reason: str) -> None:
    """Nothing of this ticket's calls is removed from now on; again, its reason is another."""
    await tickets.lock(tx, ticket_id)
    row = await SQL.place_hold(tx.connection, ticket_id=ticket_id, reason=reason, placed_by=actor)
    if row["is_new"]:
        await record(tx, events.HoldPlaced(), actor=actor, ticket_id=ticket_id)


async def lift_hold(tx: Tx, actor: str, ticket_id: UUID) -> None:
    """The rule counts again; without a hold nothing happens."""
    await tickets.lock(tx, ticket_id)
    if await SQL.lift_hold(tx.connection, ticket_id=ticket_id) is not None:
        await record(tx, events.HoldLifted(), actor=actor, ticket_id=ticket_id)


async def _tell(
    tx: Tx, actor: str, row: Any, kind: type[events.RecordingFact], **more: Any
) -> None:
    call = await calls.get(tx, row["call_id"])
    fact = kind(recording_id=row["id"], call_id=call.id, **more)
    await record(tx, fact, actor=actor, ticket_id=call.ticket_id)
