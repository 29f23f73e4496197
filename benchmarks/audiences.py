"""Audiences of a large house: preview counts with consent, caps and hold-outs, and snapshots.

    .venv/bin/python -m benchmarks.audiences [--owners 500000] [--rounds 7] [--folder DIR] [--json]

The owners are made up in a folder that is thrown away, or kept in DIR for the next run. Each rule
is counted so many rounds, as the console asks, and frozen once into a run. Aims: at 500,000 owners
a count p95 of 0.3 s and a snapshot of 2 s, at 5,000,000 owners 2 s and 10 s.
"""

import argparse
import asyncio
import contextlib
import json
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from pydantic import TypeAdapter

from benchmarks.figures import Row, machine, show, spread_ms
from callcenter.customers.consents.model import Purpose
from callcenter.db import migrations
from callcenter.db.database import Database
from callcenter.db.embedded import EmbeddedPostgres
from callcenter.ids import new_id
from callcenter.outbound.audiences import counted, frozen
from callcenter.outbound.audiences.formula import Formula, formula
from callcenter.outbound.audiences.gate import HoldOut, gate_of
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.model import Rule
from callcenter.outbound.audiences.spans import days_of
from callcenter.outbound.model import Way
from callcenter.outbound.policies.shelf import pack

MADE = Path(__file__).with_name("made_owners.sql")
CAMPAIGN = "01900000-0005-7000-8000-000000000001"
AIMS = {500_000: (0.3, 2.0), 5_000_000: (2.0, 10.0)}


def _all(*of: Any) -> Any:
    return {"kind": "all", "of": list(of)}


DUE = {"kind": "due", "from_days": -14, "to_days": 21}
QUIET = {"kind": "not_contacted", "within_days": 30}
LONG_AGO = {"kind": "last_visit", "when": "longer_ago", "days": 180}
RULES: dict[str, Any] = {
    "due, two provinces": _all({"kind": "province", "any_of": ["LN", "JL"]}, DUE, QUIET),
    "due, whole country": _all(DUE, QUIET),
    "due, no visit for 90 days": _all(
        DUE,
        {"kind": "none", "of": [{"kind": "last_visit", "when": "within", "days": 90}]},
        {"kind": "booking", "is_there": False},
    ),
    "lost: last visit 180 days ago": _all(
        LONG_AGO, {"kind": "still_ours", "at_least": 0.3}, {"kind": "booking", "is_there": False}
    ),
    "gold or silver with birthday": _all(
        {"kind": "tier", "any_of": [1, 2]}, {"kind": "birthday", "within_days": 7}
    ),
    "either of many": {
        "kind": "any",
        "of": [
            LONG_AGO,
            {"kind": "visit_amount", "months": 12, "compared": "at_least", "yuan": 5000},
            _all({"kind": "model", "any_of": ["M1"]}, DUE),
            {"kind": "rating", "at_most": 2, "within_days": 90},
        ],
    },
    "everybody": _all(),
    "every electric car": _all({"kind": "energy", "any_of": ["electric"]}),
}


@contextlib.asynccontextmanager
async def house(owners: int, folder: Path | None) -> AsyncIterator[EmbeddedPostgres]:
    """A server with so many owners; made when it is not there yet."""
    with contextlib.ExitStack() as thrown:
        base = folder or Path(thrown.enter_context(tempfile.TemporaryDirectory(prefix="cc-aud-")))
        postgres = EmbeddedPostgres(base)
        await postgres.start()
        try:
            await _made(postgres, owners)
            yield postgres
        finally:
            await postgres.stop()


async def _made(postgres: EmbeddedPostgres, owners: int) -> None:
    admin = await asyncpg.connect(postgres.owner_dsn("postgres"))
    if await admin.fetchval("select count(*) from pg_database where datname = 'audiences'"):
        await admin.close()
        return
    await admin.execute("create database audiences")
    await admin.close()
    await migrations.upgrade(postgres.owner_dsn("audiences"), postgres.app_role)
    connection = await asyncpg.connect(postgres.owner_dsn("audiences"))
    async with connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(re.sub(r"\$n\b", str(owners), MADE.read_text()))
    await connection.execute("vacuum (analyze)")
    await connection.execute("checkpoint")
    await connection.close()


async def measure(owners: int, rounds: int, folder: Path | None) -> dict[str, Any]:
    """Rule -> owners, spread of the counts, seconds of the snapshot."""
    async with house(owners, folder) as postgres:
        database = await Database.open(postgres.app_dsn("audiences"))
        try:
            return {name: await _of_rule(database, rule, rounds) for name, rule in RULES.items()}
        finally:
            await database.close()


async def _of_rule(database: Database, rule: Any, rounds: int) -> dict[str, Any]:
    parsed = TypeAdapter[Any](Rule).validate_json(json.dumps(rule))
    policy, hold_out = pack("cn", datetime.now(UTC)), HoldOut(5, 10, "bench")
    gate = gate_of(policy, Purpose.MARKETING, [Way.TEXT, Way.AGENT_CALL], hold_out)

    async def counts(tx: Any) -> int:
        at = At(await tx.now(), days_of())
        return (await counted.count(tx, formula(parsed, at, {}), gate)).owners

    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        found = await database.run(counts, readonly=True)
        took.append(time.perf_counter() - began)
    return {"owners": found, "count": spread_ms(took), **await _snapshot(database, parsed, gate)}


async def _snapshot(database: Database, parsed: Any, gate: Any) -> dict[str, Any]:
    run = new_id()

    async def freezes(tx: Any) -> int:
        at = At(await tx.now(), days_of())
        await tx.connection.execute(
            """insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
            select $1, $2, coalesce(max(number), 0) + 1, '{}', 'cn', '1' from campaign_runs""",
            run,
            CAMPAIGN,
        )
        asked: Formula = formula(parsed, at, {})
        return (await frozen.freeze_formula(tx, asked, gate, run_id=run)).in_audience

    began = time.perf_counter()
    members = await database.run(freezes)
    took = time.perf_counter() - began
    return {"members": members, "snapshot_s": round(took, 2)}


def main() -> None:
    """Measures and prints; 1 when an aim for this size is missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--owners", type=int, default=500_000)
    given.add_argument("--rounds", type=int, default=7)
    given.add_argument("--folder", type=Path)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args()
    on = machine()
    told = asyncio.run(measure(asked.owners, asked.rounds, asked.folder))
    count_s, snapshot_s = AIMS.get(asked.owners, (float("inf"), float("inf")))
    rows: list[Row] = []
    for name, one in told.items():
        spread = one["count"]
        rows.append((name, f"{one['owners']:,} owners, {one['members']:,} in the run", ""))
        rows.append(("  count p50 / p95", f"{spread['p50']} / {spread['p95']} ms", f"{count_s} s"))
        rows.append(("  snapshot", f"{one['snapshot_s']} s", f"{snapshot_s} s"))
    show(f"{asked.owners:,} owners", rows, {"on": on, "rules": told}, as_json=asked.json)
    missed = [
        name
        for name, one in told.items()
        if one["count"]["p95"] > count_s * 1000 or one["snapshot_s"] > snapshot_s
    ]
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
