"""What goes home unfinished: handed to a name once, whoever acts at the same moment, and seen."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.staff import alarms
from callcenter.staff import service as staff
from callcenter.staff.roles import SCOPES
from callcenter.tickets import service as tickets
from callcenter.tickets.handover import service as handover
from callcenter.tickets.model import Kind, Stage
from tests.races.sabotage import guarded_or_not
from tests.service import Client, Refused, Service

TWO_MAY_WAIT = "drop index one_handover_per_ticket, one_handover_per_alarm;"


@dataclass
class Shift:
    """Three colleagues; the first holds tickets and an alarm."""

    giver: UUID
    taker: UUID
    third: UUID
    held: list[UUID]
    alarm: UUID


async def begin(database: Database) -> Shift:
    async with database.transaction() as tx:
        people = [await _colleague(tx, role) for role in ("agent", "agent", "supervisor")]
        held = [await _held_by(tx, people[0]) for _ in range(3)]
        alarm = await alarms.raise_alarm(tx, kind="test", reason="test", ticket_id=held[0])
        await alarms.take_alarm(tx, f"staff:{people[0]}", alarm)
    return Shift(*people, held=held, alarm=alarm)


async def _colleague(tx: Tx, role: str) -> UUID:
    login = f"a{uuid4().hex[:8]}"
    user = await staff.create_staff(
        tx, login=login, name=login, role=role, password="a long night on the G2"
    )
    return user.id


async def _held_by(tx: Tx, person: UUID) -> UUID:
    ticket = await tickets.open_ticket(tx, "test", kind=Kind.ENQUIRY, particulars={})
    await tickets.assign(tx, "test", ticket.id, person)
    return ticket.id


async def give(database: Database, shift: Shift, to: UUID) -> handover.Handed:
    async with database.transaction() as tx:
        return await handover.hand_over(
            tx,
            f"staff:{shift.giver}",
            from_id=shift.giver,
            to_id=to,
            ticket_ids=shift.held,
            alarm_ids=[shift.alarm],
        )


async def waiting(database: Database) -> list[Any]:
    """Of each thing who has it, and for whom it waits."""
    async with database.reading() as tx:
        return list(
            await tx.connection.fetch(
                "select coalesce(t.assignee_id::text, substr(a.taken_by, 7)) as holder,"
                " h.to_id::text as waits_for from shift_handovers h"
                " left join tickets t on t.id = h.ticket_id left join alarms a on a.id = h.alarm_id"
                " where h.passed_at is null"
            )
        )


async def test_two_handovers_at_one_moment_give_each_thing_to_one_person(database: Database):
    for _ in range(5):
        shift = await begin(database)
        both = await asyncio.gather(
            give(database, shift, shift.taker), give(database, shift, shift.third)
        )
        assert sorted(len(one.made) for one in both) == [0, 4]
        assert sorted(len(one.left) for one in both) == [0, 4]
    rows = await waiting(database)
    assert len(rows) == 20
    assert all(row["holder"] == row["waits_for"] for row in rows)


async def test_what_ends_meanwhile_stays_and_is_told(database: Database):
    shift = await begin(database)

    async def ends() -> None:
        async with database.transaction() as tx:
            await tickets.move_from_desk(tx, "test", shift.held[0], Stage.CANCELLED)

    _, handed = await asyncio.gather(ends(), give(database, shift, shift.taker))
    assert len(handed.made) + len(handed.left) == 4
    assert len(handed.made) in (2, 4)
    assert handed.left.get(shift.held[0], "ended") == "ended"


@guarded_or_not(TWO_MAY_WAIT)
async def test_one_thing_waits_for_one_person(
    database: Database, owner: asyncpg.Connection, sabotage: str
):
    """The index stands behind the verb: a second waiting row is refused by the database."""
    await owner.execute(sabotage)
    shift = await begin(database)
    await give(database, shift, shift.taker)
    again = (
        "insert into shift_handovers (id, ticket_id, from_id, to_id, made_by)"
        " select gen_random_uuid(), ticket_id, from_id, to_id, made_by from shift_handovers"
        " where ticket_id is not null limit 1"
    )
    refused = False
    try:
        await owner.execute(again)
    except asyncpg.UniqueViolationError:
        refused = True
    assert refused


async def test_handed_on_before_it_was_seen_it_waits_for_the_last_one_only(database: Database):
    shift = await begin(database)
    await give(database, shift, shift.taker)
    onward = Shift(shift.taker, shift.giver, shift.third, shift.held, shift.alarm)
    assert len((await give(database, onward, shift.third)).made) == 4
    assert {row["waits_for"] for row in await waiting(database)} == {str(shift.third)}


@pytest.fixture
async def client(service: Service) -> Client:
    return await service.client(sorted(SCOPES))


async def test_over_http_a_retry_hands_over_once_and_seen_is_said_once(
    service: Service, client: Client
):
    shift = await begin(service.database)
    body = {
        "from_id": str(shift.giver),
        "to_id": str(shift.taker),
        "ticket_ids": [str(one) for one in shift.held],
        "note": "十点回电",
    }
    first = await client.post("/api/v1/handovers", body, key="one-key-for-both")
    assert await client.post("/api/v1/handovers", body, key="one-key-for-both") == first
    assert [len(first["made"]), first["left"]] == [3, []]
    again = await client.post("/api/v1/handovers", body)
    assert ([], {"not_held"}) == (again["made"], {one["reason"] for one in again["left"]})
    path = f"/api/v1/handovers/{first['made'][0]['id']}/seen"
    seen = await client.post(path)
    assert seen["seen_at"]
    assert await client.post(path) == seen
    async with service.database.reading() as tx:
        said = "select count(*) from events where kind = 'handover.seen'"
        assert await tx.connection.fetchval(said) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to_id": str(UUID(int=1))}, "assignee_unknown"),
        ({"to_id": "giver"}, "handover_to_oneself"),
        ({"to_id": "expert"}, "handover_alarms_refused"),
    ],
)
async def test_to_nobody_to_oneself_and_alarms_to_an_expert_are_refused(
    service: Service, client: Client, change: dict[str, str], code: str
):
    shift = await begin(service.database)
    async with service.database.transaction() as tx:
        names = {"giver": str(shift.giver), "expert": str(await _colleague(tx, "expert"))}
    to = names.get(change["to_id"], change["to_id"])
    body = {"from_id": str(shift.giver), "to_id": to, "alarm_ids": [str(shift.alarm)]}
    with pytest.raises(Refused) as refused:
        await client.post("/api/v1/handovers", body)
    assert refused.value.code == code


async def test_another_s_handovers_are_the_supervisor_s_to_ask_and_only_the_receiver_has_seen(
    service: Service, client: Client
):
    shift = await begin(service.database)
    handed = await give(service.database, shift, shift.taker)
    agent = await service.agent()
    for act in (
        agent.get("/api/v1/handovers", staff_id=str(shift.taker)),
        agent.get("/api/v1/handovers/unfinished", staff_id=str(shift.taker)),
        agent.post(f"/api/v1/handovers/{handed.made[0]}/seen"),
    ):
        with pytest.raises(Refused) as refused:
            await act
        assert refused.value.status == 403
