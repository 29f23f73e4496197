"""What is heard of one touch comes in any order: what says more stays."""

import asyncio
import json
import random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.db.database import Database
from callcenter.db.events import StoredEvent
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.reactions import follow_survey
from callcenter.outbound.model import Outcome, Way, weaker_than
from callcenter.outbound.surveys.events import SurveyAnswered, SurveyCompleted
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.claim import SQL
from tests.outbound.campaigns.asking import arrive, campaign, open_survey, owner, sends
from tests.outbound.scene import Scene
from tests.outbound.surveys.cast import question, survey
from tests.outbound.test_claim_races import BLIND, with_control
from tests.outbound.test_survey_replies import wrote

ONE = survey(question("csat"))


@given(st.permutations(list(Outcome)))
def test_whatever_the_order_the_strongest_is_kept(heard: list[Outcome]):
    kept = None
    for one in heard:
        if kept is None or kept in weaker_than(one):
            kept = one
    assert kept is Outcome.BOOKED


@given(st.sampled_from(list(Outcome)), st.sampled_from(list(Outcome)))
def test_of_two_one_says_more_or_the_later_counts(one: Outcome, other: Outcome):
    assert one not in weaker_than(one)
    if one is not other:
        assert one in weaker_than(other) or other in weaker_than(one)


@pytest.mark.parametrize("strong", [Outcome.SURVEY_DONE, Outcome.BOOKED])
@pytest.mark.parametrize("late", [Outcome.SURVEY_BEGUN, Outcome.NOTED, Outcome.ANSWERED])
def test_what_was_done_stays(strong: Outcome, late: Outcome):
    assert strong not in weaker_than(late)
    assert late in weaker_than(strong)


@with_control("keep_outcome")
@pytest.mark.parametrize("seed", range(3))
async def test_a_survey_of_one_question_is_done_whichever_job_is_first(
    scene: Scene,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    blind: tuple[str, ...],
):
    """Begun and done are recorded in one transaction; their jobs are run by many, and again."""
    for name in blind:
        monkeypatch.setattr(SQL, name, getattr(BLIND, name))
    his = await owner(database)
    await campaign(scene, [his], await open_survey(database, ONE))
    await sends(database)
    await arrive(scene)
    assert await wrote(database, "5") == "answer"
    rows = await scene.connection.fetch("select * from events where kind like 'survey.%'")
    wanted = (SurveyAnswered.kind, SurveyCompleted.kind)
    events = [
        StoredEvent(
            row["id"], row["kind"], row["at"], row["actor"], None, None, json.loads(row["facts"])
        )
        for row in rows
        if row["kind"] in wanted
    ]
    jobs = events * 4
    random.Random(seed).shuffle(jobs)
    await asyncio.gather(*(database.run(lambda tx, e=one: follow_survey(tx, e)) for one in jobs))
    begun = next(one for one in events if one.kind == SurveyAnswered.kind)
    await database.run(lambda tx: follow_survey(tx, begun))
    row = await scene.connection.fetchrow(
        "select t.outcome, l.outcome as told, l.survey_response_id from touches t"
        " join contact_ledger l on l.touch_id = t.id"
    )
    assert row is not None
    assert (row["outcome"], row["told"]) == ("survey_done", "survey_done")
    assert str(row["survey_response_id"]) == begun.facts["response_id"]


async def test_a_promise_stands_though_the_survey_was_done(scene: Scene, database: Database):
    await scene.campaign(await scene.add_owners(1), way=Way.AGENT_CALL)
    touch_id: UUID = await scene.one("select id from touches")
    await scene.connection.execute(
        "insert into contact_ledger (id, owner_id, touch_id, channel, purpose, at, state)"
        " select gen_random_uuid(), owner_id, id, channel, purpose, now(), 'said' from touches"
    )

    async def came(outcome: Outcome, promised: str | None = None) -> None:
        await database.run(
            lambda tx: touches.come_of(
                tx, touch_id, outcome, following=after_touch, promised=promised
            )
        )

    await scene.connection.execute(
        "update campaign_runs set plan = $1",
        json.dumps(
            {
                "steps": [{"way": "text"}, {"way": "agent_call"}],
                "variants": [{"code": "a", "words": {"text": {"zh": "好", "en": "well"}}}],
            }
        ),
    )
    await came(Outcome.SURVEY_DONE)
    await came(Outcome.CALL_BACK, "call_back 2026-03-11")
    row = await scene.connection.fetchrow("select outcome, promised from contact_ledger")
    assert row is not None
    assert tuple(row) == ("survey_done", "call_back 2026-03-11")
