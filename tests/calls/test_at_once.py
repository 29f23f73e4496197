"""Two agents take one call, two calls come from one unknown phone, a call is moved: one wins."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls import service as calls
from callcenter.calls.errors import CallHasTicket
from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.tickets.model import Kind, Ticket
from tests.service import Refused, Service, open_rescue

BLIND = load_queries(__file__, "blind.sql")
CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
NUMBER = "+8613900139000"
ROUNDS = 5
guarded_or_not = pytest.mark.parametrize(
    "guarded",
    [pytest.param(True, id="guarded"), pytest.param(False, id="control", marks=CONTROL)],
)


async def ring(database: Database, ref: str, number: str) -> UUID:
    async with database.transaction() as tx:
        return (await calls.ring(tx, "carrier", ref, number)).id


async def both(database: Database, *verbs: Callable[[Tx], Awaitable[Any]]) -> list[Any]:
    """In transactions that are open before the first verb begins; a refusal is an answer."""
    ready = asyncio.Barrier(len(verbs))

    async def one(verb: Callable[[Tx], Awaitable[Any]]) -> Any:
        try:
            async with database.transaction() as tx:
                await tx.now()
                await ready.wait()
                return await verb(tx)
        except CallHasTicket as refusal:
            return refusal

    return list(await asyncio.gather(*map(one, verbs)))


def opens(call_id: UUID) -> Callable[[Tx], Awaitable[Ticket]]:
    fields: dict[str, Any] = {"kind": Kind.ENQUIRY, "particulars": {}}
    return lambda tx: calls.open_ticket(tx, "desk", call_id, dict(fields))


@guarded_or_not
async def test_two_agents_open_the_ticket_of_one_call_and_it_has_one(
    database: Database, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    if not guarded:
        monkeypatch.setattr(calls.SQL, "lock_call", BLIND.lock_call)
    for number in range(ROUNDS):
        call_id = await ring(database, f"c-{number}", f"+861390013{number:04}")
        answers = await both(database, opens(call_id), opens(call_id))
        made = [answer for answer in answers if isinstance(answer, Ticket)]
        assert len(made) == 1
        async with database.reading() as tx:
            assert (await calls.get(tx, call_id)).ticket_id == made[0].id


@guarded_or_not
async def test_two_calls_from_an_unknown_phone_at_once_make_one_owner(
    database: Database, monkeypatch: pytest.MonkeyPatch, guarded: bool
):
    if not guarded:
        monkeypatch.setattr(customers.SQL, "hold_number", BLIND.hold_number)
    for number in range(ROUNDS):
        phone = f"+861390013{number:04}"
        first, second = [await ring(database, f"{number}-{one}", phone) for one in "ab"]
        await both(database, opens(first), opens(second))
        async with database.reading() as tx:
            assert len(await customers.find_by_phone(tx, phone)) == 1


async def test_a_call_that_has_a_ticket_is_not_moved_to_another(service: Service):
    agent = await service.agent()
    ringing = {"carrier_ref": "c-1", "caller": NUMBER}
    path = f"/api/v1/calls/{(await agent.post('/api/v1/calls', ringing))['call']['id']}"
    ticket = await agent.post(f"{path}/tickets", {"kind": "enquiry"})
    other = await open_rescue(agent)
    with pytest.raises(Refused) as moved:
        await agent.put(f"{path}/ticket", {"ticket_id": other["id"]})
    assert (moved.value.status, moved.value.code) == (409, "call_has_ticket")
    before = (await agent.get(path))["call"]
    assert before["ticket_id"] == ticket["id"]

    again = await agent.put(f"{path}/ticket", {"ticket_id": ticket["id"]})
    assert again == before, "told twice, nothing changes"
    timeline = await agent.get(f"/api/v1/tickets/{ticket['id']}/timeline")
    assert [event["kind"] for event in timeline["events"]].count("call.attached") == 1
