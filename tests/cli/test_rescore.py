"""All cars scored by the command that an operator types."""

from pathlib import Path

from benchmarks.made_fleet import Made, make_fleet
from callcenter.db.database import Database
from tests.conftest import Server
from tests.forked import callcenter
from tests.outbound.due.fleet_in import write_fleet


async def test_an_operator_has_all_cars_scored(
    server: Server, dbname: str, database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as tx:
        cars = await write_fleet(tx, make_fleet(Made(cars=120, seed=5)))
        await tx.connection.execute(
            "update vehicles set gone_on = current_date where id = $1", cars[0]
        )
    where = ("--database-url", server.owner_dsn(dbname), "--data-dir", str(tmp_path))
    done = callcenter("outbound", "rescore", *where)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "已推算 scored: 119 辆车 cars" in done.stdout
    async with database.transaction() as tx:
        scored = await tx.connection.fetch("select vehicle_id from due_dates")
        (night,) = await tx.connection.fetch("select cars, ended_at from due_rescorings")
    assert {row["vehicle_id"] for row in scored} == set(cars[1:])
    assert (night["cars"], night["ended_at"] is not None) == (119, True)


def test_without_a_database_it_says_so_and_ends_with_status_1(tmp_path: Path) -> None:
    nobody = "postgresql://nobody@127.0.0.1:9/none"
    done = callcenter("outbound", "rescore", "--database-url", nobody, "--data-dir", str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "--database-url" in done.stderr
