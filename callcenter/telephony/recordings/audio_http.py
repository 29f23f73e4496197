"""The sound of a recording: a playback is opened, which is written down; then its bytes are asked
for, in as many pieces as a player likes."""

import asyncio
from pathlib import Path

from aiohttp import web

from callcenter.db.transaction import Tx
from callcenter.telephony.recordings import left, service
from callcenter.telephony.recordings.access import heard_by
from callcenter.telephony.recordings.errors import PlayNotOpen, RecordingNotThere
from callcenter.telephony.recordings.model import Purpose, RecordingKind, RecordingState
from callcenter.telephony.recordings.repository import SQL
from callcenter.telephony.recordings.store import kept_file
from callcenter.telephony.recordings.wave_file import peaks
from callcenter.telephony.recordings.wire import Opening, PlayOut, PlayQuery, RecordingPath
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["recordings"])
PLAY = Permission.RECORDINGS_PLAY
WAV = "audio/wav"
OPEN_FOR_S = 7200
PARTS = 300


@routes.post(
    "/api/v1/recordings/{recording_id}/plays", permission=PLAY, status=201, problems=(404, 409)
)
async def open_playback(call: Call, path: RecordingPath, body: Opening) -> PlayOut:
    """Open a recording to hear it or to take it along: this one access is written down.

    An agent may hear his own talks and what callers left, a supervisor all; only a supervisor takes
    them along.
    """
    if body.purpose is Purpose.DOWNLOAD:
        call.require(Permission.SUPERVISE)
    found = await heard_by(call, path.recording_id)
    play_id = await service.open_play(call.tx, call.actor.id, found, body.purpose)
    if found.kind is RecordingKind.MESSAGE:
        await left.heard(call.tx, call.actor.id, found.id)
    file = _file(call.settings.data_dir, found.file)
    return PlayOut(
        id=play_id,
        recording_id=found.id,
        audio=f"/api/v1/recordings/{found.id}/audio?play={play_id}",
        open_for_s=OPEN_FOR_S,
        seconds=found.seconds,
        peaks=await asyncio.to_thread(peaks, file, PARTS),
    )


# Whoever plays it asks for pieces, one after another: no transaction is open while they are sent.
@routes.get(
    "/api/v1/recordings/{recording_id}/audio",
    permission=PLAY,
    transaction=False,
    media_types=(WAV,),
    problems=(404, 409),
)
async def get_audio(call: Call, path: RecordingPath, query: PlayQuery) -> web.StreamResponse:
    """The sound of a playback that this person has opened; pieces by `Range`."""

    async def work(tx: Tx) -> tuple[str, str | None]:
        row = await SQL.open_play_of(
            tx.connection,
            id=query.play,
            recording_id=path.recording_id,
            actor=call.actor.id,
            lifetime_s=OPEN_FOR_S,
        )
        if row is None:
            raise PlayNotOpen
        if row["state"] != RecordingState.KEPT:
            raise RecordingNotThere(state=row["state"])
        return row["purpose"], row["file"]

    purpose, name = await call.database.run(work, readonly=True)
    file = _file(call.settings.data_dir, name)
    kind = "attachment" if purpose == Purpose.DOWNLOAD else "inline"
    headers = {
        "Content-Type": WAV,
        "Content-Disposition": f'{kind}; filename="{path.recording_id}.wav"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return web.FileResponse(file, headers=headers)


def _file(data_dir: Path, name: str | None) -> Path:
    file = kept_file(data_dir, name or "")
    if not file.is_file():
        raise RecordingNotThere(state=RecordingState.LOST.value)
    return file
