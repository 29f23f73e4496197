"""Keeps audience_cars like what it comes from: what was marked as stale is read anew."""

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.rules import SQL

AT_A_QUESTION = 2_000
"""Marks that who asks takes along; a tenth of a second."""
AT_A_TURN = 20_000
ALL = 2**31 - 1
LONGEST_S = 120.0
"""All of five million owners anew."""


async def refresh_some(tx: Tx) -> None:
    """What a person's question brings up to date; nothing while another does it."""
    await SQL.refresh(tx.connection, most=AT_A_QUESTION, waits=False)


async def refresh_all(tx: Tx) -> None:
    """Before a run is frozen: nothing is stale then."""
    ask = "select audience_refresh($1, true)"
    await tx.connection.fetchval(ask, ALL, timeout=LONGEST_S)


async def is_current(tx: Tx) -> bool:
    """Whether nothing is stale."""
    return not await SQL.is_stale(tx.connection)


async def keep_current(database: Database) -> None:
    """Take turns until nothing is stale; after a whole file was read in, all at once."""
    while await database.run(_turn):
        pass


async def _turn(tx: Tx) -> bool:
    if await SQL.is_all_stale(tx.connection):
        await refresh_all(tx)
        return False
    return int(await SQL.refresh(tx.connection, most=AT_A_TURN, waits=True)) == AT_A_TURN
