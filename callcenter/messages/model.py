"""A message, and the port that carries it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Channel(StrEnum):
    """How it is said."""

    TEXT = "text"
    DUTY_PHONE = "duty_phone"
    EMAIL = "email"


class MessageState(StrEnum):
    """queued -> sending -> sent | failed | unknown. Unknown is never sent again by itself; a
    receipt for it makes it sent. Withdrawn: who had it queued did not want it any more."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class DeliveryState(StrEnum):
    """What the carrier reports later. Undelivered may still become delivered, never back."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


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
    subject: str | None = None
    delivery: DeliveryState | None = None
    delivered_at: datetime | None = None
    delivery_failure: str | None = None


@dataclass(frozen=True)
class Part:
    """One piece of a message on its way; `part` counts from 1."""

    message_id: UUID
    part: int

    @property
    def reference(self) -> int:
        """16 bits that say which it is among the messages to one number in these days."""
        return (self.message_id.int + self.part) & 0xFFFF


class CarrierRefused(Exception):
    """The carrier said no: it was surely not sent."""


class CarrierBusy(OSError):
    """It was surely not sent, and will be tried again: too much at once, or nobody there."""


@dataclass(eq=False)
class CarrierSilent(Exception):
    """It may have been sent, in whole or in part. `accepted`: the ids of the parts that were."""

    reason: str
    accepted: Mapping[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.reason


class Carrier(Protocol):
    """Carries messages of one channel. Must return or raise within its own time limit."""

    @property
    def name(self) -> str:
        """Under which its receipts come."""

    def parts(self, message: Message) -> int:
        """In how many pieces it leaves; 0 when nobody will report of it."""

    async def send(self, message: Message) -> Sequence[str]:
        """Hand the message over to the outside; the provider's id of each part.

        Raises CarrierRefused and CarrierBusy when it was surely not sent; any other error leaves
        it unknown.
        """


class Unsubscribing(Protocol):
    """Knows where who got a message says that he wants no more of it."""

    def __call__(self, message: Message, /) -> str | None:
        """The address of that page; None of a message that nobody can end."""


def nowhere(message: Message) -> None:
    """No message can be ended."""


class Inbox:
    """The carrier without an outside: the message stays in the log, where a page shows it."""

    name = "inbox"

    def parts(self, message: Message) -> int:
        """Nobody will report of it."""
        return 0

    async def send(self, message: Message) -> Sequence[str]:
        """Nothing to do: the row is the delivery."""
        return ()
