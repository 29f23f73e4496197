"""Who is near: right against measuring everything, quick against PostGIS, and the whole choice.

    .venv/bin/python -m benchmarks.nearest [--queries 100000] [--rounds 5] [--json]

PostGIS is Debian's (`apt-get install postgresql-15 postgresql-15-postgis-3`); without it that part
is left out, is said so, and does not count as passed.
"""

import argparse
import asyncio
import contextlib
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import numpy as np
import uvloop
from geopy.distance import geodesic
from rich.console import Console

from benchmarks import made_network, postgis
from benchmarks.figures import Row, machine, progress, show, spread_ms, words_of
from benchmarks.made_network import NEEDS, NOON, Made
from callcenter.db import migrations
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.places.distance import WGS84
from callcenter.places.nearest import NearestIndex
from callcenter.routing.candidates import Spot, choose_nearest
from callcenter.routing.choose import Reach, Rung
from callcenter.routing.keep_network import kept_network
from callcenter.routing.network import Network
from callcenter.stations.needs import TAKES_AWAY

COUNT = 5
SMALL, LARGE = 2_000, 100_000
LARGE_QUERIES, GEOPY_QUERIES, CHOICES = 1_000, 500, 1_000
POSTGIS_A_ROUND, OURS_A_ROUND = 400, 3_000
CHANGE_EVERY = 50
RATIO, GROWTH, P99_MS = 20.0, 2.0, 10.0
PLANS = {
    "postgis_us": (postgis.PLAIN, postgis.AS_IT_COMES),
    "postgis_proof_us": (postgis.WITH_OUR_PROOF, postgis.AS_IT_COMES),
    "postgis_bound_us": (postgis.WITH_OUR_PROOF, postgis.PLANNER_BOUND),
}
EVERYWHERE = Reach({Rung.NEAR: 400_000.0}, frozenset())


def wrong_orders(points: list[Any], queries: int, step: Any, *, by_geopy: bool = False) -> int:
    """How many queries differ from measuring every place and sorting by (metres, id); with a
    filter that three in five pass. Every tenth place shares its spot with another."""
    chance = random.Random(queries)
    points = [points[at - 1] if at % 10 == 9 else point for at, point in enumerate(points)]
    ids = [UUID(int=chance.getrandbits(128)) for _ in points]
    able = [chance.random() < 0.6 for _ in points]
    index = NearestIndex(points, ids)
    by_id = np.argsort(np.argsort(np.array([one.int for one in ids], dtype=object)))
    lats, lons = np.array(points).T
    wrong = 0
    for _ in range(queries):
        here = made_network.somewhere(chance, points)
        found = index.up_to(*here, COUNT, able.__getitem__).found
        if by_geopy:
            metres = np.array([geodesic(here, there).meters for there in points])
        else:
            n = len(points)
            metres = WGS84.inv(np.full(n, here[1]), np.full(n, here[0]), lons, lats)[2]
        wrong += [number for _, number in found] != _sorted(metres, by_id, able, len(found))
        step()
    return wrong


def _sorted(metres: Any, by_id: Any, able: list[bool], found: int) -> list[int]:
    """The numbers up to the fifth that passes, and what lies exactly as far."""
    most = min(len(metres), max(found + 16, 64))
    near = np.argpartition(metres, most - 1)[:most]
    near = np.flatnonzero(metres <= metres[near].max())
    order = near[np.lexsort((by_id[near], metres[near]))]
    answer, passed, edge = [], 0, float("inf")
    for number in order.tolist():
        if metres[number] > edge:
            break
        answer.append(number)
        passed += able[number]
        if passed == COUNT:
            edge = metres[number]
    return answer


def propose(network: Network, made: Made, queries: int, chance: random.Random) -> list[float]:
    """Seconds of each query; every fiftieth a station's trucks change."""
    took = []
    for number in range(queries):
        if number % CHANGE_EVERY == 0:
            network.go_on([made.changed(chance)], "0-0", NOON)
        here, need = made_network.somewhere(chance, made.points), chance.choice(NEEDS)
        began = time.perf_counter()
        network.propose(here, need, Rung.NEAR, EVERYWHERE, NOON, count=COUNT)
        took.append(time.perf_counter() - began)
    return took


async def ask_postgis(
    connection: asyncpg.Connection,
    made: Made,
    queries: int,
    chance: random.Random,
    asked: tuple[str, str],
) -> list[float]:
    """Seconds of each query; `asked` is the statement, prepared, and the planner's settings."""
    statement, plan = asked
    await connection.execute(plan)
    nearest = await connection.prepare(statement)
    minute, took = made_network.MINUTE, []
    for _ in range(queries):
        (lat, lon), need = made_network.somewhere(chance, made.points), chance.choice(NEEDS)
        skills, equipment = sorted(need.skills), sorted(need.one_of or TAKES_AWAY)
        began = time.perf_counter()
        await nearest.fetch(lon, lat, skills, equipment, minute)
        took.append(time.perf_counter() - began)
    return took


async def against_postgis(rounds: int) -> dict[str, Any]:
    """All legs by turns; the medians over rounds of the ratios of their medians."""
    chance = random.Random(7)
    made = {"small_us": Made(SMALL), "large_us": Made(LARGE)}
    networks = {name: one.network() for name, one in made.items()}
    told: dict[str, Any] = {name: [] for name in (*made, *PLANS)}
    async with contextlib.AsyncExitStack() as stack:
        connection = None
        if postgis.is_installed():
            connection = await stack.enter_async_context(postgis.postgis())
            await postgis.fill(connection, made["small_us"].rows)
        else:
            missing = f"PostGIS skipped: apt-get install {postgis.PACKAGES}"
            Console(stderr=True).print(f"[bold red]{missing}")
        for at in range(rounds + 1):
            legs = {
                name: propose(networks[name], made[name], OURS_A_ROUND, chance) for name in made
            }
            for name, asked in PLANS.items() if connection else ():
                legs[name] = await ask_postgis(
                    connection, made["small_us"], POSTGIS_A_ROUND, chance, asked
                )
            # The first round warms up.
            for name, took in legs.items() if at else ():
                told[name].append(statistics.median(took) * 1e6)
    for name in PLANS:
        told[f"quicker_than_{name}"] = _ratio(told[name], told["small_us"])
    return told | {"growth": _ratio(told["large_us"], told["small_us"])}


def _ratio(those: list[float], these: list[float]) -> float | None:
    """The median over the rounds; None where one leg was skipped."""
    if not those:
        return None
    return statistics.median(a / b for a, b in zip(those, these, strict=True))


async def whole_choices(count: int, step: Any) -> dict[str, float]:
    """Milliseconds of the choice with its reading and its lock, PostgreSQL 18 with fsync."""
    made, chance, took = Made(SMALL), random.Random(9), []
    with tempfile.TemporaryDirectory(prefix="cc-near-") as folder:
        postgres = EmbeddedPostgres(Path(folder))
        await postgres.start()
        try:
            await migrations.upgrade(postgres.owner_dsn(), postgres.app_role)
            await made.write(postgres.owner_dsn())
            database = await Database.open(postgres.app_dsn())
            async with kept_network(database) as network:
                while network.cursor is None:
                    await asyncio.sleep(0.05)
                for number in range(count + 100):
                    need = chance.choice(NEEDS)
                    spot = Spot(*made_network.somewhere(chance, made.points))
                    async with database.transaction() as tx:
                        began = time.perf_counter()
                        await choose_nearest(tx, spot, need, Rung.NEAR, EVERYWHERE, count=1)
                        took.append(time.perf_counter() - began)
                    if number < 100:
                        took.clear()
                    step()
            await database.close()
        finally:
            await postgres.stop()
    return spread_ms(took)


async def run(given: argparse.Namespace) -> dict[str, Any]:
    """All three parts."""
    told: dict[str, Any] = {"machine": machine(), "at": datetime.now(UTC).isoformat()}
    small, large = Made(SMALL).points, Made(LARGE).points
    parts = {
        "wrong_small": (small, given.queries, False),
        "wrong_large": (large, min(given.queries, LARGE_QUERIES), False),
        "wrong_geopy": (small, min(given.queries, GEOPY_QUERIES), True),
    }
    with progress() as bar:
        for name, (points, queries, by_geopy) in parts.items():
            task = bar.add_task(name, total=queries)
            step = lambda task=task: bar.advance(task)  # noqa: E731
            told[name] = wrong_orders(points, queries, step, by_geopy=by_geopy)
            told[f"{name}_queries"] = queries
        told |= await against_postgis(given.rounds)
        task = bar.add_task("choice", total=CHOICES + 100)
        told["choice_ms"] = await whole_choices(CHOICES, lambda: bar.advance(task))
    return told


def rows(told: dict[str, Any]) -> list[Row]:
    """The table."""
    checks = [
        (
            f"次序有误 wrong orders · {words}",
            f"{told[name]} / {told[f'{name}_queries']:,}",
            "0",
        )
        for name, words in (
            ("wrong_small", f"pyproj, {SMALL:,}"),
            ("wrong_large", f"pyproj, {LARGE:,}"),
            ("wrong_geopy", f"geopy, {SMALL:,}"),
        )
    ]
    return [
        *checks,
        (f"p50, {SMALL:,}", _us(told["small_us"]), ""),
        (f"p50, {LARGE:,}", _us(told["large_us"]), ""),
        ("PostGIS p50", _us(told["postgis_us"]), ""),
        ("  with our proof", _us(told["postgis_proof_us"]), ""),
        ("  and the planner bound", _us(told["postgis_bound_us"]), ""),
        ("快几倍 times quicker", _times(told["quicker_than_postgis_us"]), f"≥ {RATIO:g}"),
        ("  with our proof", _times(told["quicker_than_postgis_proof_us"]), ""),
        ("  and the planner bound", _times(told["quicker_than_postgis_bound_us"]), ""),
        (f"{LARGE:,} / {SMALL:,}", f"{told['growth']:.2f}", f"≤ {GROWTH:g}"),
        ("选站 choice p50/p90/p99/max", words_of(told["choice_ms"]), f"p99 ≤ {P99_MS:g} ms"),
    ]


def _times(ratio: float | None) -> str:
    return f"{ratio:.1f}" if ratio else "– (skipped)"


def _us(medians: list[float]) -> str:
    return f"{statistics.median(medians):.1f} µs" if medians else "– (skipped)"


def main() -> int:
    """Exit status 1 when an aim is missed, or PostGIS is not there to compare with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    told = uvloop.run(run(given))
    show("最近的站 nearest", rows(told), told, as_json=given.json)
    wrong = told["wrong_small"] + told["wrong_large"] + told["wrong_geopy"]
    is_quick = (told["quicker_than_postgis_us"] or 0.0) >= RATIO and told["growth"] <= GROWTH
    return int(wrong > 0 or not is_quick or told["choice_ms"]["p99"] > P99_MS)


if __name__ == "__main__":
    sys.exit(main())
