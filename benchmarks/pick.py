"""Who is next: 200 agents signed in, 400 calls waiting, on a database with fsync.

    .venv/bin/python -m benchmarks.pick [--agents 200] [--waiting 400] [--picks 300] [--json]

An agent who was in a talk writes it up; in that transaction the next call is picked and rings at
him, and another caller enters behind. The time runs from the verb's beginning to its commit. All
other agents are talking, so that each pick looks over the whole queue for one of them.
"""

import argparse
import asyncio
import random
import sys
import time
from typing import Any
from uuid import UUID

from benchmarks.figures import Row, machine, progress, show, spread_ms, words_of
from benchmarks.installation import installed
from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.agents.model import READY
from callcenter.calls.model import Disposition, EndReason
from callcenter.calls.queue import service as queue
from callcenter.calls.queue.model import Urgency
from callcenter.db.database import Database
from callcenter.ids import new_id
from callcenter.settings import QueueSettings
from callcenter.staff import service as staff

RULES = QueueSettings(ring_s=3600, silence_s=3600)
P95_MS = 50.0


async def enters(database: Database, chance: random.Random) -> UUID:
    """A caller rings and waits; the call."""
    number = f"+8613{chance.randrange(10**9):09d}"
    urgency = chance.choice(list(Urgency))

    async def work(tx: Any) -> UUID:
        call = await calls.ring(tx, "carrier", str(new_id()), number)
        await queue.enter(tx, "carrier", call.id, RULES, group="rescue", urgency=urgency)
        return call.id

    return await database.run(work)


async def talking(database: Database, agents: int, bar: Any) -> list[UUID]:
    """So many agents, each with a call of his own."""
    found = []
    task = bar.add_task("agents", total=agents)
    for number in range(agents):
        login = f"agent{number}"
        user = await database.run(
            lambda tx, login=login: staff.create_staff(
                tx, login=login, name=login, role="agent", password="a calm night shift"
            )
        )
        await database.run(
            lambda tx, me=user.id: contacts.offer_myself(tx, f"staff:{me}", me, READY, RULES)
        )
        found.append(user.id)
        await takes(database, user.id)
        bar.advance(task)
    return found


async def takes(database: Database, me: UUID) -> None:
    """He picks up what rings at him."""
    seat = await database.run(lambda tx: contacts.seat_rows.get(tx, me))
    assert seat.call_id is not None
    await database.run(lambda tx: contacts.pick_up(tx, f"staff:{me}", seat.call_id, me))


async def writes_up(database: Database, me: UUID) -> float:
    """His talk ends and is written up: seconds until the next rings at him."""
    seat = await database.run(lambda tx: contacts.seat_rows.get(tx, me))
    over = EndReason.AGENT_HUNG_UP
    await database.run(lambda tx: contacts.end(tx, "carrier", seat.call_id, over, RULES))
    began = time.perf_counter()
    said = (Disposition.INFORMATION, None)
    after = await database.run(lambda tx: contacts.wrap_up(tx, f"staff:{me}", me, *said, RULES))
    took = time.perf_counter() - began
    assert after.call_id not in (None, seat.call_id), "the next one rings"
    return took


async def measure(agents: int, waiting: int, picks: int) -> dict[str, Any]:
    """Spreads of the pick and of a caller's entry."""
    chance = random.Random(5)
    async with installed() as it:
        # These agents have no browsers: the worker would take them for lost.
        with it.worker_paused(), progress() as bar:
            task = bar.add_task("callers", total=waiting + agents)
            for _ in range(waiting + agents):
                await enters(it.database, chance)
                bar.advance(task)
            people = await talking(it.database, agents, bar)
            task = bar.add_task("picks", total=picks)
            picked, entered = [], []
            for number in range(picks):
                me = people[number % len(people)]
                picked.append(await writes_up(it.database, me))
                await takes(it.database, me)
                began = time.perf_counter()
                await enters(it.database, chance)
                entered.append(time.perf_counter() - began)
                bar.advance(task)
    return {"pick": spread_ms(picked), "enter": spread_ms(entered)}


def main() -> None:
    """Measures and prints; 1 when the aim is missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--agents", type=int, default=200)
    given.add_argument("--waiting", type=int, default=400)
    given.add_argument("--picks", type=int, default=300)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args()
    on = machine()
    figures = asyncio.run(measure(asked.agents, asked.waiting, asked.picks))
    rows: list[Row] = [
        ("the next rings", f"p95 {figures['pick']['p95']:g} ms", f"p95 at most {P95_MS:g} ms"),
        ("", words_of(figures["pick"]), ""),
        ("a caller enters", words_of(figures["enter"]), ""),
    ]
    title = f"{asked.agents} agents, {asked.waiting} waiting; load {on['load_before']}"
    show(title, rows, {"machine": on, **figures}, as_json=asked.json)
    sys.exit(int(figures["pick"]["p95"] > P95_MS))


if __name__ == "__main__":
    main()
