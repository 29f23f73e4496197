"""A storm night at the hotline, played by the clock of a simulation: our order against first come,
first served, on the same callers.

    python -m benchmarks.storm [--calls-an-hour 1000] [--agents 97] [--hours 8] [--nights 5]

Callers come at random (Poisson), talks and wrap-ups last 300 s in the mean (log-normal, as in real
centres); of a storm's callers every second one has a breakdown. What is decided is decided by
`calls.queue.model.pick`, the program's own; only the telephone and the database are left out.
"""

import argparse
import heapq
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from callcenter.calls.queue.model import Group, Place, PlaceKind, Ready, Urgency, pick, turn

EVENING = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
URGENCIES = {Urgency.DANGER: 2, Urgency.EXPRESSWAY: 13, Urgency.RESCUE: 35, Urgency.REST: 50}
TIERS = {0: 80, 1: 15, 2: 5}
HANDLING_S, SPREAD = 300.0, 0.7
AIMS = {"rescue": (10.0, 0.95), "others": (15.0, 0.90)}
GROUP = Group("hotline")


@dataclass(frozen=True)
class Caller:
    """Somebody who will ring, and how long he will take."""

    place: Place
    takes: timedelta


def callers(chance: random.Random, an_hour: float, hours: float) -> Iterator[Caller]:
    """In the order in which they ring."""
    at, end = EVENING, EVENING + timedelta(hours=hours)
    mu = -SPREAD * SPREAD / 2
    for number in itertools.count(1):
        at += timedelta(seconds=chance.expovariate(an_hour / 3600))
        if at > end:
            return
        (urgency,) = chance.choices([*URGENCIES], [*URGENCIES.values()])
        (tier,) = chance.choices([*TIERS], [*TIERS.values()])
        place = Place(
            id=UUID(int=number),
            kind=PlaceKind.CALL,
            call_id=UUID(int=number),
            caller=None,
            group=GROUP.name,
            urgency=urgency,
            tier=tier,
            language="zh",
            skills=frozenset(),
            entered_at=at,
            turn_at=turn(at, urgency, tier),
            last_agent_id=None,
        )
        yield Caller(place, timedelta(seconds=HANDLING_S * chance.lognormvariate(mu, SPREAD)))


def waits(coming: list[Caller], agents: int, *, in_order_of_entry: bool) -> dict[UUID, float]:
    """Seconds until each was answered."""
    free = {UUID(int=number): EVENING for number in range(1, agents + 1)}
    busy: list[tuple[datetime, UUID]] = []
    queue: dict[UUID, Caller] = {}
    waited: dict[UUID, float] = {}
    rest = iter(coming)
    following = next(rest, None)
    while following or queue:
        now = _next_event(following, busy)
        while busy and busy[0][0] <= now:
            since, agent = heapq.heappop(busy)
            free[agent] = since
        while following and following.place.entered_at <= now:
            queue[following.place.id] = following
            following = next(rest, None)
        if not (free and queue):
            continue
        places = [_as_counted(one.place, in_order_of_entry) for one in queue.values()]
        for one in pick(places, map(_ready, free, free.values()), {GROUP.name: GROUP}, now):
            caller = queue.pop(one.place.id)
            del free[one.staff_id]
            heapq.heappush(busy, (now + caller.takes, one.staff_id))
            waited[one.place.id] = one.waited.total_seconds()
    return waited


def _next_event(following: Caller | None, busy: list[tuple[datetime, UUID]]) -> datetime:
    times = [busy[0][0]] if busy else []
    return min([*times, *([following.place.entered_at] if following else [])])


def _as_counted(place: Place, in_order_of_entry: bool) -> Place:
    return replace(place, turn_at=place.entered_at) if in_order_of_entry else place


def _ready(agent: UUID, since: datetime) -> Ready:
    return Ready(agent, frozenset({GROUP.name}), frozenset({"zh"}), frozenset(), since)


def kept(coming: list[Caller], waited: dict[UUID, float]) -> dict[str, tuple[float, float]]:
    """Of rescues and of others: the share answered in time, and the longest wait in seconds."""
    found = {}
    for kind, (within_s, _) in AIMS.items():
        of_kind = [
            waited[one.place.id]
            for one in coming
            if (one.place.urgency is Urgency.REST) == (kind == "others")
        ]
        found[kind] = (sum(wait <= within_s for wait in of_kind) / len(of_kind), max(of_kind))
    return found


def main() -> None:
    """Plays the nights and prints both orders side by side; 1 when an aim is missed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--calls-an-hour", type=float, default=1000)
    given.add_argument("--agents", type=int, default=97)
    given.add_argument("--hours", type=float, default=8)
    given.add_argument("--nights", type=int, default=5)
    asked = given.parse_args()
    missed = False
    for night in range(asked.nights):
        coming = list(callers(random.Random(night), asked.calls_an_hour, asked.hours))
        for name, as_they_come in (("by turn", False), ("first come", True)):
            shares = kept(coming, waits(coming, asked.agents, in_order_of_entry=as_they_come))
            words = ", ".join(
                f"{kind} in {AIMS[kind][0]:.0f} s {share:6.1%} (longest {longest:4.0f} s)"
                for kind, (share, longest) in shares.items()
            )
            print(f"night {night}: {len(coming)} calls, {name:10}: {words}")
            if not as_they_come:
                missed |= any(shares[kind][0] < aim for kind, (_, aim) in AIMS.items())
    print("aims:", "missed" if missed else "kept")
    raise SystemExit(int(missed))


if __name__ == "__main__":
    main()
