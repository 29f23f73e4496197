"""Location confirmed to offer visible: 10 rescues a second, 2,000 stations listening.

    .venv/bin/python -m benchmarks.offer_latency [--seconds 60] [--rate 10] [--json]

Every station of the network has its own token and its own open feed. The time runs from the
confirmation being sent over HTTP to the moment the chosen station has the offer's bytes; the
station accepts a second later, with a truck that is then away.
"""

import argparse
import asyncio
import contextlib
import json
import random
import re
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import uvloop

from benchmarks.figures import Row, beats, machine, progress, show, spread_ms, words_of
from benchmarks.installation import installed
from benchmarks.intake_load import ticket
from benchmarks.listeners import Audience, Beside, Reader, beside, open_readers
from benchmarks.network import Post, away, build
from benchmarks.wire import Lines, lines
from callcenter.web.permission import Permission

OFFER = re.compile(rb"event: offer\.made\ndata: ([^\n]*)\n")
THINKS_S = 1.0
SETTLED_S = 5.0
NEAR_KM = 8.0
TRIES = 20
P99_MS = 1000
STATION = (Permission.DISPATCH_ANSWER, Permission.FEED_READ)


@dataclass
class Stations:
    """All stations, in one process: each hears its own feed and accepts what it is offered."""

    desk: Lines
    offered_at: dict[str, float] = field(default_factory=dict)
    accepted: int = 0
    refused: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def reader(self, token: str) -> Reader:
        """A station's feed."""
        return Reader(token, OFFER, lambda found, now: self._hear(token, found, now))

    def _hear(self, token: str, found: re.Match[bytes], now: float) -> None:
        event = json.loads(found[1])
        self.offered_at.setdefault(event["ticket_id"], now)
        self._begin(self._accept(token, event["facts"]["offer_id"]))

    async def _accept(self, token: str, offer_id: str) -> None:
        await asyncio.sleep(THINKS_S)
        path = f"/api/v1/offers/{offer_id}/acceptance"
        request = self.desk.request("POST", path, {"eta_minutes": 20}, token=token)
        status, _ = await self.desk.send(request)
        self.accepted += status == 201
        self.refused += status != 201

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def listen(parent: Beside, audience: Audience) -> None:
    """The other process: until it is asked, then it tells when each rescue was offered."""
    async with lines(audience.host, audience.port, "") as desk:
        stations = Stations(desk)
        await open_readers(audience, stations.reader)
        await parent.tell("ready")
        await parent.hear()
        answers = {"accepted": stations.accepted, "refused": stations.refused}
        await parent.tell((stations.offered_at, answers))


@dataclass
class Desk:
    """Opens rescues and confirms where they are."""

    api: Lines
    posts: Sequence[Post]
    chance: random.Random
    confirmed: dict[str, float] = field(default_factory=dict)
    answered_s: list[float] = field(default_factory=list)

    async def rescue(self) -> None:
        """One rescue: its place is confirmed by its own request, and from there time runs."""
        opened = await self.api.call("POST", "/api/v1/tickets", ticket(self.chance))
        path = f"/api/v1/tickets/{opened['id']}/places"
        place = await self._place(path)
        began = time.perf_counter()
        self.confirmed[opened["id"]] = began
        await self.api.call("POST", f"{path}/{place['id']}/confirmation", {"reason": "benchmark"})
        self.answered_s.append(time.perf_counter() - began)

    async def _place(self, path: str) -> Any:
        for _ in range(TRIES):
            post = self.chance.choice(self.posts)
            lat, lon = away(self.chance, post.lat, post.lon, NEAR_KM)
            # In the sea, or over the border: no car stands there.
            with contextlib.suppress(RuntimeError):
                return await self.api.call("POST", path, {"lat": lat, "lon": lon})
        raise RuntimeError("no place was accepted")


async def play(desk: Desk, rate: float, count: int, step: Callable[[], None]) -> None:
    """Rescues at a steady beat."""

    async def one() -> None:
        await desk.rescue()
        step()

    async with asyncio.TaskGroup() as calls:
        async for _ in beats(rate, count):
            calls.create_task(one())


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """The whole measurement on one installation."""
    told: dict[str, Any] = {"machine": machine(), "stations": given.stations, "rate": given.rate}
    count = round(given.rate * given.seconds)
    async with installed(web_processes=given.web_processes) as it:
        with progress() as bar:
            task = bar.add_task("服务站 stations", total=given.stations)
            posts = await build(it, given.stations, lambda: bar.advance(task))
            tokens = await it.tokens(STATION, [post.station_id for post in posts])
            token = await it.token(Permission.TICKETS_WRITE)
            audience = Audience(it.host, it.port, tokens)
            async with beside(listen, audience) as stations, lines(it.host, it.port, token) as api:
                assert await stations.hear() == "ready"
                desk = Desk(api, posts, random.Random(3))
                task = bar.add_task("救援 rescues", total=count)
                await play(desk, given.rate, count, lambda: bar.advance(task))
                await asyncio.sleep(SETTLED_S)
                await stations.tell("enough")
                offered_at, answers = await stations.hear()
    took = [at - desk.confirmed[id_] for id_, at in offered_at.items() if id_ in desk.confirmed]
    return told | {
        "rescues": len(desk.confirmed),
        "offered": len(took),
        "ms": spread_ms(took),
        "confirmation_answered_ms": spread_ms(desk.answered_s),
        **answers,
    }


def rows(told: dict[str, Any]) -> list[Row]:
    """The table."""
    return [
        ("服务站 stations", str(told["stations"]), ""),
        ("救援 rescues", f"{told['rescues']} · {told['rate']:g}/s", ""),
        ("已派 offered", str(told["offered"]), str(told["rescues"])),
        ("已接 accepted", str(told["accepted"]), ""),
        ("定位→派单 location → offer", words_of(told["ms"]), f"p99 ≤ {P99_MS} ms"),
        ("  其中确认 the confirmation alone", words_of(told["confirmation_answered_ms"]), ""),
    ]


def main() -> int:
    """Exit status 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=10, help="rescues a second")
    parser.add_argument("--stations", type=int, default=2000)
    parser.add_argument("--web-processes", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = uvloop.run(run(given))
    show("定位到派单 location to offer", rows(told), told, as_json=given.json)
    return int(told["offered"] < told["rescues"] or told["ms"]["p99"] > P99_MS)


if __name__ == "__main__":
    sys.exit(main())
