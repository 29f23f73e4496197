"""What touches need of the plan that they belong to: the words, and what follows."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.model import Outcome, Touch, TouchState
from callcenter.outbound.touches.model import Said, Unsaid


class Words(Protocol):
    """Puts touches into words, for many owners at once; a touch that is missing in the answer
    cannot be said (no number, no address), and is skipped, as one is that is unsaid."""

    async def __call__(self, tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Said | Unsaid]: ...


class Follow(Protocol):
    """What a run's plan makes of a touch's end (`state`: sent, failed, unknown, skipped, expired),
    or of its `outcome`: told in the transaction in which it is written, once for each."""

    async def __call__(
        self,
        tx: Tx,
        touch: Touch,
        *,
        state: TouchState | None = None,
        outcome: Outcome | None = None,
    ) -> None: ...


async def nothing_follows(
    tx: Tx,
    touch: Touch,
    *,
    state: TouchState | None = None,
    outcome: Outcome | None = None,
) -> None:
    """A campaign of one step, tried once."""
