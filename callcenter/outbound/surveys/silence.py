"""The recurring turns over those who fell silent: their places and, at last, their responses."""

from functools import partial
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import responses
from callcenter.outbound.surveys.repository import SQL

AT_ONCE = 500


async def give_back_silent(database: Database) -> int:
    """Reserved places whose time is over are others' again; answers how many.

    Each quota in a transaction of its own, so that no respondent waits for two of them.
    """
    async with database.reading() as tx:
        rows = await SQL.quotas_with_silent_places(tx.connection)
    given = 0
    for row in rows:
        turn = partial(_give_back_in, survey_id=row["survey_id"], quota=row["quota"])
        given += await database.run(turn)
    return given


async def _give_back_in(tx: Tx, survey_id: UUID, quota: str) -> int:
    which = {"survey_id": survey_id, "quota": quota}
    moved = await SQL.give_back_silent_places(tx.connection, limit=AT_ONCE, **which)
    if moved:
        await SQL.count_given_back(tx.connection, places=len(moved), **which)
    return len(moved)


async def end_the_late(database: Database) -> int:
    """Responses whose time is over have expired, each in a transaction of its own; answers how
    many there were."""
    async with database.reading() as tx:
        rows = await SQL.responses_to_expire(tx.connection, limit=AT_ONCE)
    for row in rows:
        await database.run(partial(responses.expire, response_id=row["id"]))
    return len(rows)
