"""Calls to owners that a process has left behind when it died."""

from collections.abc import Collection

from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository, service
from callcenter.outbound.dialling.model import OwnerCall, OwnerCallState
from callcenter.outbound.dialling.repository import SQL, call_of
from callcenter.telephony.owners.means import ACTOR, Means


async def take_stock(means: Means, alive: Collection[str]) -> None:
    """Once, before anything is dialled: what was not dialled is due again. What was and has no leg
    among those `alive` is over, and its record says what came of it; what lives is taken up like
    any call that went on."""
    rows = await means.database.run(lambda tx: SQL.left_behind(tx.connection), readonly=True)
    for one in map(call_of, rows):
        if one.state is OwnerCallState.TAKEN:
            await not_dialled(means, one)
        else:
            await _perhaps_over(means, one, alive)


async def not_dialled(means: Means, one: OwnerCall) -> None:
    """Nobody's telephone has rung for it: it is due again."""
    await means.database.run(lambda tx: _due_again(tx, means, one))


async def _due_again(tx: Tx, means: Means, one: OwnerCall) -> None:
    await means.touches.give_back(tx, one.touch_id, "not_dialled")
    await service.end(tx, ACTOR, one, None, "not_dialled")


async def not_begun(tx: Tx, means: Means, taken: OwnerCall) -> None:
    """Our own, which we failed to begin: due again, also where it was written as being dialled
    and we did not hear so; its agent is free."""
    one = await repository.lock(tx, taken.id)
    if one.taken_at != taken.taken_at:
        # Claimed anew meanwhile: it is another's.
        return
    if one.state is OwnerCallState.TAKEN:
        await _due_again(tx, means, one)
    elif one.state is OwnerCallState.DIALLING:
        await means.end_line(tx, one, EndReason.NOT_DIALLED)


async def _perhaps_over(means: Means, one: OwnerCall, alive: Collection[str]) -> None:
    rows = await means.database.run(
        lambda tx: SQL.legs_alive(tx.connection, call_id=one.call_id), readonly=True
    )
    if not any(row["leg"] in alive for row in rows):
        await means.line_closed(one, EndReason.LINE_LOST)
