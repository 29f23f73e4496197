"""A recording, the rule that makes and keeps it, and the words it goes by. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class RecordingKind(StrEnum):
    """A talk of two or three, or what a caller left for us."""

    TALK = "talk"
    MESSAGE = "message"


class RecordingState(StrEnum):
    """running -> kept -> removed; or lost, when there was nothing to be kept."""

    RUNNING = "running"
    KEPT = "kept"
    LOST = "lost"
    REMOVED = "removed"


class Mode(StrEnum):
    """Which talks are recorded: none, all, or those that came by one of the groups."""

    OFF = "off"
    ALL = "all"
    GROUPS = "groups"


class PauseReason(StrEnum):
    """Why the agent does not want the next words kept."""

    CARD = "card"
    IDENTITY = "identity"
    ASKED = "asked"
    OTHER = "other"


class RemovedWhy(StrEnum):
    """Its time is over, the owner has asked for it, or it should not have been made."""

    EXPIRED = "expired"
    ASKED = "asked"
    MISTAKE = "mistake"


class NotRecordedWhy(StrEnum):
    """Why a talk that the rule wants recorded is not: nobody could tell the caller, or the switch
    would not."""

    NOT_ANNOUNCED = "not_announced"
    SWITCH_REFUSED = "switch_refused"


class Purpose(StrEnum):
    """What a playback was opened for."""

    PLAY = "play"
    DOWNLOAD = "download"


@dataclass(frozen=True)
class Rule:
    """The one row of `recording_rule`."""

    mode: Mode
    groups: frozenset[str]
    talk_days: int
    complaint_days: int
    message_days: int
    version: int

    def records(self, group: str | None) -> bool:
        """Whether a talk that came by this group is recorded."""
        return self.mode is Mode.ALL or (self.mode is Mode.GROUPS and group in self.groups)

    def days(self, kind: RecordingKind, *, is_complaint: bool) -> int:
        """How long one is kept; what belongs to a complaint by the complaint's time."""
        if is_complaint:
            return self.complaint_days
        return self.message_days if kind is RecordingKind.MESSAGE else self.talk_days


@dataclass(frozen=True)
class Recording:
    """One row of `call_recordings`, with what its call says of it: the ticket, whether that is a
    complaint, and whether it is on hold."""

    id: UUID
    call_id: UUID
    kind: RecordingKind
    spool: str
    agent_id: UUID | None
    begun_at: datetime
    state: RecordingState
    pause_wanted: bool
    paused: bool
    file: str | None
    size: int | None
    seconds: float | None
    removed_at: datetime | None
    removed_why: RemovedWhy | None
    ticket_id: UUID | None
    is_complaint: bool
    is_held: bool

    def kept_until(self, rule: Rule) -> datetime | None:
        """When its time is over by this rule; None when it is not kept, or on hold."""
        if self.state is not RecordingState.KEPT or self.is_held:
            return None
        return self.begun_at + timedelta(days=rule.days(self.kind, is_complaint=self.is_complaint))


@dataclass(frozen=True)
class Stored:
    """A file that is safely in the data directory, by its path below it."""

    file: str
    size: int
    sha256: bytes
    seconds: float | None
