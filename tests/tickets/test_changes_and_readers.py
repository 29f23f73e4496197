"""Who changed what from what to what, and who else has the ticket open now."""

from uuid import UUID, uuid4

import pytest

from callcenter.db.database import Database
from callcenter.staff import service as staff
from callcenter.tickets import readers
from callcenter.tickets.errors import TicketNotFound
from tests.service import Service, open_rescue


async def test_an_edit_is_kept_with_what_it_changed_and_numbers_are_masked(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent, caller_name="王伟")
    path = f"/api/v1/tickets/{ticket['id']}"
    wishes = {"caller_phone": "13900139000", "particulars": {"plate": "辽A12345"}, "danger": True}
    edited = await agent.patch(path, wishes, version=ticket["version"])
    await agent.patch(path, {"danger": True}, version=edited["version"])
    timeline = await agent.get(f"{path}/timeline")
    (change,) = timeline["changes"]
    assert {one["field"]: (one["was"], one["now"]) for one in change["fields"]} == {
        "caller_phone": ("138****8000", "139****9000"),
        "danger": (False, True),
        "particulars.plate": ("", "辽A12345"),
    }
    assert timeline["names"][change["changed_by"]] == "test"
    assert change["version"] == edited["version"]


async def somebody(database: Database, login: str) -> UUID:
    async with database.transaction() as tx:
        made = await staff.create_staff(
            tx, login=login, name=login, role="agent", password="a long night"
        )
        return made.id


async def test_a_reader_is_seen_until_he_leaves_or_is_silent(service: Service):
    database = service.database
    ticket = UUID((await open_rescue(await service.agent()))["id"])
    one, other = await somebody(database, "li"), await somebody(database, "wang")

    async def seen() -> dict[str, bool]:
        async with database.transaction() as tx:
            return {who.name: who.editing for who in await readers.readers_of(tx, ticket)}

    async with database.transaction() as tx:
        await readers.stay(tx, ticket, one, editing=False)
        await readers.stay(tx, ticket, other, editing=False)
        await readers.stay(tx, ticket, other, editing=True)
    assert await seen() == {"li": False, "wang": True}
    async with database.transaction() as tx:
        await readers.leave(tx, ticket, other)
        await tx.connection.execute("update ticket_readers set seen_at = now() - interval '10 s'")
    assert await seen() == {}
    async with database.transaction() as tx:
        await readers.stay(tx, ticket, one, editing=False)
        (back,) = await readers.readers_of(tx, ticket)
        assert back.since == await tx.now(), "he has come anew"


async def test_a_beat_waits_for_nobody_and_old_ones_go(service: Service):
    agent = await service.agent()
    first, second = [UUID((await open_rescue(agent))["id"]) for _ in range(2)]
    one = await somebody(service.database, "li")
    async with service.database.transaction() as busy:
        await readers.repository.lock(busy, first)
        async with service.database.transaction() as tx:
            await readers.stay(tx, first, one, editing=False)
    async with service.database.transaction() as tx:
        await tx.connection.execute("update ticket_readers set seen_at = now() - interval '2 min'")
        await readers.stay(tx, second, one, editing=False)
        assert await tx.connection.fetchval("select count(*) from ticket_readers") == 1
    with pytest.raises(TicketNotFound):
        async with service.database.transaction() as tx:
            await readers.stay(tx, uuid4(), one, editing=False)
