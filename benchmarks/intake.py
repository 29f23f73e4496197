"""Ticket intake over HTTP, all features on, fsync on: steady for minutes, then as much as it can.

    .venv/bin/python -m benchmarks.intake [--seconds 600] [--rate 100] [--json]

Each request carries a machine token and a key of its own, and its ticket an event and a job,
which the worker takes up meanwhile. At the end every acknowledged ticket is read back.
"""

import argparse
import json
import os
import random
import statistics
import sys
from dataclasses import asdict, dataclass
from typing import Any

import uvloop
from rich.progress import Progress

from benchmarks import pgbench
from benchmarks.figures import Row, machine, progress, show, spread_ms, words_of
from benchmarks.installation import Installation, installed
from benchmarks.intake_load import PATH, Acknowledged, Load, full, steady, ticket
from benchmarks.statements import Script, listening, script_of
from benchmarks.wire import Lines, lines
from callcenter.ids import new_id
from callcenter.web.permission import Permission

WARM_UP = 40
PGBENCH_CLIENTS = (4, 8, 16, 32, 64)
HTTP_CLIENTS = (16, 32, 64)
ROUNDS = 5
DUE = "select count(*) from pgqueuer where execute_after <= now()"
P99_MS, RATIO = 100, 0.4
CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Match:
    """Full load over HTTP and pgbench by turns, each with its best number of clients."""

    http: list[Load]
    bare: list[pgbench.Rate]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        pairs = zip(self.http, self.bare, strict=True)
        return round(statistics.median(h.per_second / b.per_second for h, b in pairs), 3)


@dataclass
class Bench:
    """One installation under measurement."""

    it: Installation
    desk: Lines
    bar: Progress
    given: argparse.Namespace
    heard: Acknowledged

    async def calm(self) -> dict[str, Any]:
        """The steady part: how long callers waited, and what the worker left undone."""
        given, heard = self.given, Acknowledged()
        task = self.bar.add_task("平稳 steady", total=round(given.rate * given.seconds))
        await steady(self.desk, heard, given.rate, given.seconds, lambda: self.bar.advance(task))
        async with self.it.database.reading() as tx:
            left = await tx.connection.fetchval(DUE, timeout=60)
        return {
            "per_second": given.rate,
            "seconds": given.seconds,
            "acknowledged": len(heard.numbers),
            "refused": heard.refused,
            "lost": await heard.lost(self.it),
            "ms": spread_ms(heard.took_s),
            "jobs_left": left,
        }

    async def match(self, script: Script) -> Match:
        """Nobody takes the jobs of either side meanwhile: the same statements, no more."""
        seconds, found = self.given.load_seconds, Match([], [])
        steps = len(HTTP_CLIENTS) + len(PGBENCH_CLIENTS) + 2 * ROUNDS
        task = self.bar.add_task("满载 full load, pgbench", total=steps)

        async def http(clients: int) -> Load:
            self.bar.advance(task)
            return await full(self.desk, self.heard, clients, seconds)

        async def bare(clients: int) -> pgbench.Rate:
            self.bar.advance(task)
            return await pgbench.measure(self.it, script, clients, seconds)

        with self.it.worker_paused():
            best = max([await http(n) for n in HTTP_CLIENTS], key=lambda one: one.per_second)
            quickest = max([await bare(n) for n in PGBENCH_CLIENTS], key=lambda one: one.per_second)
            for _ in range(ROUNDS):
                found.http.append(await http(best.clients))
                found.bare.append(await bare(quickest.clients))
        return found

    async def busy(self, clients: int) -> Load:
        """Full load once more, while the worker takes up the jobs as fast as it can."""
        self.bar.add_task("满载,后台同时工作 full load with the worker", total=None)
        return await full(self.desk, self.heard, clients, self.given.load_seconds)


async def intake_script(it: Installation, desk: Lines) -> Script:
    """The statements of one intake on connections that know them already."""
    chance = random.Random(0)
    for _ in range(WARM_UP):
        await desk.call("POST", PATH, ticket(chance))
    key = str(new_id())
    async with listening(it) as heard:
        status, body = await desk.send(desk.request("POST", PATH, ticket(chance), key=key))
        assert status == 201, body
    return script_of(heard, json.loads(body), key)


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """The whole measurement on one installation."""
    told: dict[str, Any] = {"machine": machine(), "web_processes": given.web_processes}
    async with installed(web_processes=given.web_processes) as it:
        token = await it.token(Permission.TICKETS_WRITE)
        async with lines(it.host, it.port, token) as desk:
            script = await intake_script(it, desk)
            await pgbench.prepare(it)
            with progress() as bar:
                bench = Bench(it, desk, bar, given, Acknowledged())
                told["steady"] = await bench.calm()
                match = await bench.match(script)
                busy = await bench.busy(match.http[0].clients)
        told["lost"], told["refused"] = await bench.heard.lost(it), bench.heard.refused
    return told | {
        "http": [asdict(load) for load in match.http],
        "pgbench": [asdict(rate) for rate in match.bare],
        "ratio": match.ratio,
        "with_worker": asdict(busy),
        "statements": script.text.count(";\n"),
    }


def rows(told: dict[str, Any]) -> list[Row]:
    """The table."""
    calm, busy = told["steady"], told["with_worker"]
    http = sorted(told["http"], key=lambda one: float(one["per_second"]))[ROUNDS // 2]
    bare = sorted(told["pgbench"], key=lambda one: float(one["per_second"]))[ROUNDS // 2]
    return [
        ("平稳 steady", f"{calm['per_second']:g}/s · {calm['seconds']:g} s", ""),
        ("  p50 / p90 / p99 / max", words_of(calm["ms"]), f"p99 ≤ {P99_MS} ms"),
        ("  确认 acknowledged", str(calm["acknowledged"]), ""),
        ("  丢失 lost, 拒绝 refused", f"{calm['lost']}, {calm['refused']}", "0, 0"),
        ("满载 full load", f"{http['per_second']:g}/s · {http['clients']} clients", ""),
        ("  p50 / p90 / p99 / max", words_of(http["ms"]), ""),
        ("  丢失 lost, 拒绝 refused", f"{told['lost']}, {told['refused']}", "0, 0"),
        ("pgbench", f"{bare['per_second']:g}/s · {bare['clients']} clients", ""),
        ("比值 ratio", f"{told['ratio']:g}", f"≥ {RATIO}"),
        ("满载,后台同时工作 and the worker", f"{busy['per_second']:g}/s", ""),
    ]


def main() -> int:
    """Exit status 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600, help="steady part")
    parser.add_argument("--rate", type=float, default=100, help="tickets a second, steady part")
    parser.add_argument("--load-seconds", type=float, default=10, help="each run at full load")
    parser.add_argument("--web-processes", type=int, default=max(1, CORES // 2))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = uvloop.run(run(given))
    show("受理 intake", rows(told), told, as_json=given.json)
    calm = told["steady"]
    kept = not any((calm["lost"], calm["refused"], told["lost"], told["refused"]))
    return int(not (kept and calm["ms"]["p99"] <= P99_MS and told["ratio"] >= RATIO))


if __name__ == "__main__":
    sys.exit(main())
