"""A job that was given up is told to somebody, and can be run again."""

from uuid import uuid4

from callcenter.db.database import Database
from callcenter.db.events import SQL
from callcenter.db.parked import parked_jobs, run_parked_again
from callcenter.staff import alarms
from callcenter.staff.parked_jobs import tell_of_parked_jobs
from tests.service import Service


async def park(database: Database, name: str = "test.tow") -> None:
    async with database.transaction() as tx:
        await SQL.park_job(
            tx.connection, id=uuid4(), name=name, key=str(uuid4()), payload="{}", error="no"
        )


async def test_a_parked_job_is_seen_by_who_watches_the_service(service: Service) -> None:
    await park(service.database)
    client = await service.agent()
    async with client.session.get("/readyz") as ready, client.session.get("/metrics") as metrics:
        assert (await ready.json())["jobs_parked"] == 1
        assert "callcenter_jobs_parked 1.0" in await metrics.text()


async def test_the_alarm_sounds_anew_for_another_job_and_ends_with_the_last(
    database: Database,
) -> None:
    async def open_alarms() -> list[alarms.Alarm]:
        await database.run(tell_of_parked_jobs)
        async with database.transaction() as tx:
            return list(await alarms.listed(tx, limit=10, only_open=True))

    assert await open_alarms() == []
    await park(database)
    (alarm,) = await open_alarms()
    async with database.transaction() as tx:
        await alarms.take_alarm(tx, "staff:1", alarm.id)
    assert [a.taken_by for a in await open_alarms()] == ["staff:1"], "once taken it is quiet"
    await park(database)
    assert [a.taken_by for a in await open_alarms()] == [None], "one more: it sounds anew"
    async with database.transaction() as tx:
        assert await run_parked_again(tx) == 2
        assert await parked_jobs(tx) == []
    assert await open_alarms() == []


async def test_the_queue_has_it_again(database: Database) -> None:
    await park(database, "routing.expire_offer")
    async with database.transaction() as tx:
        await run_parked_again(tx)
        waiting = await tx.connection.fetch("select entrypoint, status from pgqueuer")
    assert [tuple(row) for row in waiting] == [("routing.expire_offer", "queued")]
