"""The survey that comes with the program, answered by keys: what each key comes to."""

from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.outbound.campaigns.plan import PlanStep
from callcenter.outbound.dialling.keys import KeyAct
from callcenter.outbound.key_answers import PlanKeys
from callcenter.outbound.model import Way
from callcenter.outbound.surveys import ready_made, repository
from callcenter.outbound.surveys import service as surveys
from callcenter.outbound.surveys.response import ResponseState
from tests.outbound.dialling.test_by_campaign import PLAN, Calling, calling
from tests.outbound.scene import Scene
from tests.outbound.surveys.cast import option, published, question, survey

__all__ = ["calling"]
KEYED = {
    "overall": "1",
    "in_time": "3",
    "late_min": "45#",
    "easy": "2",
    "wrong": "13#",
    "recommend": "10",
}


async def test_every_question_that_keys_can_answer(
    scene: Scene, calling: Calling, database: Database
):
    """Free words are left out; a time of 45 minutes is said; what means nothing is none."""
    async with database.transaction() as tx:
        survey_id = await published(tx, ready_made.ready_made("after_rescue"))
    steps = (PlanStep(way=Way.TEXT), PlanStep(way=Way.AGENT_CALL, survey_id=survey_id))
    plan = PLAN.model_copy(update={"steps": steps}).model_dump_json()
    await scene.connection.execute("update campaign_runs set plan = $1", plan)
    one, keys, floor = await calling.takes(), PlanKeys(), calling.floor
    assert (await floor.do(keys.menu, one)).acts["1"] is KeyAct.SURVEY
    for code, typed in KEYED.items():
        now = await floor.do(keys.question, one)
        assert now.code == code
        assert all(asked.takes(typed) for asked in now.asked)
        assert not await floor.do(keys.answer, one, now, ["9**9"])
        assert await floor.do(keys.answer, one, now, [typed])
    assert await floor.do(keys.question, one) is None
    (row,) = await floor.rows("select id from survey_responses")
    found = await floor.do(repository.response, row["id"])
    assert found.state is ResponseState.COMPLETE
    assert found.answers["late_min"].number == 45
    assert found.answers["wrong"].choices == ("waiting", "skill")
    assert found.answers["recommend"].score == 10
    assert found.answers["more"].passed


async def test_of_a_row_that_is_passed_over_the_others_are_kept(
    scene: Scene, calling: Calling, database: Database
):
    rows = {"rows": [option(code) for code in "abc"], "columns": [option("x"), option("y")]}
    await asking(scene, database, question("matrix", required=False, **rows))
    one, keys, floor = await calling.takes(), PlanKeys(), calling.floor
    now = await floor.do(keys.question, one)
    assert [asked.takes("*") for asked in now.asked] == [True] * 3
    assert await floor.do(keys.answer, one, now, ["1", "*", "2"])
    (row,) = await floor.rows("select id from survey_responses")
    found = await floor.do(repository.response, row["id"])
    assert found.answers["q"].rows == {"a": "x", "c": "y"}


async def asking(scene: Scene, database: Database, of: Any = None) -> UUID:
    """A campaign whose call asks a survey of one question."""
    async with database.transaction() as tx:
        survey_id = await published(tx, survey(of or question("csat")))
    steps = (PlanStep(way=Way.TEXT), PlanStep(way=Way.AGENT_CALL, survey_id=survey_id))
    plan = PLAN.model_copy(update={"steps": steps}).model_dump_json()
    await scene.connection.execute("update campaign_runs set plan = $1", plan)
    return survey_id


async def test_a_closed_survey_is_not_offered(scene: Scene, calling: Calling, database: Database):
    survey_id = await asking(scene, database)
    one, keys, floor = await calling.takes(), PlanKeys(), calling.floor
    assert (await floor.do(keys.menu, one)).acts["1"] is KeyAct.SURVEY
    await database.run(lambda tx: surveys.close_survey(tx, "test", survey_id))
    assert (await floor.do(keys.menu, one)).acts == {"2": KeyAct.CALL_BACK}


@pytest.mark.parametrize("begun", [False, True])
async def test_one_that_is_closed_in_the_call_ends_it_with_a_good_bye(
    scene: Scene, calling: Calling, database: Database, begun: bool
):
    """Who presses 1 then is not cut off, and has not done the survey."""
    survey_id = await asking(scene, database)
    one, keys, floor = await calling.takes(), PlanKeys(), calling.floor
    asked = await floor.do(keys.question, one) if begun else None
    await database.run(lambda tx: surveys.close_survey(tx, "test", survey_id))
    if asked is not None:
        assert await floor.do(keys.answer, one, asked, ["5"])
    assert await floor.do(keys.question, one) is None
    assert not await floor.do(keys.is_done, one)


async def test_one_that_was_answered_is_done(scene: Scene, calling: Calling, database: Database):
    await asking(scene, database)
    one, keys, floor = await calling.takes(), PlanKeys(), calling.floor
    asked = await floor.do(keys.question, one)
    assert not await floor.do(keys.is_done, one)
    assert await floor.do(keys.answer, one, asked, ["5"])
    assert await floor.do(keys.is_done, one)
