"""Calls to owners that a process has left behind when it died."""

from collections.abc import Collection

from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import service
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

    async def verb(tx: Tx) -> None:
        await means.touches.give_back(tx, one.touch_id, "not_dialled")
        await service.end(tx, ACTOR, one, None, "not_dialled")

    await means.database.run(verb)


async def _perhaps_over(means: Means, one: OwnerCall, alive: Collection[str]) -> None:
    rows = await means.database.run(
        lambda tx: SQL.legs_alive(tx.connection, call_id=one.call_id), readonly=True
    )
    if not any(row["leg"] in alive for row in rows):
        await means.line_closed(one, EndReason.LINE_LOST)
