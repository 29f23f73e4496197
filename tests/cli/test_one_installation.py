"""What belongs to one installation: its database, its machine tokens, its address while it runs."""

import asyncio
from pathlib import Path

import pytest

from callcenter.cli.machine_tokens import make_machine_tokens, prolong_all
from callcenter.cli.remembered import FILE, without_password
from callcenter.db.database import Database
from callcenter.settings import MOST_WEB_PROCESSES, Settings
from callcenter.staff.tokens import revoke_secret
from tests.cli.conftest import Program
from tests.conftest import Server
from tests.forked import callcenter


async def lives(database: Database) -> dict[str, float]:
    """Days that each token which is good still has, by name."""
    async with database.reading() as tx:
        rows = await tx.connection.fetch(
            "select name, extract(epoch from expires_at - now()) / 86400 as days"
            " from machine_tokens where revoked_at is null and expires_at > now()"
        )
    found = {row["name"]: float(row["days"]) for row in rows}
    assert len(found) == len(rows), "one of each"
    return found


async def test_each_start_has_one_token_of_each_kind_and_revokes_the_one_before(
    database: Database, tmp_path: Path
):
    await make_machine_tokens(database, tmp_path, demo=True)
    first = (tmp_path / "rehearsal.token").read_text()
    assert set(await lives(database)) == {"simulation", "rehearsal"}
    secrets = await make_machine_tokens(database, tmp_path, demo=True)
    assert set(await lives(database)) == {"simulation", "rehearsal"}
    assert first not in secrets
    assert (tmp_path / "rehearsal.token").read_text() in secrets
    assert (tmp_path / "rehearsal.token").stat().st_mode & 0o777 == 0o600


async def test_a_real_installation_has_no_token_that_plays_stations_by_itself(
    database: Database, tmp_path: Path
):
    await make_machine_tokens(database, tmp_path, demo=True)
    await make_machine_tokens(database, tmp_path, demo=False)
    assert set(await lives(database)) == {"rehearsal"}
    assert not (tmp_path / "simulation.token").exists()


async def test_another_machine_on_the_same_database_keeps_its_token(
    database: Database, tmp_path: Path
):
    for machine in ("one", "two"):
        (tmp_path / machine).mkdir()
        await make_machine_tokens(database, tmp_path / machine, demo=False)
    async with database.reading() as tx:
        good = await tx.connection.fetchval(
            "select count(*) from machine_tokens where revoked_at is null"
        )
    assert good == 2


async def test_while_it_runs_its_tokens_do_not_end_and_a_revoked_one_stays_so(
    database: Database, tmp_path: Path
):
    secrets = await make_machine_tokens(database, tmp_path, demo=True)
    async with database.transaction() as tx:
        await tx.connection.execute("update machine_tokens set expires_at = now() + '1 hour'")
        await revoke_secret(tx, (tmp_path / "simulation.token").read_text())
    await prolong_all(database.dsn, secrets)
    left = await lives(database)
    assert set(left) == {"rehearsal"}
    assert left["rehearsal"] > 6.9


async def test_it_remembers_the_database_it_uses_and_its_address_only_while_it_runs(
    start: type[Program], server: Server, prepared: Path
):
    name = await server.copy()
    url, data_dir = server.owner_dsn(name), prepared
    program = start(data_dir, "--no-demo", "--database-url", url)
    await asyncio.to_thread(program.wait_until_served)
    assert "started in" in program.said
    assert (data_dir / "address").read_text() == program.url
    assert (data_dir / FILE).read_text().strip() == without_password(url)
    assert server.postgres.cluster.password("callcenter_owner") not in (data_dir / FILE).read_text()
    assert await asyncio.to_thread(program.interrupt) == 0
    assert not (data_dir / "address").exists()

    for command in (["admin", "create"], ["jobs", "list"], ["run", "--port", "0"]):
        done = await asyncio.to_thread(callcenter, *command, "--data-dir", str(data_dir))
        assert done.returncode == 1
        assert "--database-url" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (data_dir / "postgres").exists(), "no empty database was begun"
    await server.drop(name)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://care:geheim@db:5432/care", "postgresql://care@db:5432/care"),
        ("postgres://db/care", "postgres://db/care"),
        (
            "postgresql:///care?host=/run/pg&user=u&password=geheim",
            "postgresql:///care?host=%2Frun%2Fpg&user=u",
        ),
        ("postgresql://u:a%40b@h1:1,h2:2/care", "postgresql://u@h1:1,h2:2/care"),
    ],
)
def test_a_password_is_never_remembered(url: str, shown: str):
    assert without_password(url) == shown


@pytest.mark.parametrize(
    ("cores", "processes"), [(1, 1), (2, 1), (4, 2), (8, 4), (64, MOST_WEB_PROCESSES)]
)
def test_half_of_the_cores_answer_the_web_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, cores: int, processes: int
):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)))
    assert Settings().web_processes == processes
    monkeypatch.setenv("CALLCENTER_WEB_PROCESSES", "3")
    assert Settings().web_processes == 3
