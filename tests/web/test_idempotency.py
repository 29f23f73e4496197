"""A retry answers as the first try did; a duplicate writes before it is answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.web import idempotency, installation
from callcenter.web.call import Call
from callcenter.web.html import Redirect
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel, WireModel


class Deed(WireModel):
    what: str
    pause_s: float = 0.0


class Done(WireModel):
    number: int
    version: int = 1


class Note(QueryModel):
    what: str


class Refused(CallCenterError):
    """No."""

    code = "refused_here"


routes = Routes()


@routes.post("/api/v1/deeds", permission=Permission.TICKETS_WRITE, status=201)
async def act(call: Call, body: Deed) -> Done:
    """Do it: writes a row, so that deeds can be counted."""
    number = await _do(call.tx, body.what)
    await asyncio.sleep(body.pause_s)
    if body.what == "refused":
        raise Refused
    return Done(number=number)


@routes.post("/notes", permission=Permission.PUBLIC)
async def note(call: Call, form: Note) -> Redirect:
    """A page's form."""
    await _do(call.tx, form.what)
    return Redirect("/done")


async def _do(tx: Tx, what: str) -> int:
    await tx.connection.execute(
        "insert into sign_in_failures (account, address) values ($1, '')", what.encode()
    )
    return int(await tx.connection.fetchval("select count(*) from sign_in_failures"))


async def deeds(database: Database) -> int:
    async with database.reading() as tx:
        return int(await tx.connection.fetchval("select count(*) from sign_in_failures"))


def headers(key: str | None, who: str = "machine") -> dict[str, str]:
    return {"Authorization": f"Bearer {who}"} | ({"Idempotency-Key": key} if key else {})


async def test_a_retry_gets_the_first_answer_and_does_nothing(
    serve: Any, database: Database
) -> None:
    client = await serve(routes)
    key = str(uuid4())
    first = await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    again = await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    assert first.status == again.status == 201
    assert await first.read() == await again.read()
    assert first.headers["ETag"] == again.headers["ETag"] == '"1"'
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert await deeds(database) == 1


WITHOUT_THE_ROW = """
create function forget_key() returns trigger language plpgsql as $$
begin
    new.key := gen_random_uuid()::text;
    return new;
end $$;
create trigger forget_key before insert on idempotency_keys
    for each row execute function forget_key();
"""
WITHOUT_THE_TOUCH = """
create function touch_nothing() returns trigger language plpgsql as $$
begin
    return old;
end $$;
create trigger touch_nothing before update on idempotency_keys
    for each row when (old.state = 'answered') execute function touch_nothing();
"""


def and_control(guard_taken_out: str) -> pytest.MarkDecorator:
    """The test as it is, and its control with the guard taken out of the test database."""
    fails = pytest.mark.xfail(strict=True, raises=AssertionError)
    control = pytest.param(guard_taken_out, marks=fails, id="control")
    return pytest.mark.parametrize("sabotage", [pytest.param("select 1", id="guarded"), control])


@and_control(WITHOUT_THE_TOUCH)
async def test_a_retry_touches_its_row(
    serve: Any, owner: asyncpg.Connection, sabotage: str
) -> None:
    await owner.execute(sabotage)
    client = await serve(routes)
    key = str(uuid4())
    await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    before = await owner.fetchval("select touched_at from idempotency_keys")
    await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    assert await owner.fetchval("select touched_at from idempotency_keys") > before


@and_control(WITHOUT_THE_ROW)
async def test_concurrent_duplicates_act_once(
    serve: Any, database: Database, owner: asyncpg.Connection, sabotage: str
) -> None:
    await owner.execute(sabotage)
    client = await serve(routes)
    key = str(uuid4())
    body = {"what": "tow", "pause_s": 0.3}
    answers = await asyncio.gather(
        *(client.post("/api/v1/deeds", json=body, headers=headers(key)) for _ in range(6))
    )
    assert {answer.status for answer in answers} == {201}
    assert {await answer.read() for answer in answers} == {b'{"number":1,"version":1}'}
    assert await deeds(database) == 1


async def test_a_duplicate_does_not_wait_for_ever(
    serve: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, release = asyncio.Event(), asyncio.Event()
    slow = Routes()

    @slow.post("/api/v1/deeds", permission=Permission.TICKETS_WRITE, status=201)
    async def act_slowly(call: Call, body: Deed) -> Done:
        """Does it, and ends when it is let go."""
        number = await _do(call.tx, body.what)
        begun.set()
        await release.wait()
        return Done(number=number)

    client = await serve(slow)
    send = partial(
        client.post, "/api/v1/deeds", json={"what": "tow"}, headers=headers(str(uuid4()))
    )
    first = asyncio.create_task(send())
    await begun.wait()
    monkeypatch.setattr("callcenter.web.repository.KEY_WAIT_S", 0.2)
    again = await send()
    release.set()
    problem = await again.json(content_type="application/problem+json")
    assert (again.status, problem["code"]) == (409, "idempotency_in_progress")
    assert again.headers["Retry-After"] == "1"
    assert (await first).status == 201
    assert await deeds(database) == 1


async def test_another_body_with_the_same_key_is_refused(serve: Any) -> None:
    client = await serve(routes)
    key = str(uuid4())
    await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    other = await client.post("/api/v1/deeds", json={"what": "jump"}, headers=headers(key))
    problem = await other.json(content_type="application/problem+json")
    assert (other.status, problem["code"]) == (422, "idempotency_key_reused")


async def test_keys_of_two_callers_do_not_meet(serve: Any, database: Database) -> None:
    client = await serve(routes)
    key = str(uuid4())
    await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    other = await client.post(
        "/api/v1/deeds",
        json={"what": "jump"},
        headers={
            "Idempotency-Key": key,
            "Cookie": "who=lin",
            "Sec-Fetch-Site": "same-origin",
            "X-CSRF-Token": "csrf-of-1",
        },
    )
    assert other.status == 201
    assert await deeds(database) == 2


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [
        (None, 428, "idempotency_key_required"),
        ("short", 422, "idempotency_key_malformed"),
        ("with a blank", 422, "idempotency_key_malformed"),
    ],
)
async def test_a_key_is_needed(serve: Any, key: str | None, status: int, code: str) -> None:
    client = await serve(routes)
    answer = await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(key))
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (status, code)


async def test_a_refusal_is_not_kept(serve: Any, owner: asyncpg.Connection) -> None:
    client = await serve(routes)
    key = str(uuid4())
    for _ in range(2):
        answer = await client.post("/api/v1/deeds", json={"what": "refused"}, headers=headers(key))
        assert answer.status == 409
    assert await owner.fetchval("select count(*) from idempotency_keys") == 0
    assert await owner.fetchval("select count(*) from sign_in_failures") == 0


async def test_a_page_sends_its_key_in_the_form(serve: Any, database: Database) -> None:
    client = await serve(routes)
    form = {"what": "stop", "idempotency_key": str(uuid4())}
    for _ in range(2):
        answer = await client.post("/notes", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/done")
    assert await deeds(database) == 1


class Flaky(Database):
    """Loses the answer of the first commit, after it is on disk."""

    lost = 0

    @asynccontextmanager
    async def transaction(self, *, readonly: bool = False) -> AsyncIterator[Tx]:
        async with super().transaction(readonly=readonly) as tx:
            yield tx
        if not readonly and not self.lost:
            self.lost += 1
            raise ConnectionResetError("the answer to COMMIT was lost")


@and_control(WITHOUT_THE_ROW)
async def test_a_commit_whose_answer_is_lost_acts_once(
    serve: Any, database: Database, owner: asyncpg.Connection, sabotage: str
) -> None:
    await owner.execute(sabotage)
    flaky = Flaky(database.pool, database.dsn, database.subscriptions)
    client = await serve(routes, on=flaky)
    answer = await client.post("/api/v1/deeds", json={"what": "tow"}, headers=headers(str(uuid4())))
    assert flaky.lost == 1
    assert (answer.status, await answer.json()) == (201, {"number": 1, "version": 1})
    assert await deeds(database) == 1


async def test_old_keys_are_forgotten(
    serve: Any, database: Database, owner: asyncpg.Connection
) -> None:
    client = await serve(routes)
    await client.post("/api/v1/deeds", json={"what": "x"}, headers=headers(str(uuid4())))
    await owner.execute("update idempotency_keys set created_at = now() - interval '25 hours'")
    await client.post("/api/v1/deeds", json={"what": "y"}, headers=headers(str(uuid4())))
    assert await database.run(idempotency.purge) == 1


async def test_the_installation_keeps_its_key(database: Database) -> None:
    first = await database.run(lambda tx: installation.ensure(tx, demo=True))
    later = await database.run(installation.ensure)
    assert first.link_key == later.link_key
    assert len(first.link_key) == 32
    assert later.demo
