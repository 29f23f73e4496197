"""What an owner has said about being contacted: in any order, at once, against a lock."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, Purpose, code_of
from callcenter.customers.consents.service import Proof, every_purpose_on
from callcenter.customers.errors import OwnerNotFound
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from tests.db.cast import with_control
from tests.service import Client, Refused, Service

MARKETING, CONTRACT = Purpose.MARKETING, Purpose.CONTRACT
TEXT = Channel.TEXT
DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
PAPER = {"evidence": "paper", "reference": "SY1-2026-17"}
ALL = [one.value for one in Channel]
NO_ROW_IS_LOCKED = """
alter table owner_reach rename to reach_behind;
create function seen_reach() returns setof reach_behind language sql stable as
    $$ select * from reach_behind $$;
create view owner_reach as select * from seen_reach();
grant select, update on owner_reach to public;
create function write_reach() returns trigger language plpgsql as $$ begin
    update reach_behind set granted = new.granted, refused = new.refused, silent = new.silent,
        silent_at = new.silent_at where owner_id = old.owner_id;
    return new;
end $$;
create trigger write_reach instead of update on owner_reach
    for each row execute function write_reach();
"""
"""The row stands behind a function: who reads it FOR UPDATE locks nothing."""


async def an_owner(agent: Client) -> str:
    owner = await agent.post("/api/v1/owners", {"name": "王伟", "phones": ["13800138000"]})
    return f"/api/v1/owners/{owner['id']}/consents"


async def new_owner(tx: Tx) -> UUID:
    return (await customers.add_owner(tx, "desk", name="王伟")).id


def told(granted: bool, purposes: list[str], channels: list[str], **more: Any) -> dict[str, Any]:
    return {"granted": granted, "purposes": purposes, "channels": channels} | PAPER | more


def on(day: int) -> Proof:
    return Proof(Evidence.PAPER, said_at=DAY + timedelta(days=day))


async def test_an_owner_agrees_takes_it_back_and_every_word_is_kept(service: Service):
    agent = await service.agent()
    path = await an_owner(agent)
    assert await agent.get(path) == {
        "reach": {"granted": [], "refused": [], "silent": [], "silent_at": None},
        "words": [],
    }
    await agent.post(path, told(True, ["marketing", "greeting"], ["text", "call"]))
    said = told(False, ["marketing"], ["text"], evidence="text_reply", reference="m-1")
    now = await agent.post(path, said)
    assert now["reach"]["granted"] == ["greeting:call", "greeting:text", "marketing:call"]
    assert now["reach"]["refused"] == ["marketing:text"]
    (last, *earlier) = now["words"]
    assert (last["granted"], last["purpose"], last["channel"]) == (False, "marketing", "text")
    assert (last["evidence"], last["reference"]) == ("text_reply", "m-1")
    assert len(earlier) == 4
    assert {word["recorded_by_name"] for word in now["words"]} == {"test"}
    async with service.database.reading() as tx:
        facts = await tx.connection.fetch(
            "select facts - 'owner_id' as facts from events where kind = 'consent.changed'"
            " order by seq"
        )
    assert '"granted": false' in facts[1]["facts"]
    assert "SY1" not in str([dict(row) for row in facts])


async def test_stop_stops_everything_there_and_one_later_yes_opens_that_alone(service: Service):
    agent = await service.agent()
    path = await an_owner(agent)
    await agent.post(path, told(True, ["marketing", "contract"], ["text"]))
    stop = told(False, [], ["text"], evidence="text_reply", reason="complained")
    stopped = (await agent.post(path, stop))["reach"]
    assert stopped["granted"] == []
    assert stopped["refused"] == sorted(f"{purpose}:text" for purpose in Purpose)
    assert stopped["silent"] == ["text"]
    assert stopped["silent_at"] is not None
    opened = (await agent.post(path, told(True, ["contract"], ["text"])))["reach"]
    assert (opened["granted"], opened["silent"]) == (["contract:text"], [])
    assert opened["refused"] == sorted(f"{p}:text" for p in Purpose if p is not CONTRACT)


async def test_whoever_wants_no_contact_at_all_is_silent_everywhere_until_he_says_so(
    service: Service,
):
    agent = await service.agent()
    path = await an_owner(agent)
    await agent.post(path, told(True, ["marketing"], ["email"]))
    await agent.post(path, told(False, ["satisfaction"], ["call"]))
    silent = (await agent.post(path, told(False, [], ALL)))["reach"]
    assert silent["silent"] == sorted(ALL)
    again = (await agent.post(path, told(True, [], ALL)))["reach"]
    assert again == {
        "granted": [],
        "refused": ["satisfaction:call"],
        "silent": [],
        "silent_at": None,
    }, "no grant of before comes back, a refusal of its own stays"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (told(True, ["marketing"], []), 422),
        (told(True, ["marketing"], ["pigeon"]), 422),
        (told(False, ["marketing"], ["text"], reason="asked"), 422),
        (told(True, ["marketing"], ["text"], said_at="2099-01-01T00:00:00Z"), 422),
    ],
)
async def test_a_word_that_cannot_be_is_refused(service: Service, body: Any, status: int):
    agent = await service.agent()
    path = await an_owner(agent)
    with pytest.raises(Refused) as no:
        await agent.post(path, body)
    assert no.value.status == status
    assert (await agent.get(path))["words"] == []


async def test_nobody_is_known_to_have_said_nothing(service: Service):
    agent = await service.agent()
    for ask in (
        agent.get(f"/api/v1/owners/{uuid4()}/consents"),
        agent.post(f"/api/v1/owners/{uuid4()}/consents", told(True, ["marketing"], ["text"])),
    ):
        with pytest.raises(Refused) as no:
            await ask
        assert no.value.code == "owner_not_found"


async def test_a_file_that_is_read_twice_says_each_word_once(database: Database):
    async with database.transaction() as tx:
        owner_id = await new_owner(tx)
        for _ in range(2):
            await consents.give(tx, "file", owner_id, [(MARKETING, TEXT)], on(1))
        assert len(await consents.words_of(tx, owner_id)) == 1
        with pytest.raises(OwnerNotFound):
            await consents.reach_of(tx, uuid4())


@with_control(sabotage=NO_ROW_IS_LOCKED)
async def test_two_who_write_down_words_of_one_owner_at_once_lose_none(
    database: Database, owner: Any, sabotage: str | None
):
    owner_id = await database.run(new_owner)
    if sabotage:
        await owner.execute(sabotage)
    for number, channel in enumerate(Channel):
        proof, ready = on(number), asyncio.Barrier(len(Purpose))

        async def say_one(purpose: Purpose, on_channel: Channel, proof: Proof, ready: Any) -> None:
            async with database.transaction() as tx:
                await tx.now()
                await ready.wait()
                await consents.give(tx, "desk", owner_id, [(purpose, on_channel)], proof)

        await asyncio.gather(*(say_one(purpose, channel, proof, ready) for purpose in Purpose))
        # After each channel: the next word works all of them out anew.
        async with database.transaction() as tx:
            reach = await consents.reach_of(tx, owner_id)
        said = list(Channel)[: number + 1]
        assert reach.granted == {code_of(p, c) for p, c in every_purpose_on(*said)}


@with_control(sabotage=NO_ROW_IS_LOCKED)
async def test_a_no_waits_for_a_contact_that_is_being_decided(
    database: Database, owner: Any, sabotage: str | None
):
    """Whoever claims a contact holds the row: the no is before it or after it, never within."""
    owner_id = await database.run(new_owner)
    await database.run(lambda tx: consents.give(tx, "desk", owner_id, [(MARKETING, TEXT)], on(1)))
    if sabotage:
        await owner.execute(sabotage)
    async with database.transaction() as claim:
        await consents.lock_reach(claim, owner_id)
        no = asyncio.create_task(
            database.run(lambda tx: consents.silence(tx, "desk", owner_id, [TEXT], on(2)))
        )
        await _until_it_waits(owner, no)
        reach = await consents.reach_of(claim, owner_id)
        assert not no.done()
        assert reach.granted == {"marketing:text"}
    assert (await no).silent == {"text"}
    async with database.transaction() as claim:
        await consents.lock_reach(claim, owner_id)
        assert (await consents.reach_of(claim, owner_id)).granted == frozenset()


async def _until_it_waits(owner: Any, no: asyncio.Task[Any]) -> None:
    for _ in range(500):
        waits = (
            "select exists (select from pg_locks where not granted and locktype <> 'virtualxid')"
        )
        if no.done() or await owner.fetchval(waits):
            return
        await asyncio.sleep(0.01)


async def test_a_written_word_is_never_changed(database: Database, owner: Any):
    async with database.transaction() as tx:
        await consents.give(tx, "desk", await new_owner(tx), [(MARKETING, TEXT)], on(1))
    for change in ("update consents set granted = false", "delete from consents"):
        with pytest.raises(asyncpg.RaiseError):
            await owner.execute(change)
        async with database.reading() as tx:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await tx.connection.execute(change)
