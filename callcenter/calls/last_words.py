"""What was said to an owner last, for the desk he rings up; known to a room above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from callcenter.db.transaction import Tx


@dataclass(frozen=True)
class LastContact:
    """One contact of ours. `is_sure`: it was said; else it may have been. `reason`: why he was
    spoken to. `note`: what the agent wrote down who spoke with him, "" for none. `half_done`: the
    survey response that he has begun and not finished."""

    at: datetime
    is_sure: bool
    channel: str
    purpose: str
    campaign: str | None
    words: str
    reason: Mapping[str, Any]
    outcome: str | None
    promised: str
    note: str
    half_done: UUID | None


class LastWords(Protocol):
    """What was said to him, the newest first."""

    async def __call__(self, tx: Tx, owner_id: UUID, /) -> Sequence[LastContact]: ...


@dataclass(frozen=True)
class Remembered:
    """Who remembers it: a part of the web application."""

    by: LastWords
