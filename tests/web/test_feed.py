"""The live feed: no gap, nothing twice, and only what one may hear."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.events import record
from tests.service import eventually
from tests.web.feed_reader import PATIENCE_S, Reader, Ticked, listening, tick

STATION = UUID("01890000-0000-7000-8000-000000000001")
OTHER = UUID("01890000-0000-7000-8000-000000000002")


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
    client = await serve()
    async with listening(client) as reader:
        await tick(database, 5, station_id=STATION)
        _, data = await reader.next()
    event = json.loads(data)
    assert set(event) == {"id", "kind", "at", "ticket_id", "station_id", "facts"}
    assert event["station_id"] == str(STATION)


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
