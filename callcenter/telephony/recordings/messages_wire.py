"""What left messages look like on the wire."""

from datetime import datetime
from uuid import UUID

from callcenter.telephony.recordings.model import RecordingState
from callcenter.web.wire import ListQuery, Page, QueryModel, WireModel


class LeftMessageQuery(ListQuery):
    """All, or those that nobody has dealt with."""

    open: bool = False


class LeftMessagePath(QueryModel):
    """The message in the address."""

    message_id: UUID


class LeftMessageOut(WireModel):
    """What a caller left; the number masked unless the role may read it. Without `recording_id` the
    carrier keeps its sound, not we."""

    id: UUID
    call_id: UUID
    caller: str | None
    caller_words: str | None
    language: str
    left_at: datetime
    seconds: float | None
    ticket_id: UUID | None
    ticket_number: str | None
    recording_id: UUID | None
    recording_state: RecordingState | None
    heard_at: datetime | None
    heard_by_name: str | None
    handled_at: datetime | None
    handled_by_name: str | None


class LeftMessagePage(Page[LeftMessageOut]):
    """Newest first."""


class Unheard(WireModel):
    """How many messages nobody has listened to."""

    count: int
