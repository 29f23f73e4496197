"""What is broken or wrongly given is one sentence in each language, and Ctrl-C always works."""

import asyncio
import gzip
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import psutil
import pytest

from callcenter.cli.given import check_tls, settings_of
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.db.transaction import Tx
from callcenter.db.up_to_date import bring_up_to_date
from callcenter.db.wheel import PostgresUnusable
from callcenter.places.gazetteer import Gazetteer
from callcenter.staff import service as staff
from callcenter.staff.errors import LoginMalformed
from callcenter.supervision import CannotStart
from tests.cli.conftest import PATIENCE_S, Program
from tests.conftest import Server
from tests.forked import callcenter

ANSWERS_WITHIN_S = 60.0
Done = "subprocess.CompletedProcess[str]"


def in_one_sentence_each(said: str, *words: str) -> None:
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 2, said
    for word in words:
        assert word in said


def refused(done: Done, *words: str) -> None:
    assert done.returncode == 1, done.stderr
    in_one_sentence_each(done.stderr, *words)


def gone(family: list[psutil.Process]) -> bool:
    """None of them runs any more; those that nobody has fetched yet do not."""
    alive = [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    return not alive


def wait_for(is_so: Callable[[], object], program: Program) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, program.said
        time.sleep(0.01)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose embedded database was made, and stopped in good order."""
    folder = tmp_path_factory.mktemp("whole")

    async def make() -> None:
        postgres = EmbeddedPostgres(folder, fsync=False)
        await postgres.start()
        await postgres.stop()

    asyncio.run(make())
    return folder


@pytest.fixture
def data_dir(whole: Path, prepared: Path) -> Path:
    """A copy of it to be broken."""
    return Path(shutil.copytree(whole, prepared, dirs_exist_ok=True))


def no_owner_password(postgres: Path) -> None:
    (postgres / "callcenter_owner.password").unlink()


def other_owner_password(postgres: Path) -> None:
    (postgres / "callcenter_owner.password").write_text("another")


def no_base(postgres: Path) -> None:
    shutil.rmtree(postgres / "data" / "base")


def no_wal(postgres: Path) -> None:
    shutil.rmtree(postgres / "data" / "pg_wal")


def no_version(postgres: Path) -> None:
    (postgres / "data" / "PG_VERSION").unlink()


def cut_control_file(postgres: Path) -> None:
    (postgres / "data" / "global" / "pg_control").write_bytes(b"x")


def senseless_configuration(postgres: Path) -> None:
    (postgres / "data" / "postgresql.conf").write_text("nonsense\n")


BROKEN: list[tuple[Callable[[Path], None], str]] = [
    (no_owner_password, "callcenter_owner.password"),
    (other_owner_password, "password authentication failed"),
    (no_base, "base/5"),
    (no_wal, "pg_wal"),
    (no_version, "PG_VERSION"),
    (cut_control_file, "pg_control"),
    (senseless_configuration, "postgresql.conf"),
]


@pytest.mark.parametrize(("damage", "told"), BROKEN, ids=[damage.__name__ for damage, _ in BROKEN])
async def test_a_broken_database_is_told_and_nothing_is_left_running(
    data_dir: Path, damage: Callable[[Path], None], told: str
):
    damage(data_dir / "postgres")
    postgres = EmbeddedPostgres(data_dir, fsync=False)
    with pytest.raises(PostgresUnusable, match=told):
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            await postgres.start()
    assert not postgres.is_served()


def test_run_and_admin_say_so(data_dir: Path):
    no_base(data_dir / "postgres")
    for command in (["run", "--no-demo", "--port", "0"], ["admin", "create"]):
        done = callcenter(*command, "--data-dir", str(data_dir))
        refused(done, "base/5", "--data-dir")


@pytest.fixture
async def started(data_dir: Path) -> AsyncIterator[EmbeddedPostgres]:
    """Not started yet: stopped at the end."""
    postgres = EmbeddedPostgres(data_dir, fsync=False)
    yield postgres
    await postgres.stop()


async def test_the_serving_roles_lost_password_is_made_anew(
    data_dir: Path, started: EmbeddedPostgres
):
    (data_dir / "postgres" / "callcenter.password").unlink()
    await started.start()
    connection = await asyncpg.connect(started.app_dsn("postgres"))
    await connection.close()


def half_made(data_dir: Path) -> list[Path]:
    return list(data_dir.glob("postgres/data.new.*/PG_VERSION"))


async def test_set_up_that_was_killed_begins_anew(start: type[Program], tmp_path: Path):
    data_dir = tmp_path / "data"
    program = start(data_dir, "--no-demo")
    wait_for(lambda: half_made(data_dir), program)
    program.process.kill()
    program.process.wait()
    assert not (data_dir / "postgres" / "data").exists(), "half made, it never stands in its place"

    postgres = EmbeddedPostgres(data_dir, fsync=False)
    await postgres.start()
    await postgres.stop()
    assert half_made(data_dir) == []


def test_ctrl_c_ends_it_while_it_sets_up(start: type[Program], prepared: Path):
    program = start(prepared, "--no-demo")
    wait_for(lambda: half_made(prepared), program)
    family = program.family()
    assert program.interrupt() == 0
    assert "Traceback" not in program.said
    wait_for(lambda: gone(family), program)


def test_a_second_ctrl_c_does_not_wait(start: type[Program], data_dir: Path):
    program = start(data_dir, "--no-demo").wait_until_served()
    family = program.family()
    worker = next(process for process in family if process.cmdline()[-1] == "worker")
    worker.suspend()
    try:
        program.process.send_signal(signal.SIGINT)
        wait_for(lambda: "Stopping" in program.said, program)
        assert program.interrupt() == 130
    finally:
        worker.resume()
    wait_for(lambda: gone(family), program)


def test_damaged_tables_of_places_are_made_anew(gazetteer: Gazetteer, tmp_path: Path):
    (tmp_path / "gazetteer.json.gz").write_bytes(gzip.compress(b"[[1, 2]]"))
    (tmp_path / "land.gz").write_bytes(b"no table")
    assert len(Gazetteer.load(tmp_path).places) == len(gazetteer.places)
    table = (tmp_path / "land.gz").read_bytes()
    (tmp_path / "land.gz").write_bytes(table[:1000])
    assert Gazetteer.load(tmp_path).land.within(41.8, 123.4, 2000)


def asked_for_https(certificate: Path, key: Path) -> None:
    check_tls(settings_of({"tls_cert": certificate, "tls_key": key}))


def test_a_certificate_that_is_none_is_one_sentence(tmp_path: Path):
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    certificate.write_text("nonsense")
    key.write_text("nonsense")
    options = ["--tls-cert", str(certificate), "--tls-key", str(key)]
    done = callcenter("run", "--data-dir", str(tmp_path / "d"), *options)
    refused(done, "cert.pem", "key.pem")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_key_of_another_certificate_or_with_a_password_is_one_sentence(tmp_path: Path):
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    for name in ("one", "two"):
        files = ["-keyout", str(tmp_path / f"{name}.key"), "-out", str(tmp_path / f"{name}.pem")]
        subject = ["-subj", "/CN=localhost"]
        subprocess.run([*make.split(), *subject, *files], check=True, capture_output=True)
    lock = f"openssl ec -aes256 -passout pass:geheim -in {tmp_path}/one.key -out {tmp_path}/locked"
    subprocess.run(lock.split(), check=True, capture_output=True)
    certificate = tmp_path / "one.pem"
    asked_for_https(certificate, tmp_path / "one.key")
    for key in ("two.key", "locked"):
        with pytest.raises(CannotStart) as told:
            asked_for_https(certificate, tmp_path / key)
        in_one_sentence_each(str(told.value), key)


@pytest.mark.parametrize(
    "url",
    ["example.com", "ftp://example.com", "https://", "//a.cn", "https://a.cn/?b", "http://a b"],
)
def test_an_address_that_links_cannot_begin_with_is_one_sentence(url: str):
    with pytest.raises(CannotStart) as told:
        settings_of({"public_url": url})
    in_one_sentence_each(str(told.value), "--public-url", "https://care.example.cn")


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEB_PROCESSES", "0"), ("ROUTING", "{"), ("ROUTING__OFFER_LIFETIME_S", "soon")],
)
def test_a_setting_that_makes_no_sense_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(f"CALLCENTER_{name}", value)
    with pytest.raises(CannotStart) as told:
        settings_of({})
    in_one_sentence_each(str(told.value), "CALLCENTER_")


async def test_a_role_that_may_not_make_tables_is_one_sentence(server: Server, tmp_path: Path):
    name = await server.copy("template0")
    await server.execute(f"create role {name}_weak login password 'geheim'")
    place = server.owner_dsn(name).partition("@")[2]
    options = ["--database-url", f"postgresql://{name}_weak:geheim@{place}", "--port", "0"]
    command = ["run", "--data-dir", str(tmp_path / "d"), *options]
    done = await asyncio.to_thread(callcenter, *command)
    refused(done, "permission denied")
    assert "geheim" not in done.stderr
    await server.drop(name)


async def test_a_schema_newer_than_the_program_is_one_sentence(server: Server, dbname: str):
    connection = await asyncpg.connect(server.owner_dsn(dbname))
    await connection.execute("update alembic_version set version_num = '9999'")
    await connection.close()
    with pytest.raises(CannotStart) as told:
        await bring_up_to_date(server.owner_dsn(dbname), None)
    in_one_sentence_each(str(told.value), "9999")


def test_a_role_that_nobody_has_is_told_with_those_there_are(tmp_path: Path):
    boss = callcenter("admin", "create", "--role", "boss", "--data-dir", str(tmp_path))
    assert boss.returncode == 2
    assert "Traceback" not in boss.stderr
    assert "boss" in boss.stderr
    assert "supervisor" in boss.stderr


@pytest.mark.parametrize("login", ["a b/ü", "a", "-x", "", "x" * 41])
async def test_a_login_that_nobody_could_sign_in_with_is_refused(tx: Tx, login: str):
    with pytest.raises(LoginMalformed):
        await staff.create_staff(tx, login=login, name="x", role="admin", password="long enough")
