"""A campaign about cars with its first step said, and what the worker does about what follows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.events import StoredEvent
from callcenter.db.jobs import subscriptions
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns import reactions, repository, service
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.model import Campaign, CampaignKind
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.plan import Plan
from callcenter.outbound.campaigns.runs import Frozen
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import TouchState
from callcenter.stations.bookings import service as bookings
from callcenter.stations.bookings.model import Wanted
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.rows import touch_of, touches
from tests.service import add_station

PLANNER, BOSS = "staff:planner", "staff:boss"
WORK, FOLLOWED = reactions.work(), subscriptions(reactions.SUBSCRIPTIONS)


class AllCars:
    """Every owner with each of his cars, one after the other in later runs; nobody is held out."""

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        await tx.connection.execute(
            "insert into run_members (run_id, owner_id, vehicle_id, arm)"
            " select distinct on (owner_id) $1, owner_id, vehicle_id, 'treated'"
            " from owner_vehicles order by owner_id, vehicle_id",
            run_id,
        )
        there = await tx.connection.fetchval(
            "select count(*) from run_members where run_id = $1", run_id
        )
        return Frozen(there, {}, "{}")

    async def policy_version(self, tx: Tx, policy: str) -> str:
        return "2026-11"

    async def sample(self, tx: Tx, audience_id: UUID, at_most: int) -> Sequence[About]:
        return []


@dataclass(frozen=True)
class HisCar:
    """An owner and the car that is spoken of."""

    owner_id: UUID
    vehicle_id: UUID


async def his_car(database: Database, phone: str = "+8613800138000") -> HisCar:
    """A new owner with a new car."""

    async def add(tx: Tx) -> HisCar:
        owner = await customers.add_owner(tx, "test", name="王芳", phones=[phone])
        car = await customers.add_vehicle(tx, "test", {"plate": "辽A12345", "model": "EX5"})
        await customers.link_vehicle(tx, "test", owner.id, car.id)
        return HisCar(owner.id, car.id)

    return await database.run(add)


async def campaign(
    database: Database, kind: CampaignKind, plan: Plan | None = None, **how: Any
) -> Campaign:
    """One that runs, with an audience where its kind wants one."""

    async def begin(tx: Tx) -> Campaign:
        audience_id = how.pop("audience_id", new_id())
        if audience_id is not None:
            await tx.connection.execute(
                "insert into audiences (id, name, rule, made_by) values ($1, '全部',"
                """ '{"kind": "all", "of": []}', 'test') on conflict do nothing""",
                audience_id,
            )
        fields: dict[str, Any] = {
            "name": "保养",
            "kind": kind,
            "purpose": template(kind).purpose,
            "audience_id": audience_id,
            "policy": "cn",
            "plan": plan or template(kind).plan,
            "starts_at": None,
            "ends_at": None,
        }
        made = await service.draft(tx, PLANNER, fields | how)
        await tx.connection.execute(
            "update campaigns set state = 'submitted', submitted_by = $2 where id = $1",
            *(made.id, PLANNER),
        )
        # What a plan must have is told elsewhere.
        row = await repository.SQL.move_campaign(
            tx.connection,
            id=made.id,
            state="running",
            verb="approve",
            reason="",
            actor=BOSS,
            from_states=["submitted"],
        )
        return repository.campaign_of(row)

    return await database.run(begin)


async def first_said(database: Database, kind: CampaignKind, plan: Plan | None = None) -> Campaign:
    """It runs, and the first step was said to everybody: what follows waits for them."""
    made = await campaign(database, kind, plan)

    async def say(tx: Tx) -> None:
        run = await begin_at_once(tx, made, AllCars())
        rows = await tx.connection.fetch(
            "update touches set state = 'sent' where run_id = $1 returning *", run.id
        )
        for row in rows:
            await after_touch(tx, touch_of(dict(row)), state=TouchState.SENT)

    await database.run(say)
    return made


async def books(database: Database, car: HisCar, wanted: Wanted = Wanted.MAINTENANCE) -> None:
    """At the desk, without a word of any campaign."""

    async def book(tx: Tx) -> None:
        station = await add_station(tx, f"S{new_id().hex[-6:]}", workshop_hours="24/7")
        await bookings.book(
            tx,
            "staff:desk",
            station_id=station.id,
            vehicle_id=car.vehicle_id,
            owner_id=car.owner_id,
            starts_at=await tx.now() + timedelta(days=1),
            wanted=wanted,
        )

    await database.run(book)


async def react(database: Database) -> None:
    """What campaigns answer to all that has happened so far; an errand as its job has it."""
    async with database.transaction() as tx:
        rows = await tx.connection.fetch("select * from events order by seq")
    for row in rows:
        event = StoredEvent(
            row["id"],
            row["kind"],
            row["at"],
            row["actor"],
            row["ticket_id"],
            row["station_id"],
            json.loads(row["facts"]),
        )
        for name in FOLLOWED.get(event.kind, ()):
            if name in WORK.reactions:
                await database.run(partial(WORK.reactions[name], event=event))
            else:
                await WORK.errands[name](database, payload_of(event))


def payload_of(event: StoredEvent) -> dict[str, Any]:
    """As the job of an errand carries it."""
    return {
        "id": str(event.id),
        "kind": event.kind,
        "at": event.at.isoformat(),
        "actor": event.actor,
        "ticket_id": None,
        "station_id": None,
        "facts": event.facts,
    }


async def steps(database: Database) -> list[tuple[int, str, str]]:
    """Step, state and reason of each touch."""
    return [(row["step"], row["state"], row["reason"]) for row in await touches(database)]
