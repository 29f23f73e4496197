"""An agent looks at the next owner, then dials or skips him, and says what came of it."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls import contacts
from callcenter.calls.agents.errors import SeatMoveRefused
from callcenter.calls.agents.model import Contact
from callcenter.calls.model import Disposition, EndReason
from callcenter.db.events import StoredEvent
from callcenter.outbound.dialling import reactions, service
from callcenter.outbound.dialling.errors import (
    CallStillOn,
    NobodyToCall,
    OwnerCallMoveRefused,
    OwnerCallNotFound,
    OwnerCallOpen,
    PromiseNeedsTime,
)
from callcenter.outbound.dialling.model import OwnerCall, OwnerCallState
from callcenter.outbound.model import Outcome, Skip
from tests.calls.floor import RULES, Floor, together
from tests.outbound.dialling.kept_touches import KeptTouches, states

HEARD = {
    "call.answered": "outbound.owner_answered",
    "call.ended": "outbound.owner_call_ended",
    "call.disposed": "outbound.owner_call_written_up",
}


class Outbound:
    """An agent before the outbound panel; what the hotline tells is reacted to when asked."""

    def __init__(self, floor: Floor, touches: KeptTouches) -> None:
        self.floor, self.touches = floor, touches
        self.heard: set[UUID] = set()

    async def takes(self, agent: UUID) -> Any:
        return await self.floor.attempt(service.take_next, f"staff:{agent}", agent, self.touches)

    async def dials(self, agent: UUID, one: OwnerCall) -> Any:
        given = (f"staff:{agent}", agent, one.id, self.touches)
        return await self.floor.attempt(service.dial, *given)

    async def says(self, agent: UUID, one: OwnerCall, outcome: Outcome, **more: Any) -> OwnerCall:
        given = (f"staff:{agent}", agent, one.id, outcome, self.touches, RULES)
        said: OwnerCall = await self.floor.do(service.came_of_talk, *given, **more)
        return said

    async def talks(self, agent: UUID) -> OwnerCall:
        """Taken, dialled, picked up."""
        one = await self.dials(agent, await self.takes(agent))
        await self.floor.do(contacts.connected, f"staff:{agent}", one.call_id)
        await self.react()
        found: OwnerCall = one
        return found

    async def ends(self, one: OwnerCall, reason: EndReason) -> None:
        assert one.call_id is not None
        await self.floor.ends(one.call_id, reason)
        await self.react()

    async def react(self) -> None:
        work = reactions.work(self.touches).reactions
        rows = await self.floor.rows("select * from events where kind = any($1)", list(HEARD))
        for row in rows:
            if row["id"] not in self.heard:
                self.heard.add(row["id"])
                fields = {name: row[name] for name in ("id", "kind", "at", "actor")}
                facts = json.loads(row["facts"])
                event = StoredEvent(**fields, ticket_id=None, station_id=None, facts=facts)
                await self.floor.do(work[HEARD[row["kind"]]], event)

    async def state(self, one: OwnerCall) -> tuple[str, str | None]:
        (row,) = await self.floor.rows("select * from owner_calls where id = $1", one.id)
        return row["state"], row["outcome"]


@pytest.fixture
def outbound(floor: Floor, touches: KeptTouches) -> Outbound:
    return Outbound(floor, touches)


@pytest.fixture
async def agent(floor: Floor) -> UUID:
    agent = await floor.agent()
    await floor.ready(agent)
    return agent


async def test_he_sees_whom_and_what_dials_and_says_what_came_of_it(
    outbound: Outbound, agent: UUID
):
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.takes(agent)
    assert (one.words, one.state) == ("您的车该保养了。", OwnerCallState.TAKEN)
    dialled = await outbound.dials(agent, one)
    assert (dialled.state, await states(outbound.floor.database)) == (
        OwnerCallState.DIALLING,
        [("sending", None, "")],
    )
    await outbound.floor.do(contacts.connected, f"staff:{agent}", dialled.call_id)
    await outbound.react()
    assert await outbound.state(one) == ("connected", None)
    with pytest.raises(CallStillOn):
        await outbound.says(agent, one, Outcome.BOOKED)
    await outbound.ends(dialled, EndReason.CALLER_HUNG_UP)
    assert await states(outbound.floor.database) == [("sent", "answered", "")]
    said = await outbound.says(agent, one, Outcome.BOOKED, note="周六上午")
    assert (said.outcome, said.note) == (Outcome.BOOKED, "周六上午")
    assert await states(outbound.floor.database) == [("sent", "booked", "")]
    assert (await outbound.floor.seat(agent)).contact is Contact.NONE


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (EndReason.BUSY, ("sent", "busy", "")),
        (EndReason.NO_ANSWER, ("sent", "no_answer", "")),
        (EndReason.UNREACHABLE, ("sent", "unreachable", "")),
        (EndReason.NOT_DIALLED, ("ready", None, "not_dialled")),
        (EndReason.LINE_LOST, ("unknown", None, "line_lost")),
    ],
)
async def test_who_was_not_reached_needs_no_word_of_the_agent(
    outbound: Outbound, agent: UUID, reason: EndReason, state: tuple[str, str | None, str]
):
    """A line that was lost before anybody was on it may have rung: he is not dialled again."""
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.dials(agent, await outbound.takes(agent))
    await outbound.ends(one, reason)
    assert await states(outbound.floor.database) == [state]
    assert (await outbound.state(one))[0] == "ended"
    again = await outbound.takes(agent)
    assert isinstance(again, NobodyToCall) == (state[0] != "ready")


async def test_a_skipped_owner_is_not_shown_again(outbound: Outbound, agent: UUID):
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.takes(agent)
    given = (f"staff:{agent}", agent, one.id, Skip.SPOKE_TODAY, outbound.touches)
    await outbound.floor.do(service.skip, *given)
    assert await states(outbound.floor.database) == [("skipped", None, "spoke_today")]
    assert isinstance(await outbound.takes(agent), NobodyToCall)
    assert isinstance(await outbound.dials(agent, one), OwnerCallMoveRefused)


async def test_a_promise_is_kept_by_who_gave_it_and_not_before(outbound: Outbound, agent: UUID):
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.talks(agent)
    await outbound.ends(one, EndReason.CALLER_HUNG_UP)
    async with outbound.floor.database.reading() as tx:
        now = await tx.now()
    for wrong in (None, now - timedelta(minutes=1)):
        with pytest.raises(PromiseNeedsTime):
            await outbound.says(agent, one, Outcome.CALL_BACK, promised_at=wrong)
    with pytest.raises(PromiseNeedsTime):
        await outbound.says(agent, one, Outcome.BOOKED, promised_at=now + timedelta(hours=1))
    await outbound.says(agent, one, Outcome.CALL_BACK, promised_at=now + timedelta(hours=1))
    assert isinstance(await outbound.takes(agent), NobodyToCall)
    async with outbound.floor.database.transaction() as tx:
        await tx.connection.execute("update touches set due_at = now() where state = 'ready'")
    other = await outbound.floor.agent()
    await outbound.floor.ready(other)
    assert isinstance(await outbound.takes(other), NobodyToCall)
    assert (await outbound.takes(agent)).owner_id == one.owner_id


async def test_who_has_said_no_meanwhile_is_not_dialled(outbound: Outbound, agent: UUID):
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.takes(agent)
    outbound.touches.may_be = False
    refused = await outbound.dials(agent, one)
    assert (refused.state, refused.call_id) == (OwnerCallState.ENDED, None)
    assert await outbound.floor.rows("select * from calls") == []
    assert (await outbound.floor.seat(agent)).contact is Contact.NONE


async def test_one_owner_at_a_time_and_never_another_agents(outbound: Outbound, agent: UUID):
    for _ in range(2):
        await outbound.touches.add(outbound.floor.database)
    one = await outbound.takes(agent)
    assert isinstance(await outbound.takes(agent), OwnerCallOpen)
    other = await outbound.floor.agent()
    await outbound.floor.ready(other)
    assert isinstance(await outbound.dials(other, one), OwnerCallNotFound)
    await outbound.dials(agent, one)
    assert isinstance(await outbound.takes(agent), SeatMoveRefused)


async def test_a_number_that_is_missing_passes_on_to_the_next_owner(
    outbound: Outbound, agent: UUID
):
    await outbound.touches.add(outbound.floor.database, None, priority=1)
    reachable = await outbound.touches.add(outbound.floor.database)
    assert (await outbound.takes(agent)).touch_id == reachable


async def test_who_only_writes_up_at_his_seat_is_done_with_the_owner(
    outbound: Outbound, agent: UUID
):
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.talks(agent)
    await outbound.ends(one, EndReason.AGENT_HUNG_UP)
    given = (agent, Disposition.INFORMATION, None, RULES)
    await outbound.floor.do(contacts.wrap_up, f"staff:{agent}", *given)
    await outbound.react()
    assert await outbound.state(one) == ("ended", "answered")


async def test_agents_who_ask_at_once_get_different_owners(outbound: Outbound):
    agents = [await outbound.floor.agent() for _ in range(4)]
    for one in agents:
        await outbound.floor.ready(one)
        await outbound.touches.add(outbound.floor.database)
    taken = await together(*(outbound.takes(one) for one in agents))
    assert len({one.owner_id for one in taken}) == len(agents)


async def test_dialled_twice_at_once_it_is_one_call(outbound: Outbound, agent: UUID):
    await outbound.touches.add(outbound.floor.database)
    one = await outbound.takes(agent)
    said = await together(outbound.dials(agent, one), outbound.dials(agent, one))
    assert sum(isinstance(each, OwnerCall) for each in said) == 1
    assert len(await outbound.floor.rows("select * from calls")) == 1
