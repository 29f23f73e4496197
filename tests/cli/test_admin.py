"""The first colleague of a real installation, and a new password, from the command line."""

from pathlib import Path

from tests.cli.conftest import Program
from tests.cli.test_run import signs_in
from tests.conftest import Server
from tests.forked import callcenter


async def test_the_first_admin_before_and_a_password_while_it_runs(
    start: type[Program], prepared: Path
):
    folder = str(prepared)
    made = callcenter("admin", "create", "--data-dir", folder)
    assert made.returncode == 0, made.stderr
    first = made.stdout.split(" / ")[1].strip()

    program = start(prepared, "--no-demo").wait_until_served()
    assert " / " not in program.said, "no log-ins are made outside the demo"
    assert await signs_in(program.url, "admin", first) == 201

    changed = callcenter("admin", "password", "--data-dir", folder)
    second = changed.stdout.split(" / ")[1].strip()
    assert await signs_in(program.url, "admin", first) == 401
    assert await signs_in(program.url, "admin", second) == 201

    twice = callcenter("admin", "create", "--data-dir", folder)
    assert twice.returncode == 1
    assert "Traceback" not in twice.stderr


async def test_a_database_of_ones_own(start: type[Program], server: Server, prepared: Path):
    name = await server.copy("template0")
    url = server.owner_dsn(name)
    made = callcenter("admin", "create", "--database-url", url)
    assert made.returncode == 0, made.stderr
    password = made.stdout.split(" / ")[1].strip()
    program = start(prepared, "--no-demo", "--database-url", url).wait_until_served()
    assert await signs_in(program.url, "admin", password) == 201
    assert url not in " ".join(p for child in program.family() for p in child.cmdline())
    assert not (prepared / "postgres").exists(), "no second PostgreSQL"
    assert program.interrupt() == 0

    shown = start(prepared, "--database-url", url).wait_until_served()
    assert " / " not in shown.said, "a real installation is never made a demo"
    assert shown.interrupt() == 0
    await server.drop(name)


def test_a_weak_password_is_refused_in_words(tmp_path: Path):
    short = callcenter(
        "admin", "create", "--ask", "--data-dir", str(tmp_path / "d"), text="short\nshort\n"
    )
    assert short.returncode == 1
    assert "Traceback" not in short.stderr
