"""A message whose sound a carrier has sent along: a recording like those of our own switch."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.telephony.flow.messages import LeftMessage
from callcenter.telephony.flow.repository import lock_call
from callcenter.telephony.recordings import service
from callcenter.telephony.recordings.model import RecordingKind
from callcenter.telephony.recordings.store import stored


async def received(
    tx: Tx, actor: str, call_id: UUID, data_dir: Path, left: LeftMessage
) -> LeftMessage:
    """With its row; received twice, it is one. Raises CallNotInFlow."""
    await lock_call(tx, call_id)
    kept = stored(data_dir, left.recording)
    message = RecordingKind.MESSAGE
    recording_id = await service.began(tx, actor, call_id, left.recording, message)
    await service.keep(tx, actor, recording_id, kept)
    seconds = None if kept.seconds is None else round(kept.seconds)
    return replace(left, recording_id=recording_id, duration_s=seconds)
