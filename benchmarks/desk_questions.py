"""What the desk asks of the server: searches, first pages of the list, the pane of a customer."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from callcenter.names import name_keys

PEOPLE = """
select o.id::text as owner_id, o.name, c.e164 as phone, v.plate, v.vin, t.number
from (select * from tickets where vehicle_id is not null order by md5(number) limit $1) t
join owners o on o.id = t.owner_id
join vehicles v on v.id = t.vehicle_id
join contact_points c on c.e164 = t.caller_phone
where 1 = (select count(*) from owner_contact_points o where o.contact_point_id = c.id)
"""
TICKETS, PAGE = "/api/v1/tickets", 50
Get = Callable[..., Awaitable[Any]]
Step = Callable[[], None]
Taken = dict[str, list[float]]
"""Seconds, by what was asked."""


@dataclass(frozen=True)
class Somebody:
    """An owner with a number of his own, a car, and a ticket about it."""

    owner_id: str
    name: str
    phone: str
    plate: str
    vin: str
    number: str


async def known_people(connection: Any, count: int) -> list[Somebody]:
    """So many, picked without order; fewer, where fewer are known."""
    rows = await connection.fetch(PEOPLE, count, timeout=60)
    return [Somebody(**dict(row)) for row in rows]


def typed_for(one: Somebody, chance: random.Random) -> dict[str, str]:
    """What an agent types to find this person, by what it is."""
    keys = name_keys(one.name)
    return {
        "phone tail": one.phone[-4:],
        "whole phone": one.phone,
        "plate": one.plate[chance.choice((0, 1)) : chance.randrange(4, 8)],
        "VIN tail": one.vin[-chance.randrange(4, 9) :],
        "name": one.name,
        "pinyin": keys[1],
        "initials": keys[2],
        "one sign": one.name[0],
        "ticket number": one.number,
    }


def filters_of(me: str, one: Somebody) -> dict[str, dict[str, Any]]:
    """The filters that people of the desk set, by name."""
    return {
        "all": {},
        "live": {"live": "true"},
        "mine": {"assignee_id": me},
        "mine, live": {"assignee_id": me, "live": "true"},
        "complaints, live": {"kind": "complaint", "live": "true"},
        "rescues": {"kind": "rescue"},
        "part orders": {"kind": "part_order"},
        "in progress": {"stage": "in_progress"},
        "closed part orders": {"stage": "closed", "kind": "part_order"},
        "my closed rescues": {"assignee_id": me, "stage": "closed", "kind": "rescue"},
        "cancelled": {"stage": "cancelled"},
        "my cancelled": {"assignee_id": me, "stage": "cancelled"},
        "closed, live": {"stage": "closed", "live": "true"},
        "of an owner": {"owner_id": one.owner_id},
        "by number": {"number": one.number},
    }


STANDING = {
    "queue": ("/api/v1/queue", {}),
    "live calls": ("/api/v1/calls", {"live": "true"}),
    "calls": ("/api/v1/calls", {}),
    "alarms": ("/api/v1/alarms", {"open": "true"}),
    "board": ("/api/v1/board", {}),
}
"""What stands beside them on the desk, and the supervisor's board."""


async def timed(taken: Taken, name: str, work: Awaitable[Any]) -> Any:
    """The answer; how long it took is kept."""
    began = time.perf_counter()
    answer = await work
    taken.setdefault(name, []).append(time.perf_counter() - began)
    return answer


async def searches(get: Get, people: Sequence[Somebody], step: Step) -> Taken:
    """Each way to find each person, one after the other."""
    taken: Taken = {}
    chance = random.Random(5)
    for one in people:
        for kind, typed in typed_for(one, chance).items():
            found = await timed(taken, kind, get("/api/v1/search", q=typed))
            if not found["owners"] and not found["tickets"]:
                raise RuntimeError(f"{typed} found {found}")
        step()
    return taken


async def lists(get: Get, me: str, people: Sequence[Somebody], step: Step) -> Taken:
    """The first page under each filter, the second of all, and the lists beside them."""
    taken: Taken = {}
    for one in people:
        for name, filters in filters_of(me, one).items():
            page = await timed(taken, name, get(TICKETS, limit=PAGE, **filters))
            if not filters and page["next_cursor"]:
                following = get(TICKETS, limit=PAGE, cursor=page["next_cursor"])
                await timed(taken, "all, next page", following)
        for name, (path, query) in STANDING.items():
            await timed(taken, name, get(path, **query))
        step()
    return taken


async def customers(get: Get, people: Sequence[Somebody], step: Step) -> Taken:
    """What the pane of a customer asks at once: who, open tickets, last tickets, last calls."""
    taken: Taken = {}
    for one in people:
        owner, owner_id = f"/api/v1/owners/{one.owner_id}", one.owner_id
        asked = asyncio.gather(
            get(owner),
            get("/api/v1/tickets", owner_id=owner_id, live="true", limit=20),
            get("/api/v1/tickets", owner_id=owner_id, limit=10),
            get("/api/v1/calls", owner_id=owner_id, limit=10),
        )
        await timed(taken, "with contacts", asked)
        step()
    return taken
