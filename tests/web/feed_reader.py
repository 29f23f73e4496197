"""What the tests of the feed share: a fact of their own, and a reader as a browser has it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.events import Fact, record
from callcenter.db.transaction import Tx

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
