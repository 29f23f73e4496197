"""For whom a run is over nothing else of it is said, though it was claimed before: it lies in the
outbox, or an agent has him before him."""

from datetime import timedelta
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.messages.model import Channel
from callcenter.messages.sending import sender
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.plan import Plan, PlanStep, Rule, Then
from callcenter.outbound.dialling import service
from callcenter.outbound.dialling.model import OwnerCall, OwnerCallState
from callcenter.outbound.model import DROPPED, Outcome, Skip, Way
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.by_message import TouchFollower, claim_and_queue
from tests.outbound.conftest import TUESDAY
from tests.outbound.dialling.promising import Promising
from tests.outbound.dialling.test_by_campaign import PLAN, Calling, OneText, calling
from tests.outbound.scene import Scene
from tests.outbound.test_by_message import Provider

__all__ = ["calling"]

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
BLIND = pytest.mark.parametrize(
    "blind", [pytest.param(False, id="guarded"), pytest.param(True, id="control", marks=CONTROL)]
)
FOLLOWER = TouchFollower(after_touch)
FRIDAY = TUESDAY + timedelta(days=3)
"""The second step is due then."""
ENDS = (Outcome.BOOKED, Outcome.SURVEY_DONE, Outcome.REFUSED, Outcome.OPTED_OUT)
TWO_TEXTS = PLAN.model_copy(
    update={"steps": (PlanStep(way=Way.TEXT), PlanStep(way=Way.TEXT), PlanStep(way=Way.AGENT_CALL))}
)


class Texting:
    """An owner with a text of a run, and what comes behind it."""

    def __init__(self, calling: Calling, scene: Scene, database: Database) -> None:
        self.calling, self.scene, self.database = calling, scene, database
        self.provider = Provider()
        self.promising = Promising(calling, scene)

    async def begins(self, plan: Plan) -> UUID:
        """The provider has taken the text on Tuesday; on Friday the next step is due. The text."""
        for table in ("campaigns", "campaign_runs"):
            await self.scene.connection.execute(
                f"update {table} set plan = $1", plan.model_dump_json()
            )
        await self.scene.connection.execute("update touches set step = 0, channel = 'text'")
        await self.queues()
        await self.sends()
        await self.promising.clock(FRIDAY)
        text: UUID = await self.scene.one("select id from touches where step = 0")
        return text

    async def queues(self) -> None:
        given = (Way.TEXT, "me", OneText())
        await self.database.run(lambda tx: claim_and_queue(tx, *given, following=after_touch))

    async def sends(self) -> None:
        """What lies in the outbox."""
        errand = sender({channel: self.provider for channel in Channel}, follower=FOLLOWER)
        for row in await self.scene.connection.fetch(
            "select id from messages where state = 'queued'"
        ):
            await errand(self.database, {"message_id": str(row["id"])})

    async def does(self, text: UUID, outcome: Outcome) -> None:
        """What the owner does by his text, as the reaction to it writes it down."""
        await self.database.run(
            lambda tx: touches.come_of(tx, text, outcome, following=after_touch)
        )

    async def steps(self) -> list[tuple[int, str, str]]:
        rows = await self.scene.connection.fetch(
            "select step, state, reason from touches order by step, attempt"
        )
        return [(row["step"], row["state"], row["reason"]) for row in rows]


@pytest.fixture
def texting(calling: Calling, scene: Scene, database: Database) -> Texting:
    return Texting(calling, scene, database)


async def goes_on(*_: object) -> None:
    """Whatever he has done."""


def without_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touches, "over_for", goes_on)


@BLIND
@pytest.mark.parametrize("outcome", ENDS)
async def test_a_text_in_the_outbox_is_not_sent_to_who_has_done_it_or_wants_no_more(
    texting: Texting, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, blind: bool
):
    """He finishes the survey of the first text while the second waits for its turn with 2,000
    others."""
    if blind:
        without_begin(monkeypatch)
    first = await texting.begins(TWO_TEXTS)
    await texting.queues()
    assert (await texting.steps())[1] == (1, "claimed", "")
    await texting.does(first, outcome)
    await texting.sends()
    assert len(texting.provider.seen) == 1
    assert await texting.steps() == [(0, "sent", ""), (1, "withdrawn", outcome.value)]
    assert (
        await texting.scene.one("select state from contact_ledger order by at desc limit 1")
        == "void"
    )


@BLIND
async def test_who_finishes_the_survey_while_an_agent_looks_is_not_dialled(
    texting: Texting, monkeypatch: pytest.MonkeyPatch, blind: bool
):
    if blind:
        without_begin(monkeypatch)
    first = await texting.begins(PLAN)
    taken = await texting.promising.takes()
    await texting.does(first, Outcome.SURVEY_DONE)
    dialled = await texting.calling.dials(taken)
    assert (dialled.state, dialled.call_id) == (OwnerCallState.ENDED, None)
    assert await texting.steps() == [(0, "sent", ""), (1, "withdrawn", "survey_done")]


@BLIND
async def test_what_is_just_being_sent_then_is_followed_by_nothing(
    texting: Texting, monkeypatch: pytest.MonkeyPatch, blind: bool
):
    """The provider has the second text while he answers by the first: it is said, and no agent
    calls three days later."""
    if blind:
        monkeypatch.setattr("callcenter.outbound.campaigns.following.over_for", goes_on)
    first = await texting.begins(TWO_TEXTS)
    await texting.queues()
    send = texting.provider.send

    async def while_it_is_sent(message: object) -> list[str]:
        await texting.does(first, Outcome.SURVEY_DONE)
        return await send(message)  # type: ignore[arg-type]

    monkeypatch.setattr(texting.provider, "send", while_it_is_sent)
    await texting.sends()
    assert len(texting.provider.seen) == 2
    assert await texting.steps() == [(0, "sent", ""), (1, "sent", "")]


async def test_what_was_promised_is_said_though_all_else_is_over(texting: Texting):
    first = await texting.begins(PLAN)
    await texting.promising.promises(FRIDAY + timedelta(hours=4))
    await texting.promising.clock(FRIDAY + timedelta(hours=4))
    taken = await texting.promising.takes()
    await texting.does(first, Outcome.SURVEY_DONE)
    assert (await texting.calling.dials(taken)).state is OwnerCallState.DIALLING


async def test_who_has_only_begun_to_answer_is_still_reminded(texting: Texting):
    first = await texting.begins(TWO_TEXTS)
    await texting.queues()
    await texting.does(first, Outcome.SURVEY_BEGUN)
    await texting.sends()
    assert len(texting.provider.seen) == 2


UNDELIVERED = {Outcome.UNDELIVERED: Rule(then=Then.END)}
AGAIN = {Outcome.UNDELIVERED: Rule(then=Then.RETRY, at_most=2)}


@BLIND
async def test_where_a_text_that_did_not_arrive_ends_it_what_is_claimed_is_not_sent(
    texting: Texting, monkeypatch: pytest.MonkeyPatch, blind: bool
):
    """The receipt comes when the second is in the outbox."""
    if blind:
        without_begin(monkeypatch)
    once = PlanStep(way=Way.TEXT, rules=UNDELIVERED)
    steps = (once, *TWO_TEXTS.steps[1:])
    first = await texting.begins(TWO_TEXTS.model_copy(update={"steps": steps}))
    await texting.queues()
    await texting.does(first, Outcome.UNDELIVERED)
    await texting.sends()
    assert len(texting.provider.seen) == 1
    assert await texting.steps() == [(0, "sent", ""), (1, "withdrawn", "undelivered")]


@BLIND
@pytest.mark.parametrize("why", sorted(DROPPED))
async def test_whom_an_agent_skips_no_text_from_the_outbox_reaches(
    texting: Texting, monkeypatch: pytest.MonkeyPatch, why: Skip, blind: bool
):
    """His text is sent once more, since it had not arrived; an agent sees him in that moment."""
    if blind:
        without_begin(monkeypatch)
    once = PlanStep(way=Way.TEXT, rules=AGAIN)
    plan = PLAN.model_copy(update={"steps": (once, PLAN.steps[1])})
    first = await texting.begins(plan)
    taken = await texting.promising.takes()
    assert isinstance(taken, OwnerCall)
    await texting.does(first, Outcome.UNDELIVERED)
    # His caps are another story's.
    await texting.scene.connection.execute("update contact_ledger set state = 'void'")
    await texting.queues()
    me = texting.calling.agent
    given = (f"staff:{me}", me, taken.id, why, texting.calling.touches)
    await texting.calling.floor.do(service.skip, *given)
    await texting.sends()
    assert len(texting.provider.seen) == 1
    assert await texting.steps() == [
        (0, "sent", ""),
        (0, "withdrawn", why.value),
        (1, "skipped", why.value),
    ]
