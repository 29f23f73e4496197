"""What the dialling needs of touches: their claim with every check, and where their end is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.model import Outcome, Touch, Way


@dataclass(frozen=True)
class Said:
    """What is to be said to whom: E.164, zh or en."""

    number: str
    language: str
    words: str


@dataclass(frozen=True)
class Unsaid:
    """Nobody is called: the reason stands with the touch."""

    reason: str = "no_number"


class Touches(Protocol):
    """Every verb in the caller's transaction; what begins there is committed before a switch is
    asked."""

    async def claim(
        self,
        tx: Tx,
        way: Way,
        by: str,
        most: int,
        *,
        campaigns: Sequence[UUID] | None = None,
        staff_id: UUID | None = None,
    ) -> Sequence[Touch]:
        """Due touches that may be now, of these campaigns (None: of any). With `staff_id` also
        those that are promised to him, before others; those promised to somebody else never."""

    async def next_for(self, tx: Tx, by: str, staff_id: UUID) -> Sequence[Touch]:
        """The next call for an agent who looks first: what was promised before all others."""

    async def said(self, tx: Tx, touch: Touch) -> Said | Unsaid:
        """Its words for this owner, or why there are none."""

    async def sending(self, tx: Tx, touch_id: UUID, by: str) -> bool:
        """Begun by its claimer, asked again behind the owner's lock; False: nobody may be called,
        and it is the claimer's no more. Which call it is, `owner_calls` says."""

    async def skip(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """Nobody can be called by it, and nobody was: the plan goes on by its next way."""

    async def drop(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """An agent has decided that the owner hears no more of this run."""

    async def pass_on(self, tx: Tx, touch_id: UUID, staff_id: UUID, reason: str) -> None:
        """This agent cannot do it; it is due for others at once."""

    async def give_back(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """Nobody was called, surely; it is due again."""

    async def outcome(
        self,
        tx: Tx,
        touch_id: UUID,
        outcome: Outcome,
        *,
        words: str = "",
        staff_id: UUID | None = None,
        promised: str = "",
    ) -> None:
        """It was done, with what came of it; said again, the later word counts."""

    async def unknown(self, tx: Tx, touch_id: UUID, reason: str) -> None:
        """Nobody can say whether it was done: it is not done again by itself."""

    async def promise(self, tx: Tx, touch_id: UUID, staff_id: UUID | None, at: datetime) -> None:
        """A call-back to the same owner by this agent (None: by any), due then, never before.
        Raises PromiseOutsideHours."""
