"""Every operation of the API that acts, crashed at its two steps: before its commit and behind it.

What it does is seen in the rows that only requests write, and in the events its caller is the
actor of: after a crash and the retry there is as much of them as after a quiet request.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from callcenter.app import all_routes
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.web import frame
from tests.contract.examples import EXAMPLES, NOT_HERE
from tests.contract.world import PNG, SILENCE, Example, World, world_on
from tests.faults.bad_line import Answer, Request, bad_line
from tests.races.sabotage import KEYS_ARE_FORGOTTEN, guarded_or_not

ACTING = [route for route in frame.all_routes(all_routes()) if route.is_api and not route.readonly]
NAMES = {f"{route.method} {route.path}" for route in ACTING}
NO_CRASH = {
    "POST /api/v1/session": "a second session of the same person harms nobody",
    "DELETE /api/v1/session": "ends what is ended already",
    "POST /api/v1/password": "sets what is set already",
    "POST /api/v1/station-imports/headings": "reads a file and keeps nothing",
    "POST /api/v1/owner-imports/headings": "reads a file and keeps nothing",
}
OF_A_PERSON = {
    "POST /api/v1/owner-imports": "keyed; read by the worker: test_worker_killed",
    "POST /api/v1/owner-imports/{import_id}/application": "applied by the worker",
    "POST /api/v1/inbound-texts/{text_id}/seen-to": "keyed; by one person: test_texts_back",
    "POST /api/v1/owner-calls": "keyed, and refused while he has one before him",
    "POST /api/v1/owner-calls/{owner_call_id}/booking": "keyed, and a car is booked once",
    "POST /api/v1/owner-calls/{owner_call_id}/survey": "the response of a run is opened once",
    "POST /api/v1/owner-calls/{owner_call_id}/dial": "keyed, and refused when it is dialled",
    "POST /api/v1/owner-calls/{owner_call_id}/skip": "keyed, and refused when it is over",
    "POST /api/v1/owner-calls/{owner_call_id}/outcome": "keyed; the later word counts",
    "PUT /api/v1/tickets/{ticket_id}/presence": "a machine has none; the next beat says the same",
    "DELETE /api/v1/tickets/{ticket_id}/presence": "silence says the same a little later",
    "PUT /api/v1/me/seat": "the same wish again changes nothing: tests/calls/agents/test_seat.py",
    "PUT /api/v1/me/seat/beat": "the next beat says the same",
    "POST /api/v1/me/seat/wrap-up": "keyed, and refused when the contact is over",
    "DELETE /api/v1/simulated-calls/{token}": "said again, nothing changes; silence says the same",
    "PUT /api/v1/simulated-calls/{token}/beat": "the next beat says the same",
    "PUT /api/v1/simulated-calls/{token}/messages/{sequence}": "by its wait's number, kept once",
    "PUT /api/v1/me/phone": "the same choice again changes nothing",
    "POST /api/v1/me/phone/registration": "opens the same account again",
    "POST /api/v1/calls/{call_id}/orders": "keyed, and done once: its row says so",
    "POST /api/v1/dials": "keyed, and refused to one who is in a call",
    "POST /api/v1/calls/{call_id}/pass-on": "keyed, and refused when it rings here no more",
}
EDITS = {f"{route.method} {route.path}" for route in ACTING if route.if_match}
WITH_KEY = {f"{route.method} {route.path}" for route in ACTING if route.idempotent}
# The worker writes these, too; a number is written once, whoever has it.
NOT_COUNTED = {
    *("events", "messages", "offers", "alarms", "choices", "ladders", "contact_points"),
    "like_tickets",
    # What others are worked out from, some time later.
    *("audience_cars", "audience_stale", "due_dates"),
    *("idempotency_keys", "jobs_done", "jobs_parked", "worker_heartbeats", "alembic_version"),
    *("pgqueuer", "pgqueuer_log", "pgqueuer_statistics", "pgqueuer_schedules"),
}

COUNT = """
select 'event ' || kind, count(*) from events where actor like 'machine:%' group by 1
"""
# The first commit that is asked for after setval('deaths', 1, false) is never answered: its
# transaction is ready, its connection dies.
DIES_BEFORE_ITS_COMMIT = """
create sequence deaths;
select setval('deaths', 2);
create function die_once() returns trigger language plpgsql security definer as $$ begin
    if nextval('deaths') = 1 then
        perform pg_terminate_backend(pg_backend_pid());
        perform pg_sleep(60);
    end if;
    return null;
end $$;
create constraint trigger dies after insert on idempotency_keys
    deferrable initially deferred for each row execute function die_once();
create constraint trigger dies after insert on events
    deferrable initially deferred for each row
    when (new.actor like 'machine:%') execute function die_once();
create constraint trigger dies after update on machine_tokens
    deferrable initially deferred for each row execute function die_once();
"""
FIRST_TRY_STAYS = """
create function stay_behind() returns trigger language plpgsql security definer as $$ begin
    if (select last_value < 2 from deaths) and pg_trigger_depth() = 1 then
        insert into events (id, kind, actor, ticket_id, roles, facts)
        values (gen_random_uuid(), new.kind, new.actor, new.ticket_id, new.roles, new.facts);
    end if;
    return null;
end $$;
create trigger stay_behind after insert on events for each row
    when (new.actor like 'machine:%') execute function stay_behind();
"""
"""As if what the dead transaction had written were there, when the retry writes it again."""


@pytest.fixture
def template(demo_template: str) -> str:
    return demo_template


@pytest.fixture
async def world(database: Database, intake: Intake) -> AsyncIterator[World]:
    async with world_on(database, intake) as it:
        yield it


async def a_file(w: World) -> Example:
    return Example(body=PNG)


async def a_recording(w: World) -> Example:
    return Example({"digest": await w.recorded_prompt()}, body=SILENCE)


async def a_sheet(w: World) -> Example:
    """As a browser sends one, with the station that its code names new."""
    sheet = f"编号,名称,纬度,经度,省份\nK{uuid4().hex[:8]},站,41.8,123.4,辽宁\n"
    head = 'Content-Disposition: form-data; name="file"; filename="s.csv"'
    parts = (f"--{EDGE}", head, "Content-Type: text/csv", "", sheet, f"--{EDGE}--", "")
    return Example(body="\r\n".join(parts).encode())


EDGE = "between-the-parts"
CASES = {
    **{
        operation: make
        for operation, make in EXAMPLES.items()
        if operation in NAMES and operation not in OF_A_PERSON
    },
    "POST /api/v1/files": a_file,
    "POST /api/v1/station-imports": a_sheet,
    "PUT /api/v1/call-flow/prompts/{digest}/recording": a_recording,
}


def test_every_operation_that_acts_is_crashed_or_excused():
    excused = NO_CRASH.keys() | OF_A_PERSON.keys()
    assert CASES.keys() | excused == NAMES
    assert NO_CRASH.keys() <= NOT_HERE.keys()


def request_of(world: World, operation: str, example: Example) -> Request:
    method, path = operation.split(" ")
    headers = {"Authorization": world.speaker(operation).session.headers["Authorization"]}
    if operation in WITH_KEY:
        headers["Idempotency-Key"] = str(uuid4())
    if example.version is not None:
        headers["If-Match"] = f'"{example.version}"'
    body = example.body
    if body is not None:
        headers["Content-Type"] = _media_type(body)
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    return Request(method, path.format(**example.path), headers, body)


def _media_type(body: object) -> str:
    if not isinstance(body, bytes):
        return "application/json"
    if body.startswith(b"--"):
        return f"multipart/form-data; boundary={EDGE}"
    return "audio/wav" if body.startswith(b"RIFF") else "image/png"


class Rows:
    """Counts what requests have written."""

    def __init__(self, owner: asyncpg.Connection, tables: list[str]) -> None:
        self.owner = owner
        self.question = "union all".join(
            [COUNT, *(f" select '{table}', count(*) from {table} " for table in tables)]
        )

    @classmethod
    async def of(cls, owner: asyncpg.Connection) -> "Rows":
        rows = await owner.fetch(
            "select tablename as name from pg_tables where schemaname='public'"
        )
        return cls(owner, sorted({row["name"] for row in rows} - NOT_COUNTED))

    async def now(self) -> Counter[str]:
        return Counter(dict(await self.owner.fetch(self.question)))


async def answered(world: World, operation: str) -> Request:
    return request_of(world, operation, await CASES[operation](world))


async def quiet(world: World, rows: Rows, operation: str) -> Counter[str]:
    """What the operation writes when nothing goes wrong."""
    request = await answered(world, operation)
    before = await rows.now()
    answer = await request.to(world.service.server.port or 0)
    assert 200 <= answer.status < 300, (operation, answer)
    return await rows.now() - before


def same(operation: str, first: Answer, again: Answer) -> bool:
    """With a key the answer is the first one. Without: an edit is told that its version is old,
    and what sets something or takes it away finds it so (and says so once more)."""
    if operation in WITH_KEY:
        return again == first
    if operation in EDITS:
        # What was taken away is not there to be edited.
        return again.status in ((404, 412) if operation.startswith("DELETE") else (412,))
    return again.status == first.status or again.status in (404, 409)


@guarded_or_not(KEYS_ARE_FORGOTTEN)
async def test_an_answer_lost_behind_the_commit_is_given_again(
    world: World, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(sabotage)
    rows = await Rows.of(owner)
    async with bad_line(world.service) as cutter:
        for operation in CASES:
            expected = await quiet(world, rows, operation)
            request = await answered(world, operation)
            before = await rows.now()
            cutter.loses_next = True
            with pytest.raises(ConnectionError):
                await request.to(cutter.port)
            again = await request.to(cutter.port)
            assert same(operation, cutter.lost[-1], again), (operation, cutter.lost[-1], again)
            if not operation.startswith(("PUT", "DELETE")):
                assert (operation, await rows.now() - before) == (operation, expected)


@guarded_or_not(FIRST_TRY_STAYS)
async def test_a_connection_that_dies_before_the_commit_leaves_one_effect(
    world: World, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(DIES_BEFORE_ITS_COMMIT + sabotage)
    rows = await Rows.of(owner)
    for operation in CASES:
        expected = await quiet(world, rows, operation)
        request = await answered(world, operation)
        before = await rows.now()
        await owner.execute("select setval('deaths', 1, false)")
        answer = await request.to(world.service.server.port or 0)
        assert 200 <= answer.status < 300, (operation, answer)
        assert await owner.fetchval("select last_value from deaths") > 1, f"{operation} lived on"
        assert (operation, await rows.now() - before) == (operation, expected)
