"""What happens to the sounds of the flow. Digests only."""

from typing import ClassVar

from callcenter.db.events import Fact


class PromptFact(Fact):
    """Heard by those who look after the hotline."""

    roles: ClassVar[frozenset[str]] = frozenset({"supervisor", "admin"})
    digest: str


class PromptRecorded(PromptFact):
    """Callers hear a studio recording of this text."""

    kind: ClassVar[str] = "prompt.recorded"


class PromptRecordingDropped(PromptFact):
    """Callers hear our own voice again."""

    kind: ClassVar[str] = "prompt.recording_dropped"
