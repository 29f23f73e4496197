"""A job acts once, however often it is delivered, and is never lost when it fails."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from callcenter.db import database as database_module
from callcenter.db import jobs
from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.events import StoredEvent, record
from callcenter.db.jobs import Work, run_job
from callcenter.db.transaction import Tx
from tests.db.cast import Ticked, with_control
from tests.db.conftest import KEY_NEVER_KNOWN, Deeds, Workers
from tests.service import eventually

TICKET = UUID("01890000-0000-7000-8000-00000000000a")
DELIVERY = {"key": "k1", "payload": {"what": "tow"}}


@pytest.fixture
def few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parked after the second failure, and the database given up after a tenth of a second."""
    monkeypatch.setattr(jobs, "TRIES", 1)
    monkeypatch.setattr(database_module, "RETRY_BUDGET_S", 0.1)


def timers(deeds: Deeds) -> Work:
    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        await asyncio.sleep(0.02)
        await deeds.do(tx, payload["what"])

    return Work(timers={"test.tow": tow})


async def put(database: Database, *listed: Job) -> None:
    await database.run(lambda tx: enqueue(tx, listed))


async def nothing_left(deeds: Deeds) -> None:
    async def empty() -> bool:
        return await deeds.queued() == 0

    await eventually(empty)


@with_control(sabotage=KEY_NEVER_KNOWN)
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_job_delivered_twice_acts_once(
    database: Database, owner: Any, deeds: Deeds, at_once: bool, sabotage: str | None
) -> None:
    if sabotage:
        await owner.execute(sabotage)
    work = timers(deeds)
    if at_once:
        await asyncio.gather(*(run_job(database, work, "test.tow", DELIVERY) for _ in range(5)))
    else:
        for _ in range(2):
            await run_job(database, work, "test.tow", DELIVERY)
    assert await deeds.done() == ["tow"]


@with_control(sabotage=KEY_NEVER_KNOWN)
async def test_a_job_enqueued_anew_after_it_was_done_acts_once(
    database: Database, owner: Any, deeds: Deeds, workers: Workers, sabotage: str | None
) -> None:
    if sabotage:
        await owner.execute(sabotage)
    workers.start(timers(deeds))
    job = Job("test.tow", {"what": "tow"}, "k1")
    for _ in range(3):
        await put(database, job, job)
        await nothing_left(deeds)
    assert await deeds.done() == ["tow"]


async def test_a_fact_wakes_each_reaction_once_and_only_when_it_commits(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    async def tell(tx: Tx, event: StoredEvent) -> None:
        assert (event.kind, event.actor, event.ticket_id) == ("test.ticked", "staff:lin", TICKET)
        await deeds.do(tx, f"tell {event.facts['number']}")

    async def count(tx: Tx, event: StoredEvent) -> None:
        await deeds.do(tx, f"count {event.facts['number']}")

    workers.start(Work(reactions={"test.tell": tell, "test.count": count}))
    wired = {"test.ticked": ("test.tell", "test.count")}
    for number, kept in ((1, False), (2, True)):
        async with database.pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            fact = Ticked(number=number)
            await record(Tx(connection, wired), fact, actor="staff:lin", ticket_id=TICKET)
            await (transaction.commit() if kept else transaction.rollback())
    await nothing_left(deeds)
    assert sorted(await deeds.done()) == ["count 2", "tell 2"]


async def test_a_failing_job_leaves_nothing_behind_and_is_tried_again(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    tries = 0

    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        nonlocal tries
        tries += 1
        await deeds.do(tx, "tow")
        if tries < 3:
            raise LookupError

    workers.start(Work(timers={"test.tow": tow}))
    await put(database, Job("test.tow", {}, "k1"))
    await nothing_left(deeds)
    assert (await deeds.done(), tries, await deeds.parked()) == (["tow"], 3, [])


@pytest.mark.usefixtures("few_tries")
async def test_a_job_that_never_succeeds_is_parked_whole_and_holds_up_no_other(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        if payload["what"] == "bad":
            raise LookupError("no such truck")
        await deeds.do(tx, payload["what"])

    workers.start(Work(timers={"test.tow": tow}))
    await put(database, Job("test.tow", {"what": "bad"}, "k1"))
    await put(database, Job("test.tow", {"what": "good"}, "k2"))
    await nothing_left(deeds)
    assert await deeds.done() == ["good"]
    (parked,) = await deeds.parked()
    assert (parked["name"], parked["key"], parked["payload"], parked["error"]) == (
        "test.tow",
        "k1",
        '{"what": "bad"}',
        "LookupError('no such truck')",
    )


REFUSE_PARKING = """
create function refuse_once() returns trigger language plpgsql as $$
begin
    if nextval('refusals') < 2 then raise exception 'full' using errcode = '{}'; end if;
    return new;
end $$;
create sequence refusals;
grant usage on sequence refusals to callcenter;
create trigger refuse_once before insert on jobs_parked
    for each row execute function refuse_once();
"""


@pytest.mark.usefixtures("few_tries")
@pytest.mark.parametrize("errcode", ["40001", "53100"], ids=["serialization", "disk_full"])
async def test_a_job_that_cannot_even_be_parked_stays_in_the_queue(
    database: Database, owner: Any, deeds: Deeds, workers: Workers, errcode: str
) -> None:
    await owner.execute(REFUSE_PARKING.format(errcode))

    async def tow(tx: Tx, payload: dict[str, Any]) -> None:
        raise LookupError

    workers.start(Work(timers={"test.tow": tow}))
    await put(database, Job("test.tow", {}, "k1"))
    await nothing_left(deeds)
    assert len(await deeds.parked()) == 1


@pytest.mark.usefixtures("few_tries")
@pytest.mark.parametrize("failure", [OSError, TimeoutError])
@pytest.mark.parametrize("kind", ["timer", "errand"])
async def test_what_may_pass_by_itself_is_never_parked(
    database: Database, deeds: Deeds, workers: Workers, failure: type[Exception], kind: str
) -> None:
    """In a transaction it becomes DatabaseAway first; an errand's own goes as it is."""
    away_until = asyncio.get_running_loop().time() + 5
    deliveries = 0

    async def act(where: Any, payload: dict[str, Any]) -> None:
        nonlocal deliveries
        deliveries += 1
        if asyncio.get_running_loop().time() < away_until:
            raise failure
        await deeds.database.run(lambda tx: deeds.do(tx, "tow"))

    acts = {"test.tow": act}
    workers.start(Work(errands=acts) if kind == "errand" else Work(timers=acts))
    await put(database, Job("test.tow", {}, "k1"))

    async def tow_done() -> list[str]:
        return await deeds.done()

    assert await eventually(tow_done) == ["tow"]
    assert deliveries > jobs.TRIES + 1
    assert await deeds.parked() == []


async def test_an_errand_runs_again_until_it_has_come_back(
    database: Database, deeds: Deeds, workers: Workers
) -> None:
    """Nobody can undo a call over the network: an errand claims for itself."""
    runs = 0

    async def send(parts: Database, payload: dict[str, Any]) -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise ValueError("the carrier said nothing")
        await parts.run(lambda tx: deeds.do(tx, payload["what"]))

    workers.start(Work(errands={"test.send": send}))
    await put(database, Job("test.send", {"what": "text"}, "k1"))
    await nothing_left(deeds)
    assert (await deeds.done(), runs) == (["text"], 2)
