"""What happens to consents."""

from typing import ClassVar
from uuid import UUID

from callcenter.customers.events import CustomerFact


class ConsentChanged(CustomerFact):
    """An owner has given or taken back his word: about which purposes (none: about the channels
    as such) and channels, as codes."""

    kind: ClassVar[str] = "consent.changed"
    owner_id: UUID
    granted: bool
    purposes: list[str]
    channels: list[str]
