"""Whether a run is over for an owner: nothing else of it is said to him then but a call that he was
promised. Asked when a touch begins, and before the next one is planned.

What is claimed is out of reach of who withdraws what waits: it lies in the outbox, or an agent has
him before him.
"""

from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.model import DROPPED, ENDS_ALL
from callcenter.outbound.touches.claim import SQL


async def over_for(tx: Tx, run_id: UUID, owner_id: UUID) -> str | None:
    """Why, in the word that stands with what was withdrawn for it; None: it goes on."""
    why: str | None = await SQL.run_over_for(
        tx.connection,
        run_id=run_id,
        owner_id=owner_id,
        ends_all=[one.value for one in ENDS_ALL],
        dropped=[one.value for one in DROPPED],
    )
    return why
