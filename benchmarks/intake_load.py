"""The two kinds of intake load: a steady beat, and clients that never wait."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.figures import beats, spread_ms
from benchmarks.installation import Installation
from benchmarks.wire import Line, Lines

PATH = "/api/v1/tickets"


@dataclass
class Acknowledged:
    """Every number that was told to a caller, and how long he waited for it."""

    numbers: dict[str, str] = field(default_factory=dict)
    took_s: list[float] = field(default_factory=list)
    refused: int = 0

    def answered(self, took_s: float, status: int, body: bytes) -> None:
        """Count one answer."""
        self.took_s.append(took_s)
        if status != 201:
            self.refused += 1
            return
        told = json.loads(body)
        self.numbers[told["id"]] = told["number"]

    async def lost(self, it: Installation) -> int:
        """Acknowledged tickets that are not there, or under another number."""
        async with it.database.reading() as tx:
            rows = await tx.connection.fetch("select id, number from tickets", timeout=300)
        kept = {str(row["id"]): row["number"] for row in rows}
        return sum(kept.get(id_) != number for id_, number in self.numbers.items())


@dataclass(frozen=True)
class Load:
    """What full load reached with one number of clients."""

    clients: int
    per_second: float
    ms: dict[str, float]


def ticket(chance: random.Random) -> dict[str, Any]:
    """A caller with a flat tyre; hardly two have the same number."""
    return {
        "kind": "rescue",
        "caller_name": "王先生",
        "caller_phone": f"138{chance.randrange(10**8):08d}",
        "summary": "右前轮没气,停在路边",
        "particulars": {"fault": "flat_tyre", "passengers": 2},
    }


async def steady(
    desk: Lines, heard: Acknowledged, rate: float, seconds: float, step: Callable[[], None]
) -> None:
    """So many tickets a second, each timed from when it was due: waiting here counts too."""
    chance, under_way = random.Random(1), set[asyncio.Task[None]]()

    async def one(due: float) -> None:
        status, body = await desk.send(desk.request("POST", PATH, ticket(chance)))
        heard.answered(time.perf_counter() - due, status, body)
        step()

    async for _, due in beats(rate, round(rate * seconds)):
        task = asyncio.create_task(one(due))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)


async def full(desk: Lines, heard: Acknowledged, clients: int, seconds: float) -> Load:
    """Each client sends its next ticket when the last is answered."""
    chance, took = random.Random(clients), list[float]()
    connections = [await desk.take() for _ in range(clients)]
    began = time.perf_counter()

    async def client(line: Line) -> None:
        while (now := time.perf_counter()) - began < seconds:
            status, body = await line.send(desk.request("POST", PATH, ticket(chance)))
            took.append(time.perf_counter() - now)
            heard.answered(took[-1], status, body)

    await asyncio.gather(*(client(line) for line in connections))
    rate = len(took) / (time.perf_counter() - began)
    for line in connections:
        desk.give_back(line)
    return Load(clients, round(rate, 1), spread_ms(took))
