"""Whatever the feed's loops meet, they go on; and while they do not, the process is not ready."""

import asyncio
from collections.abc import Collection, Set
from typing import Any

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.web.actor import Actor
from callcenter.web.feed_hub import HUB
from tests.service import eventually
from tests.web.conftest import Doorman
from tests.web.test_feed import listening, tick

# No failure that passes by itself: the view is gone, as after a migration that went wrong.
VIEW_LOST = "alter view settled_events rename to mislaid"
VIEW_FOUND = "alter view mislaid rename to settled_events"


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed is silent after two seconds, and its sign-ins are looked at all the time."""
    monkeypatch.setattr("callcenter.web.feed_hub.SILENT_AFTER_S", 2.0)
    monkeypatch.setattr("callcenter.web.feed_hub.SIGNED_IN_CHECK_S", 0.1)


async def feed_of(client: Any) -> tuple[int, str]:
    answer = await client.get("/readyz")
    return answer.status, (await answer.json())["feed"]


@pytest.mark.usefixtures("quickly")
async def test_a_feed_that_cannot_read_the_log_is_not_ready_and_goes_on_when_it_can(
    serve: Any, database: Database, owner: asyncpg.Connection
) -> None:
    client = await serve()

    async def silent() -> bool:
        return await feed_of(client) == (503, "silent")

    async def alive() -> bool:
        return await feed_of(client) == (200, "alive")

    await eventually(alive)
    async with listening(client) as reader:
        await owner.execute(VIEW_LOST)
        await tick(database, 1)
        await eventually(silent)
        await owner.execute(VIEW_FOUND)
        assert await reader.numbers(1) == [1]
    await eventually(alive)
    text = await (await client.get("/metrics")).text()
    assert "callcenter_feed_alive 1.0" in text


class Confused(Doorman):
    """A doorman who for a while does not know how to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.failures_left = 0
        self.used = 0

    async def identify(self, request: Any) -> Actor | None:
        self.used += 1
        return await super().identify(request)

    async def still_signed_in(self, actors: Collection[Actor]) -> Set[Actor]:
        if self.failures_left:
            self.failures_left -= 1
            raise LookupError("no such drawer")
        return await super().still_signed_in(actors)


@pytest.fixture
def doorman() -> Confused:
    return Confused()


@pytest.mark.usefixtures("quickly")
async def test_a_check_that_failed_is_made_again(serve: Any, doorman: Confused) -> None:
    client = await serve()
    async with listening(client, "lin") as reader:
        doorman.failures_left = 3
        doorman.signed_out.add("staff:01890000-0000-7000-8000-000000000001")
        with pytest.raises(EOFError):
            await reader.next()
    assert doorman.failures_left == 0


@pytest.mark.usefixtures("quickly")
async def test_an_open_feed_counts_as_use_now_and_then(
    serve: Any, doorman: Confused, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await serve()
    async with listening(client, "lin"), listening(client, "machine"):
        assert doorman.used == 2
        await asyncio.sleep(0.5)
        assert doorman.used == 2, "not at each look: at most once a minute"
        monkeypatch.setattr(client.app[HUB], "_use_counts_every_s", 0.0)

        async def used() -> bool:
            return doorman.used > 3

        await eventually(used)


async def test_a_log_shorter_than_our_place_in_it_ends_the_feeds_and_is_read_from_its_end(
    serve: Any, database: Database, owner: asyncpg.Connection
) -> None:
    """The database was replaced by a restored one while this process ran."""
    client = await serve()
    async with listening(client) as reader:
        await tick(database, 1)
        assert await reader.numbers(1) == [1]
        client.app[HUB].position = (2**40, 1)
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        with pytest.raises(EOFError):
            await reader.next()
    async with listening(client) as again:
        await tick(database, 2)
        assert await again.numbers(1) == [2]
