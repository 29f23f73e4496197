"""What happens to recordings. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact

DESK = frozenset({"agent", "supervisor", "expert"})
RULERS = frozenset({"supervisor", "admin"})


class RecordingFact(Fact):
    """About one recording of one call."""

    roles: ClassVar[frozenset[str]] = DESK
    recording_id: UUID
    call_id: UUID


class RecordingBegun(RecordingFact):
    """From now on what is said is kept."""

    kind: ClassVar[str] = "recording.begun"
    recording_kind: str


class RecordingNotMade(Fact):
    """The rule wants this talk recorded, and it is not."""

    kind: ClassVar[str] = "recording.not_made"
    roles: ClassVar[frozenset[str]] = DESK
    call_id: UUID
    reason: str


class PauseAsked(RecordingFact):
    """The next words are not to be kept."""

    kind: ClassVar[str] = "recording.pause_asked"
    reason: str


class ResumeAsked(RecordingFact):
    """What is said is to be kept again."""

    kind: ClassVar[str] = "recording.resume_asked"


class RecordingPaused(RecordingFact):
    """From now on there is silence in it."""

    kind: ClassVar[str] = "recording.paused"


class RecordingResumed(RecordingFact):
    """From now on there is sound in it again."""

    kind: ClassVar[str] = "recording.resumed"


class RecordingKept(RecordingFact):
    """Its file is safe."""

    kind: ClassVar[str] = "recording.kept"


class RecordingLost(RecordingFact):
    """There is no file of it."""

    kind: ClassVar[str] = "recording.lost"


class RecordingPlayed(RecordingFact):
    """Somebody has opened it to hear it, or to take it along."""

    kind: ClassVar[str] = "recording.played"
    play_id: UUID
    purpose: str


class RecordingRemoved(RecordingFact):
    """Its sound is gone; that there was one stays known."""

    kind: ClassVar[str] = "recording.removed"
    reason: str


class HoldPlaced(Fact):
    """Nothing of the ticket's calls is removed until the hold is lifted."""

    kind: ClassVar[str] = "recording.hold_placed"
    roles: ClassVar[frozenset[str]] = DESK


class HoldLifted(Fact):
    """The rule counts again."""

    kind: ClassVar[str] = "recording.hold_lifted"
    roles: ClassVar[frozenset[str]] = DESK


class RecordingRuleChanged(Fact):
    """What is recorded, or how long it is kept, has changed."""

    kind: ClassVar[str] = "recording.rule_changed"
    roles: ClassVar[frozenset[str]] = RULERS
    mode: str
    talk_days: int
    complaint_days: int
    message_days: int


class MessageFact(Fact):
    """About a message that a caller left."""

    roles: ClassVar[frozenset[str]] = DESK
    message_id: UUID
    call_id: UUID


class MessageHeard(MessageFact):
    """Somebody has listened to it for the first time."""

    kind: ClassVar[str] = "left_message.heard"


class MessageHandled(MessageFact):
    """Somebody has dealt with it."""

    kind: ClassVar[str] = "left_message.handled"
