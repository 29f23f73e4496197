"""Who may hear a recording: who spoke in it, supervisors, and the desk what was left for it."""

from collections.abc import Sequence
from uuid import UUID

from callcenter.staff import repository as staff
from callcenter.telephony.recordings import repository
from callcenter.telephony.recordings.errors import RecordingNotYours
from callcenter.telephony.recordings.model import Recording, RecordingKind
from callcenter.telephony.recordings.wire import RecordingOut, recording_out
from callcenter.web.actor import Actor
from callcenter.web.call import Call
from callcenter.web.permission import Permission


def may_hear(actor: Actor, one: Recording) -> bool:
    """Whether this caller of the API may."""
    if not actor.may(Permission.RECORDINGS_PLAY):
        return False
    is_own = one.agent_id is not None and one.agent_id == actor.staff_id
    return is_own or one.kind is RecordingKind.MESSAGE or actor.may(Permission.SUPERVISE)


async def heard_by(call: Call, recording_id: UUID) -> Recording:
    """The recording, for who may hear it; raises RecordingNotFound, RecordingNotYours."""
    found = await repository.get(call.tx, recording_id)
    if not may_hear(call.actor, found):
        raise RecordingNotYours
    return found


async def as_seen(call: Call, found: Sequence[Recording]) -> list[RecordingOut]:
    """With the names of who spoke, and whether who asks may hear them."""
    rule = await repository.rule(call.tx)
    agents = {f"staff:{one.agent_id}" for one in found if one.agent_id}
    names = await staff.names_of(call.tx, agents)
    return [
        recording_out(
            one,
            rule,
            agent_name=names.get(f"staff:{one.agent_id}"),
            may_play=may_hear(call.actor, one),
        )
        for one in found
    ]
