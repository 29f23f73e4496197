"""Ticket intake over HTTP, all features on, fsync on: steady for minutes, then as much as it can.

    python -m benchmarks.intake [--seconds 600] [--rate 100] [--load-seconds 20] [--json]

Each request carries a machine token and a key of its own, and its ticket an event and a job,
which the worker takes up meanwhile. At the end every acknowledged ticket is read back.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import uvloop

from benchmarks import pgbench
from benchmarks.figures import Row, beats, machine, progress, show, spread_ms, words_of
from benchmarks.installation import Installation, installed
from benchmarks.statements import Script, listening, script_of
from benchmarks.wire import Line, Lines, lines
from callcenter.ids import new_id
from callcenter.web.permission import Permission

PATH = "/api/v1/tickets"
WARM_UP = 40
PGBENCH_CLIENTS = (8, 16, 32, 64)
HTTP_CLIENTS = (16, 32, 64)
IDLE_S = 2.0
IDLE_WITHIN_S = 600.0
P99_MS, RATIO = 100, 0.4


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
        ticket = json.loads(body)
        self.numbers[ticket["id"]] = ticket["number"]


@dataclass(frozen=True)
class Load:
    """What full load reached with one number of clients."""

    clients: int
    per_second: float
    spread: dict[str, float]


def ticket(chance: random.Random) -> dict[str, Any]:
    """A caller with a flat tyre; no two have the same number."""
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
    """So many tickets a second, each timed from when it was due: a queue here counts too."""
    chance, under_way = random.Random(1), set[asyncio.Task[None]]()
    loop = asyncio.get_running_loop()

    async def one(due: float) -> None:
        status, body = await desk.send(desk.request("POST", PATH, ticket(chance)))
        heard.answered(loop.time() - due, status, body)
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


async def intake_script(it: Installation, desk: Lines) -> Script:
    """The statements of one intake on connections that know them already."""
    chance = random.Random(0)
    for _ in range(WARM_UP):
        await desk.call("POST", PATH, ticket(chance))
    key = str(new_id())
    async with listening(it) as heard:
        status, body = await desk.send(desk.request("POST", PATH, ticket(chance), key))
        assert status == 201, body
    return script_of(heard, json.loads(body), key)


async def lost(it: Installation, heard: Acknowledged) -> int:
    """Acknowledged tickets that are not there, or under another number."""
    async with it.database.reading() as tx:
        rows = await tx.connection.fetch("select id, number from tickets", timeout=120)
    kept = {str(row["id"]): row["number"] for row in rows}
    return sum(kept.get(id_) != number for id_, number in heard.numbers.items())


async def jobs_left(it: Installation) -> int:
    """Jobs of the intake that the worker has still to do."""
    async with it.database.reading() as tx:
        return int(await tx.connection.fetchval("select count(*) from pgqueuer", timeout=60))


async def until_idle(it: Installation) -> AsyncIterator[int]:
    """The jobs left, until there are none: pgbench shall have the machine to itself."""
    loop = asyncio.get_running_loop()
    until = loop.time() + IDLE_WITHIN_S
    while (left := await jobs_left(it)) and loop.time() < until:
        yield left
        await asyncio.sleep(1)
    await asyncio.sleep(IDLE_S)


async def run(given: argparse.Namespace) -> tuple[list[Row], dict[str, Any]]:
    """The whole measurement on one installation."""
    told: dict[str, Any] = {"machine": machine(), "web_processes": given.web_processes}
    calm, storm = Acknowledged(), Acknowledged()
    async with installed(web_processes=given.web_processes) as it:
        token = await it.token(Permission.TICKETS_WRITE)
        async with lines(it.host, it.port, token) as desk:
            script = await intake_script(it, desk)
            await pgbench.prepare(it)
            with progress() as bar:
                wanted = round(given.rate * given.seconds)
                task = bar.add_task("平稳 steady", total=wanted)
                await steady(desk, calm, given.rate, given.seconds, lambda: bar.advance(task))
                calm_left = await jobs_left(it)
                task = bar.add_task("满载 full load", total=len(HTTP_CLIENTS))
                loads = []
                for clients in HTTP_CLIENTS:
                    loads.append(await full(desk, storm, clients, given.load_seconds))
                    bar.advance(task)
                storm_left = await jobs_left(it)
                task = bar.add_task("等待后台 the worker ends", total=max(storm_left, 1))
                async for left in until_idle(it):
                    bar.update(task, completed=storm_left - left)
                task = bar.add_task("pgbench", total=len(PGBENCH_CLIENTS))
                rates = await pgbench.measure(
                    it, script, PGBENCH_CLIENTS, given.load_seconds, lambda: bar.advance(task)
                )
        lost_of = {"calm": await lost(it, calm), "storm": await lost(it, storm)}
    told |= {
        "steady": {
            "per_second": given.rate,
            "seconds": given.seconds,
            "acknowledged": len(calm.numbers),
            "refused": calm.refused,
            "lost": lost_of["calm"],
            "ms": spread_ms(calm.took_s),
            "jobs_left": calm_left,
        },
        "full_load": [vars(load) for load in loads],
        "full_load_refused": storm.refused,
        "full_load_lost": lost_of["storm"],
        "full_load_jobs_left": storm_left,
        "pgbench": [vars(rate) for rate in rates],
        "statements": script.text.count("\n") - 1,
    }
    return rows(told, loads, rates), told


def rows(told: dict[str, Any], loads: Sequence[Load], rates: Sequence[pgbench.Rate]) -> list[Row]:
    """The table, and the ratio into what is told."""
    best, bare = max(loads, key=_rate), max(rates, key=_rate)
    told["ratio"] = round(best.per_second / bare.per_second, 3)
    calm = told["steady"]
    return [
        ("平稳 steady", f"{calm['per_second']:g}/s · {calm['seconds']:g} s", ""),
        ("  p50 / p90 / p99 / max", words_of(calm["ms"]), f"p99 ≤ {P99_MS} ms"),
        ("  确认 acknowledged", str(calm["acknowledged"]), ""),
        ("  丢失 lost, 拒绝 refused", f"{calm['lost']}, {calm['refused']}", "0, 0"),
        ("满载 full load", f"{best.per_second:g}/s · {best.clients} clients", ""),
        ("  p50 / p90 / p99 / max", words_of(best.spread), ""),
        (
            "  丢失 lost, 拒绝 refused",
            f"{told['full_load_lost']}, {told['full_load_refused']}",
            "0, 0",
        ),
        ("pgbench", f"{bare.per_second:g}/s · {bare.clients} clients", ""),
        ("比值 ratio", f"{told['ratio']:g}", f"≥ {RATIO}"),
    ]


def _rate(one: Load | pgbench.Rate) -> float:
    return one.per_second


def main() -> int:
    """Exit status 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600, help="steady part")
    parser.add_argument("--rate", type=float, default=100, help="tickets a second, steady part")
    parser.add_argument("--load-seconds", type=float, default=20, help="each run at full load")
    parser.add_argument("--web-processes", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    table, told = uvloop.run(run(given))
    show("受理 intake", table, told, as_json=given.json)
    calm = told["steady"]
    none_lost = not (calm["lost"] or calm["refused"] or told["full_load_lost"])
    return int(not (none_lost and calm["ms"]["p99"] <= P99_MS and told["ratio"] >= RATIO))


if __name__ == "__main__":
    sys.exit(main())
