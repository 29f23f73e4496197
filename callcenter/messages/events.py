"""What happens to texts that people write to us. Ids only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class InboundTextFact(Fact):
    """Heard by those who may read what owners write."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "expert", "supervisor"})
    text_id: UUID


class TextNotUnderstood(InboundTextFact):
    """Somebody has to read it."""

    kind: ClassVar[str] = "inbound_text.not_understood"


class TextSeenToBySomebody(InboundTextFact):
    """A person has dealt with it."""

    kind: ClassVar[str] = "inbound_text.seen_to"
