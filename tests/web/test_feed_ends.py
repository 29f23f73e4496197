"""A feed that is dropped, revoked, cut off or stopped: it holds up nobody and loses nothing."""

import asyncio
import socket
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.web.feed_hub import HUB
from tests.service import eventually
from tests.web.feed_reader import PATIENCE_S, listening, tick


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
