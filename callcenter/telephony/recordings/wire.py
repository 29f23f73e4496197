"""What recordings look like on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from callcenter.telephony.flow.model import Word
from callcenter.telephony.recordings.model import (
    Mode,
    PauseReason,
    Purpose,
    Recording,
    RecordingKind,
    RecordingState,
    RemovedWhy,
    Rule,
)
from callcenter.web.wire import QueryModel, WireModel

Days = Annotated[int, Field(ge=1, le=3650)]


class RecordingOut(WireModel):
    """A recording of a call. `may_play`: whether who asks may hear it; `kept_until`: when its time
    is over by the rule as it is now, null on hold; `paused`: there is silence in it at this
    moment, `pause_wanted`: there is to be."""

    id: UUID
    call_id: UUID
    ticket_id: UUID | None
    kind: RecordingKind
    state: RecordingState
    begun_at: datetime
    seconds: float | None
    agent_id: UUID | None
    agent_name: str | None
    paused: bool
    pause_wanted: bool
    is_held: bool
    kept_until: datetime | None
    removed_at: datetime | None
    removed_why: RemovedWhy | None
    may_play: bool


class Recordings(WireModel):
    """All of one call, in the order in which they were made."""

    items: list[RecordingOut]


class HoldOut(WireModel):
    """Since when and why nothing of a ticket's calls is removed."""

    reason: str
    placed_by_name: str | None
    placed_at: datetime


class TicketRecordings(Recordings):
    """All of a ticket's calls, and its hold."""

    hold: HoldOut | None


class RecordingPath(QueryModel):
    """The recording in the address."""

    recording_id: UUID


class Hold(WireModel):
    """Why these recordings must not be lost."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


class Pause(WireModel):
    """Why the next words are not to be kept."""

    reason: PauseReason


class Removal(WireModel):
    """Why it goes before its time."""

    reason: Annotated[RemovedWhy, Field(examples=["asked"])]


class Opening(WireModel):
    """What the sound is wanted for."""

    purpose: Purpose = Purpose.PLAY


class PlayOut(WireModel):
    """A playback that was opened: `audio` is where its sound is, for this person and for
    `open_for_s`; `peaks` are how loud it is in each part of it, 0 to 1, for a picture."""

    id: UUID
    recording_id: UUID
    audio: str
    open_for_s: int
    seconds: float | None
    peaks: list[float]


class PlayQuery(QueryModel):
    """The playback that was opened before."""

    play: UUID


class RuleFields(WireModel):
    """Which talks are recorded (`groups` count for the mode of that name), and how many days a
    talk, all of a complaint, and a left message are kept."""

    mode: Mode
    talk_days: Days
    complaint_days: Days
    message_days: Days
    groups: Annotated[list[Word], Field(max_length=40)]


class RuleOut(RuleFields):
    """The rule as it is. `can_be_announced`: whether there is a sound of what callers are told,
    in each language; without it nothing is recorded."""

    version: int
    can_be_announced: dict[str, bool]


def rule_out(rule: Rule, can_be_announced: dict[str, bool]) -> RuleOut:
    """The rule on the wire."""
    return RuleOut(
        mode=rule.mode,
        groups=sorted(rule.groups),
        talk_days=rule.talk_days,
        complaint_days=rule.complaint_days,
        message_days=rule.message_days,
        version=rule.version,
        can_be_announced=can_be_announced,
    )


def recording_out(
    one: Recording, rule: Rule, *, agent_name: str | None, may_play: bool
) -> RecordingOut:
    """One recording on the wire."""
    own = RecordingOut.model_fields.keys() - {"agent_name", "kept_until", "may_play"}
    return RecordingOut(
        **{name: getattr(one, name) for name in own},
        agent_name=agent_name,
        kept_until=one.kept_until(rule),
        may_play=may_play and one.state is RecordingState.KEPT,
    )
