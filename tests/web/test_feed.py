"""The live feed: no gap, nothing twice, only what one may hear, and nobody holds up the rest."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.events import Fact, record
from callcenter.db.transaction import Tx
from callcenter.web.feed_hub import HUB
from tests.service import eventually

STATION = UUID("01890000-0000-7000-8000-000000000001")
OTHER = UUID("01890000-0000-7000-8000-000000000002")
PATIENCE_S = 30.0


class Ticked(Fact):
    """A test's fact."""

    kind: ClassVar[str] = "test.ticked"
    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor"})
    number: int
    padding: str = ""


async def tick(
    database: Database, *numbers: int, station_id: UUID | None = None, padding: str = ""
) -> None:
    """One committed transaction with these facts."""

    async def work(tx: Tx) -> None:
        for number in numbers:
            fact = Ticked(number=number, padding=padding)
            await record(tx, fact, actor="test", station_id=station_id)

    await database.run(work)


class Reader:
    """An open feed as a browser has it."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.last_id = ""
        self.events: list[tuple[str, str]] = []

    async def next(self) -> tuple[str, str]:
        """The next event's (name, data); keeps its id."""
        name = data = ""
        while True:
            line = (await asyncio.wait_for(self.response.content.readline(), PATIENCE_S)).decode()
            if not line:
                raise EOFError
            field, _, value = line.rstrip("\n").partition(": ")
            if field == "id":
                self.last_id = value
            elif field == "event":
                name = value
            elif field == "data":
                data = value
            elif not field and name:
                return name, data

    async def numbers(self, count: int) -> list[int]:
        """The numbers of the next `count` ticks."""
        import json

        found: list[int] = []
        while len(found) < count:
            name, data = await self.next()
            if name == "test.ticked":
                found.append(json.loads(data)["facts"]["number"])
        return found


@asynccontextmanager
async def listening(client: Any, who: str = "lin", last_id: str = "") -> AsyncIterator[Reader]:
    headers = {"Cookie": f"who={who}"} | ({"Last-Event-ID": last_id} if last_id else {})
    async with client.get("/api/v1/feed", headers=headers) as response:
        assert response.status == 200
        assert response.content_type == "text/event-stream"
        reader = Reader(response)
        hello = await reader.next()
        assert hello == ("feed.hello", "{}")
        yield reader


async def test_what_happens_is_heard_in_order(serve: Any, database: Database) -> None:
    client = await serve()
    async with listening(client) as reader:
        for number in range(20):
            await tick(database, number)
        assert await reader.numbers(20) == list(range(20))


async def test_resuming_leaves_no_gap_and_nothing_twice(serve: Any, database: Database) -> None:
    client = await serve()
    heard: list[int] = []
    last_id = ""

    async def write() -> None:
        for number in range(300):
            await tick(database, number)

    async with listening(client) as reader:
        writing = asyncio.create_task(write())
        heard += await reader.numbers(10)
        last_id = reader.last_id
    # Cut off and back again, again and again, while facts are being written.
    while len(heard) < 300:
        async with listening(client, last_id=last_id) as reader:
            heard += await reader.numbers(min(7, 300 - len(heard)))
            last_id = reader.last_id
    await writing
    assert heard == list(range(300))


WITHOUT_SETTLING = "create or replace view settled_events as select * from events"


@pytest.mark.parametrize(
    "sabotage",
    [
        pytest.param(None, id="guarded"),
        pytest.param(
            WITHOUT_SETTLING,
            marks=pytest.mark.xfail(strict=True, raises=AssertionError),
            id="control",
        ),
    ],
)
async def test_a_fact_that_commits_late_is_not_missed(
    serve: Any, database: Database, owner: Any, sabotage: str | None
) -> None:
    """Its number was given before the others' and its commit comes after them."""
    if sabotage:
        await owner.execute(sabotage)
    client = await serve()
    async with listening(client) as reader:
        hearing = asyncio.create_task(reader.numbers(1))
        async with database.transaction() as late:
            await record(late, Ticked(number=1), actor="test")
            await tick(database, 2)
            # Nothing may be heard meanwhile; the control hears the second at once.
            await asyncio.wait([hearing], timeout=PATIENCE_S if sabotage else 2)
        assert await hearing == [1]
        assert await reader.numbers(1) == [2]


async def test_the_place_before_the_first_event_is_known_too(
    serve: Any, database: Database
) -> None:
    client = await serve()
    async with listening(client) as reader:
        last_id = reader.last_id
    await tick(database, 2)
    async with listening(client, last_id=last_id) as reader:
        assert await reader.numbers(1) == [2]


async def test_each_hears_only_what_is_his(serve: Any, database: Database) -> None:
    client = await serve()
    async with listening(client, "wang") as station, listening(client, "lin") as agent:
        await tick(database, 1)
        await tick(database, 2, station_id=OTHER)
        await tick(database, 3, station_id=STATION)
        assert await station.numbers(1) == [3]
        assert await agent.numbers(3) == [1, 2, 3]
        last_id = agent.last_id
        await tick(database, 4, station_id=STATION)
    async with listening(client, "wang", last_id=last_id) as station:
        assert await station.numbers(1) == [4]


async def test_what_is_sent_is_ids_and_codes(serve: Any, database: Database) -> None:
    import json

    client = await serve()
    async with listening(client) as reader:
        await tick(database, 5, station_id=STATION)
        _, data = await reader.next()
    event = json.loads(data)
    assert set(event) == {"id", "kind", "at", "ticket_id", "station_id", "facts"}
    assert event["station_id"] == str(STATION)


async def test_a_slow_reader_is_dropped_and_resumes_without_loss(
    serve: Any, database: Database
) -> None:
    client = await serve()
    metrics = client.app[HUB].metrics
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(("127.0.0.1", client.port))
    slow.sendall(b"GET /api/v1/feed HTTP/1.1\r\nHost: x\r\nCookie: who=lin\r\n\r\n")
    await _counted(metrics.feed_readers, 1)
    async with listening(client) as quick:
        # The quick one reads as it is written to: whatever the machine does, it never lags.
        for number in range(0, 200, 10):
            some = range(number, number + 10)
            await tick(database, *some, padding="x" * 9000)
            assert await quick.numbers(10) == list(some)
        await _counted(metrics.feed_dropped, 1)
    seen, last_id = await asyncio.to_thread(_rest_of, slow)
    assert 0 < seen < 200
    async with listening(client, last_id=last_id) as again:
        assert await again.numbers(200 - seen) == list(range(seen, 200))


async def _counted(metric: Any, count: int) -> None:
    async def reached() -> bool:
        return bool(metric._value.get() == count)

    await eventually(reached)


def _rest_of(slow: socket.socket) -> tuple[int, str]:
    """What the slow reader got as whole events before it was cut off."""
    text = b""
    slow.settimeout(PATIENCE_S)
    try:
        while piece := slow.recv(65536):
            text += piece
    except ConnectionResetError:
        pass
    finally:
        slow.close()
    body = text.partition(b"\r\n\r\n")[2]
    frames = _unchunked(body).decode().split("\n\n")[:-1]
    events = [frame for frame in frames if "event: test.ticked" in frame]
    last = events[-1] if events else frames[0]
    return len(events), last.partition("id: ")[2].partition("\n")[0]


def _unchunked(body: bytes) -> bytes:
    plain = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        plain += body[:length]
        body = body[length + 2 :]
    return plain


async def test_a_revoked_session_ends_its_feed(
    serve: Any, doorman: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcenter.web.feed_hub.SIGNED_IN_CHECK_S", 0.1)
    client = await serve()
    async with listening(client, "lin") as reader, listening(client, "zhao") as other:
        doorman.signed_out.add("staff:01890000-0000-7000-8000-000000000001")
        with pytest.raises(EOFError):
            await reader.next()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(other.next(), 0.3)


async def test_an_unknown_place_asks_to_load_anew(serve: Any, database: Database) -> None:
    client = await serve()
    await tick(database, 1)
    headers = {"Cookie": "who=lin", "Last-Event-ID": "99999999999-1"}
    async with client.get("/api/v1/feed", headers=headers) as response:
        reader = Reader(response)
        assert await reader.next() == ("feed.reset", "{}")
        await tick(database, 2)
        assert await reader.numbers(1) == [2]


@pytest.mark.parametrize(
    "given", ["yesterday", "1", "1-", "-1-1", "1-1-1", "²-1", "18446744073709551616-1"]
)
async def test_a_place_that_is_none_is_refused(serve: Any, given: str) -> None:
    client = await serve()
    answer = await client.get(
        "/api/v1/feed", params={"after": given}, headers={"Cookie": "who=lin"}
    )
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (422, "last_event_id_invalid")


async def test_the_heart_beats_and_moves_the_place_on(
    serve: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcenter.web.feed_hub.HEARTBEAT_S", 0)
    client = await serve()
    async with listening(client, "wang") as reader:
        before = reader.last_id
        await tick(database, 1)
        reading = asyncio.create_task(reader.next())

        async def moved_on() -> bool:
            return reader.last_id != before

        await eventually(moved_on)
        assert not reading.done(), "the fact itself is not for this reader"
        reading.cancel()


async def test_the_feed_outlives_its_database_connection(
    serve: Any, database: Database, owner: Any
) -> None:
    client = await serve()
    async with listening(client) as reader:
        await tick(database, 1)
        assert await reader.numbers(1) == [1]
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        await tick(database, 2)
        assert await reader.numbers(1) == [2]


async def test_a_stopping_process_ends_its_feeds(serve: Any) -> None:
    client = await serve()
    async with listening(client) as reader:
        client.app[HUB].close()
        with pytest.raises(EOFError):
            await reader.next()
    answer = await client.get("/api/v1/feed", headers={"Cookie": "who=lin"})
    assert answer.status == 503
