"""The survey that comes with the program, answered by keys: what each key comes to."""

from callcenter.db.database import Database
from callcenter.outbound.campaigns.plan import PlanStep
from callcenter.outbound.dialling.keys import KeyAct
from callcenter.outbound.key_answers import PlanKeys
from callcenter.outbound.model import Way
from callcenter.outbound.surveys import ready_made, repository
from callcenter.outbound.surveys.response import ResponseState
from tests.outbound.dialling.test_by_campaign import PLAN, Calling, calling
from tests.outbound.scene import Scene
from tests.outbound.surveys.cast import published

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
        question = await floor.do(keys.question, one)
        assert question.code == code
        assert all(asked.takes(typed) for asked in question.asked)
        assert not await floor.do(keys.answer, one, question, ["9**9"])
        assert await floor.do(keys.answer, one, question, [typed])
    assert await floor.do(keys.question, one) is None
    (row,) = await floor.rows("select id from survey_responses")
    found = await floor.do(repository.response, row["id"])
    assert found.state is ResponseState.COMPLETE
    assert found.answers["late_min"].number == 45
    assert found.answers["wrong"].choices == ("waiting", "skill")
    assert found.answers["recommend"].score == 10
    assert found.answers["more"].passed
