"""What the flow needs of the house: a queue to let calls into, a text message with a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.model import Call, EndReason
from callcenter.calls.queue.model import Urgency
from callcenter.db.transaction import Tx
from callcenter.telephony.flow.model import Language


@dataclass(frozen=True)
class Waiting:
    """What a caller may be told of his wait; None where it is not known."""

    position: int | None = None
    wait_s: float | None = None


class CallQueue(Protocol):
    """Where calls wait for a person."""

    async def enter(
        self,
        tx: Tx,
        call_id: UUID,
        *,
        group: str,
        urgency: Urgency,
        language: Language,
        skills: Sequence[str],
    ) -> Waiting:
        """The call waits from now on; a second time it stays where it is."""

    async def left(self, tx: Tx, actor: str, call_id: UUID, reason: EndReason) -> None:
        """The line is closed, wherever the call stood. Raises CallMoveRefused for one that was
        ended before."""


class LocationLinks(Protocol):
    """Sends the location link by text message."""

    async def send(self, tx: Tx, actor: str, call: Call, language: Language) -> bool:
        """Whether one is on its way: False when this caller's number cannot receive it."""


class NoQueue:
    """In the place of a queue that keeps places: every call is let in, and no wait is known."""

    async def enter(
        self,
        tx: Tx,
        call_id: UUID,
        *,
        group: str,
        urgency: Urgency,
        language: Language,
        skills: Sequence[str],
    ) -> Waiting:
        """Nothing is kept."""
        return Waiting()

    async def left(self, tx: Tx, actor: str, call_id: UUID, reason: EndReason) -> None:
        """The call alone is ended."""
        await calls.end(tx, actor, call_id, reason)


@dataclass(frozen=True)
class House:
    """Both, as the app has wired them."""

    queue: CallQueue
    links: LocationLinks
