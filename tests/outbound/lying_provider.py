"""A provider that takes a text and says so, says nothing, hangs up, or wants it later; what it has
taken it reports of: twice, late, in no order."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestServer

from callcenter.db.database import Database
from callcenter.messages import receipts
from callcenter.messages.http_gateway import HTTP
from callcenter.messages.model import DeliveryState, Part
from callcenter.messages.receipts import Receipt
from callcenter.outbound.touches.by_message import TouchFollower
from callcenter.outbound.touches.ports import nothing_follows

FOLLOWER = TouchFollower(nothing_follows)
AT_ONCE, AT_MOST = 8, 400


@dataclass
class LyingProvider:
    """`patience_s`: of those who wait for its answer; `seen`: touches in the order in which it took
    them; `did`: how often it lied, and how."""

    dice: random.Random
    patience_s: float
    seen: list[UUID] = field(default_factory=list)
    to_report: list[UUID] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        said = json.loads(await request.read())
        luck = self.dice.random()
        if luck < 0.05:
            self.did["wanted it later"] += 1
            return web.Response(status=503)
        await asyncio.sleep(0.02 * self.dice.random())
        self.seen.append(UUID(said["text"]))
        receipts_of_it = self.dice.choice([1, 1, 2])
        self.did["reported twice"] += receipts_of_it == 2
        self.to_report += [UUID(said["message_id"])] * receipts_of_it
        await asyncio.sleep(0.02 * self.dice.random())
        if luck < 0.09:
            self.did["took it and said nothing"] += 1
            await asyncio.sleep(1.5 * self.patience_s)
        if luck > 0.96 and request.transport:
            self.did["took it and hung up"] += 1
            request.transport.abort()
        return web.json_response({"provider_id": f"P{said['message_id']}"})

    async def report(self, database: Database, part: float = 0.5, at_most: int = AT_MOST) -> None:
        """Some of what is to be reported, in any order, several at a time; the rest later."""
        self.dice.shuffle(self.to_report)
        most = min(int(len(self.to_report) * part), at_most)
        now, self.to_report = self.to_report[:most], self.to_report[most:]
        for first in range(0, len(now), AT_ONCE):
            some = now[first : first + AT_ONCE]
            try:
                await asyncio.gather(*(self._report_one(database, one) for one in some))
            except asyncio.CancelledError:
                # Cut off in the middle: told again later, rather than never.
                self.to_report += now[first:]
                raise

    async def report_all(self, database: Database) -> None:
        while self.to_report:
            await self.report(database, 1.0)

    async def _report_one(self, database: Database, message_id: UUID) -> None:
        """Sometimes only that it has it, and what became of it at another time."""
        word = self.dice.choice([None, DeliveryState.DELIVERED])
        if word is None:
            self.to_report.append(message_id)
        said = Receipt(HTTP, f"P{message_id}", word, part=Part(message_id, 1))
        await database.run(lambda tx: receipts.take(tx, said, FOLLOWER))


@asynccontextmanager
async def lying_provider(dice: random.Random, patience_s: float) -> AsyncIterator[LyingProvider]:
    it = LyingProvider(dice, patience_s)
    app = web.Application()
    app.router.add_post("/texts", it.take)
    async with TestServer(app) as server:
        it.url = str(server.make_url("/texts"))
        yield it
