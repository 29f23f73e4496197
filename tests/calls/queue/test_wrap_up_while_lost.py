"""He writes up as his browser is found silent: both lock the call first, then the seat."""

import asyncio
from uuid import UUID

import pytest
from asyncpg.exceptions import DeadlockDetectedError

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents import repository as seats
from callcenter.calls.agents.model import Contact, Seat
from callcenter.calls.model import Disposition, EndReason
from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from tests.calls.floor import Floor

BLIND = load_queries(__file__, "../blind.sql")
WAITING = "select count(*) as n from pg_stat_activity where wait_event_type = 'Lock'"


@pytest.mark.parametrize(
    "guarded",
    [
        pytest.param(True, id="guarded"),
        pytest.param(
            False,
            id="control",
            marks=pytest.mark.xfail(strict=True, raises=DeadlockDetectedError),
        ),
    ],
)
async def test_the_two_wait_for_each_other_in_one_order(
    database: Database, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    """The control takes the seat first, and one of the two is thrown out by the database."""
    floor = Floor(database)
    agent = await floor.agent()
    call = await floor.waits()
    await floor.ready(agent)
    await floor.picks_up(agent)
    await floor.ends(call.id, EndReason.AGENT_HUNG_UP)
    async with database.transaction() as losing:
        await calls.lock(losing, call.id)
        if not guarded:
            monkeypatch.setattr(calls.SQL, "lock_call", BLIND.lock_call)
        writing_up = asyncio.create_task(_writes_up(floor, agent))
        while (await floor.rows(WAITING))[0]["n"] == 0:
            await asyncio.sleep(0.01)
        assert (await seats.lock(losing, agent)).contact is Contact.WRAP_UP
    assert (await writing_up).contact is Contact.NONE


async def _writes_up(floor: Floor, agent: UUID) -> Seat:
    """Once: in a transaction that is not tried again when the database throws it out."""
    async with floor.database.transaction() as tx:
        given = (agent, Disposition.INFORMATION, None, floor.rules)
        return await contacts.wrap_up(tx, f"staff:{agent}", *given)
