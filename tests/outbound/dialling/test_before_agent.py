"""What the agent's screen is told of the owner before him."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls import contacts
from callcenter.calls import service as calls
from callcenter.calls.model import EndReason
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel
from callcenter.db.events import StoredEvent
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.reactions import follow_survey
from callcenter.outbound.dialling import before_agent, repository, service
from callcenter.outbound.dialling.errors import NothingToAsk, OwnerCallNotFound
from callcenter.outbound.dialling.model import Begun, OwnerCall
from callcenter.outbound.dialling.standing import reserve
from callcenter.outbound.dialling.touches import Said
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.touches.claim import SQL as TOUCHES
from callcenter.outbound.touches.rows import touch_of
from tests.calls.floor import RULES, Floor
from tests.outbound.dialling.kept_touches import KeptTouches
from tests.outbound.dialling.test_by_campaign import Calling, calling
from tests.outbound.surveys.cast import published, question, says, survey

__all__ = ["calling"]


async def talks(calling: Calling) -> OwnerCall:
    """Taken, dialled, picked up."""
    me, floor = calling.agent, calling.floor
    one = await calling.dials(await calling.takes())
    await floor.do(contacts.connected, f"staff:{me}", one.call_id)
    await floor.do(service.connected, f"staff:{me}", one.id, me, calling.touches)
    return one


async def says_came_of(calling: Calling, one: OwnerCall, outcome: Outcome, **more: Any) -> None:
    me = calling.agent
    given = (f"staff:{me}", me, one.id, outcome, calling.touches, RULES)
    await calling.floor.do(service.came_of_talk, *given, **more)


async def in_four_hours(floor: Floor) -> datetime:
    async with floor.database.reading() as tx:
        return await tx.now() + timedelta(hours=4)


async def test_an_owner_who_is_put_through_is_before_the_agent_from_the_first_ring(
    floor: Floor, touches: KeptTouches
):
    """Before it is known that they speak: he must not ask who it is."""
    me, other = await floor.agent(), await floor.agent()
    for agent in (me, other):
        await floor.ready(agent)
    await touches.add(floor.database)

    async def put_through(tx: Tx) -> OwnerCall:
        (touch,) = await touches.claim(tx, Way.AGENT_CALL, "dialler", 1)
        said = Said("+8613800138000", "zh", "您好")
        one = await repository.take(tx, touch, said, Begun.PROGRESSIVE, None)
        assert one is not None
        call = await calls.dial(tx, "dialler", one.number, one.language)
        return await service.dialling(tx, "dialler", one, call.id)

    one = await floor.do(put_through)
    assert await floor.do(before_agent.before_agent, me) is None
    assert await floor.do(reserve, one, "desk") == me
    found = await floor.do(before_agent.before_agent, me)
    assert (found.id, found.staff_id) == (one.id, None)
    assert await floor.do(before_agent.before_agent, other) is None


async def test_what_was_promised_is_listed_with_its_note_and_shown_when_it_is_kept(
    calling: Calling,
):
    one, floor, me = await talks(calling), calling.floor, calling.agent
    assert one.call_id is not None
    await floor.ends(one.call_id, EndReason.CALLER_HUNG_UP)
    at = await in_four_hours(floor)
    await says_came_of(calling, one, Outcome.CALL_BACK, note="先问价格", promised_at=at)
    (promised,) = await floor.do(before_agent.promised, me)
    assert (promised.due_at, promised.note) == (at, "先问价格")
    assert await floor.do(before_agent.promised, await floor.agent()) == []
    assert await floor.do(before_agent.owners_due, me) == 0
    await floor.do(_sets, "update touches set due_at = now() where promised_to = $1", me)
    assert await floor.do(before_agent.owners_due, me) == 1
    told = await floor.do(before_agent.about, await calling.takes())
    assert (told.noted, told.promised_at is not None) == ("先问价格", True)
    assert await floor.do(before_agent.promised, me) == []


async def test_what_he_has_answered_is_not_forgotten_when_the_line_is_closed(
    calling: Calling,
):
    """The answers came in the talk; that he has answered the telephone is the older word."""
    asked = survey(question("csat", "all"))
    survey_id = await calling.floor.do(published, asked)
    await calling.floor.do(_asks, survey_id)
    one = await talks(calling)
    given = (calling.agent, one.id)
    response_id = await calling.floor.do(before_agent.survey_of_call, *given)
    assert await calling.floor.do(before_agent.survey_of_call, *given) == response_id
    await calling.floor.do(says, response_id, "all", score=5)
    await _react(calling.floor, "survey.completed")
    assert one.call_id is not None
    await calling.floor.ends(one.call_id, EndReason.CALLER_HUNG_UP)
    await calling.floor.do(service.call_ended, "test", one.call_id, calling.touches)
    touch = await calling.floor.do(_touch, one.touch_id)
    assert (touch.state, touch.outcome) == (TouchState.SENT, Outcome.SURVEY_DONE)


async def test_nobody_asks_or_is_asked_what_is_not_his(calling: Calling):
    one, floor = await talks(calling), calling.floor
    with pytest.raises(NothingToAsk):
        await floor.do(before_agent.survey_of_call, calling.agent, one.id)
    with pytest.raises(OwnerCallNotFound):
        await floor.do(before_agent.survey_of_call, await floor.agent(), one.id)


async def test_who_tells_an_agent_to_stop_is_silent_on_every_way(calling: Calling):
    one = await talks(calling)
    assert one.call_id is not None
    await calling.floor.ends(one.call_id, EndReason.CALLER_HUNG_UP)
    await says_came_of(calling, one, Outcome.OPTED_OUT)
    reach = await calling.floor.do(consents.reach_of, calling.owner)
    assert reach.silent == set(Channel)


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.NOTED])
async def test_who_only_says_no_this_time_is_not(calling: Calling, outcome: Outcome):
    one = await talks(calling)
    assert one.call_id is not None
    await calling.floor.ends(one.call_id, EndReason.CALLER_HUNG_UP)
    await says_came_of(calling, one, outcome)
    reach = await calling.floor.do(consents.reach_of, calling.owner)
    assert reach.silent == set()


async def _sets(tx: Tx, words: str, *given: Any) -> None:
    await tx.connection.execute(words, *given)


async def _asks(tx: Tx, survey_id: UUID) -> None:
    """Every step of the run asks this."""
    await tx.connection.execute(
        "update campaign_runs set plan = jsonb_set(plan, '{steps}', (select jsonb_agg("
        "step || jsonb_build_object('survey_id', $1::text))"
        " from jsonb_array_elements(plan -> 'steps') step))",
        str(survey_id),
    )


async def _touch(tx: Tx, touch_id: UUID) -> Touch:
    return touch_of(await TOUCHES.touch_by_id(tx.connection, id=touch_id))


async def _react(floor: Floor, kind: str) -> None:
    (row,) = await floor.rows("select * from events where kind = $1", kind)
    fields = {name: row[name] for name in ("id", "kind", "at", "actor")}
    facts = json.loads(row["facts"])
    event = StoredEvent(**fields, ticket_id=None, station_id=None, facts=facts)
    await floor.do(follow_survey, event)
