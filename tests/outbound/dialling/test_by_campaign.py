"""Calls to owners by the real claims, plans and ledger of campaigns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.calls import contacts
from callcenter.calls.model import EndReason
from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.plan import Pacing, Plan, PlanStep, Variant
from callcenter.outbound.campaigns.plan import Said as Template
from callcenter.outbound.dialling import service
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.dialling.errors import NobodyToCall
from callcenter.outbound.dialling.model import Machine, OwnerCall, OwnerCallState
from callcenter.outbound.dialling.standing import dialled
from callcenter.outbound.key_answers import PlanKeys
from callcenter.outbound.model import Outcome, Skip, Touch, Way
from callcenter.outbound.touches.model import Said
from tests.calls.floor import RULES, Floor
from tests.db.cast import CONTROL
from tests.outbound.scene import Scene

WORDS = Template(zh="您好", en="Hello")
PLAN = Plan(
    steps=(PlanStep(way=Way.TEXT), PlanStep(way=Way.AGENT_CALL)),
    variants=(Variant(code="all", words={Way.TEXT: WORDS, Way.AGENT_CALL: WORDS}),),
)


class OneText:
    """The same for everybody."""

    async def __call__(self, tx: Tx, touches: Sequence[Touch]) -> Mapping[UUID, Said]:
        return {one.id: Said("+8613800138000", "zh", "您的车该保养了。") for one in touches}


@dataclass
class Calling:
    floor: Floor
    agent: UUID
    owner: UUID
    touches: CampaignTouches

    async def takes(self) -> Any:
        given = (f"staff:{self.agent}", self.agent, self.touches)
        return await self.floor.attempt(service.take_next, *given)

    async def dials(self, one: OwnerCall) -> OwnerCall:
        given = (f"staff:{self.agent}", self.agent, one.id, self.touches)
        found: OwnerCall = await self.floor.do(service.dial, *given)
        return found


@pytest.fixture
async def calling(scene: Scene, database: Database) -> Calling:
    (owner,) = await scene.add_owners(1)
    await scene.campaign(way=Way.AGENT_CALL)
    for table in ("campaigns", "campaign_runs"):
        await scene.connection.execute(f"update {table} set plan = $1", PLAN.model_dump_json())
    floor = Floor(database, RULES)
    agent = await floor.agent()
    await floor.ready(agent)
    return Calling(floor, agent, owner, CampaignTouches(OneText()))


async def test_what_was_said_stands_in_the_ledger_and_the_promise_is_due_then(calling: Calling):
    one = await calling.dials(await calling.takes())
    me, floor = calling.agent, calling.floor
    await floor.do(contacts.connected, f"staff:{me}", one.call_id)
    await floor.do(service.connected, f"staff:{me}", one.id, me, calling.touches)
    assert one.call_id is not None
    await floor.ends(one.call_id, EndReason.CALLER_HUNG_UP)
    async with floor.database.reading() as tx:
        at = await tx.now() + timedelta(hours=4)
    given = (f"staff:{me}", me, one.id, Outcome.CALL_BACK, calling.touches, RULES)
    await floor.do(service.came_of_talk, *given, promised_at=at)
    done, promised = await floor.rows("select * from touches order by attempt")
    assert (done["state"], done["outcome"]) == ("sent", "call_back")
    assert (promised["state"], promised["promised_to"]) == ("ready", me)
    assert promised["due_at"] == at
    (said,) = await floor.rows("select * from contact_ledger where touch_id = $1", one.touch_id)
    told = {name: said[name] for name in ("state", "words", "staff_id", "outcome")}
    assert told == {
        "state": "said",
        "words": "您的车该保养了。",
        "staff_id": me,
        "outcome": "call_back",
    }


async def test_who_was_not_reached_is_tried_again_by_the_plan(calling: Calling):
    one = await calling.dials(await calling.takes())
    assert one.call_id is not None
    await calling.floor.ends(one.call_id, EndReason.BUSY)
    await calling.floor.do(service.call_ended, "test", one.call_id, calling.touches)
    rows = await calling.floor.rows("select state, outcome, attempt from touches order by attempt")
    assert [tuple(row.values()) for row in rows] == [("sent", "busy", 1), ("ready", None, 2)]
    assert isinstance(await calling.takes(), NobodyToCall)


async def test_who_says_no_between_the_look_and_the_dial_is_not_dialled(calling: Calling):
    taken = await calling.takes()
    proof = consents.Proof(Evidence.SAID_TO_AGENT)
    given = ("test", calling.owner, [Channel.CALL], proof)
    await calling.floor.do(consents.silence, *given)
    one = await calling.dials(taken)
    assert (one.state, one.call_id) == (OwnerCallState.ENDED, None)
    assert await calling.floor.rows("select * from calls") == []


async def test_a_look_that_lasts_too_long_is_anothers(calling: Calling):
    """The claim lapses while he looks; who came late dials nobody."""
    taken = await calling.takes()
    async with calling.floor.database.transaction() as tx:
        await calling.touches.give_back(tx, taken.touch_id, "lapsed")
    other = await calling.floor.agent()
    await calling.floor.ready(other)
    given = (f"staff:{other}", other, calling.touches)
    again = await calling.floor.do(service.take_next, *given)
    assert (again.touch_id, again.staff_id) == (taken.touch_id, other)
    late = (f"staff:{calling.agent}", calling.agent, taken.id, calling.touches)
    refused = await calling.floor.attempt(service.dial, *late)
    assert refused.code == "owner_call_not_found"


@pytest.mark.parametrize("pacing", list(Pacing))
async def test_a_campaign_is_dialled_as_its_plan_says(
    calling: Calling, scene: Scene, pacing: Pacing
):
    steps = (PlanStep(way=Way.TEXT), PlanStep(way=Way.AGENT_CALL, pacing=pacing))
    plan = PLAN.model_copy(update={"steps": steps})
    await scene.connection.execute("update campaigns set plan = $1", plan.model_dump_json())
    found = await calling.floor.do(dialled)
    modes = [] if pacing is Pacing.PREVIEW else [pacing.value]
    assert [one.mode.value for one in found] == modes


async def test_key_nine_silences_automated_calls_and_key_two_promises_a_person(
    calling: Calling, scene: Scene
):
    """The promise stands though the outcome ends all else of the run."""
    one = await calling.dials(await calling.takes())
    keys, done = PlanKeys(), Outcome.CALL_BACK
    assert (await calling.floor.do(keys.menu, one)).machine is Machine.HANG_UP
    await calling.floor.do(calling.touches.outcome, one.touch_id, done)
    await calling.floor.do(keys.call_back, one)
    await calling.floor.do(keys.opt_out, one)
    _, promised = await calling.floor.rows("select * from touches order by attempt")
    assert (promised["state"], promised["priority"], promised["channel"]) == (
        "ready",
        0,
        "agent_call",
    )
    reach = await calling.floor.do(consents.reach_of, calling.owner)
    assert reach.silent == {Channel.AUTOMATED_CALL}


@pytest.mark.parametrize("others", [True, pytest.param(False, marks=CONTROL, id="one_record")])
async def test_key_nine_is_said_for_everybody_who_is_called_there(
    calling: Calling, monkeypatch: pytest.MonkeyPatch, others: bool
):
    """Two records of one family, and one for whom the number is known to be wrong."""
    if not others:
        monkeypatch.setattr(customers, "owners_of_number", _nobody)
    one = await calling.dials(await calling.takes())
    do, number = calling.floor.do, one.number
    wife = await do(customers.add_owner, "test", name="王芳", phones=[number])
    gone = await do(customers.add_owner, "test", name="李强", phones=[number, "+8613900000000"])
    await do(customers.number_is_wrong, "test", gone.id, number)
    await do(PlanKeys().opt_out, one)
    silent = [
        (await do(consents.reach_of, who)).silent for who in (calling.owner, wife.id, gone.id)
    ]
    assert silent == [{Channel.AUTOMATED_CALL}, {Channel.AUTOMATED_CALL}, set()]


async def _nobody(*_: object) -> Sequence[UUID]:
    return ()


async def test_a_skip_counts_as_no_contact(calling: Calling):
    taken = await calling.takes()
    given = (f"staff:{calling.agent}", calling.agent, taken.id, Skip.KNOWN_DISPUTE, calling.touches)
    await calling.floor.do(service.skip, *given)
    (touch,) = await calling.floor.rows("select state from touches")
    (ledger,) = await calling.floor.rows("select state from contact_ledger")
    assert (touch["state"], ledger["state"]) == ("skipped", "void")


async def test_one_who_may_not_be_called_hides_nobody(calling: Calling, scene: Scene):
    """He comes first in order, and has said no."""
    others = await scene.add_owners(1)
    await scene.campaign(others, way=Way.AGENT_CALL, priority=9)
    await scene.connection.execute(
        "update campaign_runs set plan = $1 where plan = '{}'", PLAN.model_dump_json()
    )
    proof = consents.Proof(Evidence.SAID_TO_AGENT)
    await calling.floor.do(consents.silence, "test", calling.owner, [Channel.CALL], proof)
    taken = await calling.takes()
    assert taken.owner_id == others[0]


async def test_who_may_not_be_called_is_asked_about_once_though_nobody_is_left(calling: Calling):
    """As the route does it: answered with nobody, and what was found out is kept."""
    proof = consents.Proof(Evidence.SAID_TO_AGENT)
    await calling.floor.do(consents.silence, "test", calling.owner, [Channel.CALL], proof)

    async def asks(tx: Tx) -> None:
        given = (f"staff:{calling.agent}", calling.agent, calling.touches)
        with pytest.raises(NobodyToCall):
            await service.take_next(tx, *given)

    await calling.floor.do(asks)
    rows = await calling.floor.rows("select state, reason from touches")
    assert [tuple(row.values()) for row in rows] == [("skipped", "silent")]
