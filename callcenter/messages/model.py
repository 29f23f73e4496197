"""A message, and the port that carries it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Channel(StrEnum):
    """How it is said."""

    TEXT = "text"
    DUTY_PHONE = "duty_phone"


class MessageState(StrEnum):
    """queued -> sending -> sent | failed | unknown. Unknown is never sent again by itself."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Message:
    """One row of `messages`."""

    id: UUID
    key: str
    channel: Channel
    recipient: str
    language: str
    purpose: str
    body: str
    drill: bool
    ticket_id: UUID | None
    station_id: UUID | None
    state: MessageState
    failure: str | None
    created_at: datetime
    sent_at: datetime | None


class CarrierRefused(Exception):
    """The carrier said no: it was surely not sent."""


class Carrier(Protocol):
    """Carries messages of one channel. Must return or raise within its own time limit.

    Raises CarrierRefused when it was surely not sent; any other error leaves it unknown.
    """

    async def send(self, message: Message) -> None:
        """Hand the message over to the outside."""


class Inbox:
    """The carrier without an outside: the message stays in the log, where a page shows it."""

    async def send(self, message: Message) -> None:
        """Nothing to do: the row is the delivery."""
