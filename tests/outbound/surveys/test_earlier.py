"""A new edition goes on from those before: no code means something else under its answers."""

import contextlib
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import check, earlier, repository, responses
from callcenter.outbound.surveys import service as verbs
from callcenter.outbound.surveys.check import faults
from callcenter.outbound.surveys.errors import SurveyRefused
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.results import reading
from callcenter.web.permission import Permission
from tests.outbound.surveys.cast import option, published, question, says, survey, words
from tests.service import Service

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
SLOW, DEAR = option("o1", words=words("慢", "slow")), option("o2", words=words("贵", "dear"))
RUDE = option("o1", words=words("无礼", "rude"))
WHY = question("single", options=[SLOW, DEAR])
GRID = question("matrix", rows=[SLOW], columns=[SLOW, DEAR])
ENDS = {"low_words": words("差", "bad"), "high_words": words("好", "good")}
TURNED = {"low_words": words("好", "good"), "high_words": words("差", "bad")}
Asked = dict[str, Any]

ANOTHER: dict[str, tuple[Asked, Asked]] = {
    "a score of five is recommended from nought to ten": (question("csat"), question("nps")),
    "a score of five is a scale of five": (question("csat"), question("scale")),
    "one of several is several of them": (WHY, {**WHY, "type": "multiple"}),
    "a longer scale": (question("scale", high=5), question("scale", high=10)),
    "a scale from nought": (question("scale", low=1), question("scale", low=0)),
    "a scale turned round": (question("csat", **ENDS), question("csat", **TURNED)),
    "another unit": (
        question("number", unit=words("公里", "km")),
        question("number", unit=words("分钟", "min")),
    ),
}
OPTION: dict[str, tuple[Asked, Asked]] = {
    "an option's code for another": (WHY, {**WHY, "options": [RUDE, DEAR]}),
    "two options changed places": (
        WHY,
        {**WHY, "options": [{**SLOW, "code": "o2"}, {**DEAR, "code": "o1"}]},
    ),
    "a row's code for another": (GRID, {**GRID, "rows": [RUDE]}),
    "a column's code for another": (GRID, {**GRID, "columns": [RUDE, DEAR]}),
}
EARLIER = {"was_another_question": ANOTHER, "option_was_another": OPTION}
THE_SAME: dict[str, tuple[Asked, Asked]] = {
    "new words": (question("csat"), question("csat", words=words("满意吗?", "Satisfied?"))),
    "ends that had no words": (question("csat"), question("csat", **ENDS)),
    "what is followed up": (question("csat"), question("csat", bad_up_to=2, is_rating=True)),
    "one more option": (WHY, {**WHY, "options": [SLOW, DEAR, option("o3")]}),
    "an option less": (GRID, {**GRID, "rows": [option("o7")], "columns": [DEAR]}),
    "an option's words mended in one language": (
        WHY,
        {**WHY, "options": [{**SLOW, "words": words("慢", "too slow")}, DEAR]},
    ),
    "spaces": (WHY, {**WHY, "options": [{**SLOW, "words": words(" 慢", "Slow ")}, DEAR]}),
    "wider bounds": (question("number", high=10), question("number", high=20)),
    "a unit that was not said": (question("number"), question("number", unit=words("公里", "km"))),
}


def found_in(before: Asked, after: Asked) -> list[tuple[str, str]]:
    found = faults(survey(after), {1: survey(before)})
    assert all(fault.words("zh") != fault.words("en") for fault in found)
    return [(fault.code.value, fault.at) for fault in found]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        pytest.param(code, *case, id=name)
        for code, cases in EARLIER.items()
        for name, case in cases.items()
    ],
)
def test_a_code_that_was_another_is_named(code: str, before: Asked, after: Asked) -> None:
    assert faults(survey(after)) == []
    assert {*found_in(before, after)} == {(code, "q")}


@pytest.mark.parametrize(("before", "after"), THE_SAME.values(), ids=THE_SAME)
def test_the_same_question_in_new_words_goes_on(before: Asked, after: Asked) -> None:
    assert found_in(before, after) == []


def test_a_code_that_was_dropped_is_remembered() -> None:
    editions = {2: survey(question("nps", "other")), 1: survey(WHY)}
    (fault,) = faults(survey({**WHY, "options": [RUDE, DEAR]}), editions)
    assert fault.words("en") == (
        'Option "o1" of question "q" was "slow" in edition 1. Answers are counted by code: '
        "give this option a new one."
    )
    assert "“慢”" in fault.words("zh")
    used = earlier.used_codes(editions.values())
    assert used.questions == {"other": [], "q": ["o1", "o2"]}


async def answered_and_changed(tx: Tx, to: Survey) -> UUID:
    """Twenty have answered edition 1, all of them well; then the draft is another."""
    survey_id = await published(tx, survey(question("csat", "q1")))
    for _ in range(20):
        response = await responses.open_response(tx, survey_id)
        await says(tx, response.id, "q1", score=5)
    stored = await repository.get(tx, survey_id)
    await verbs.edit(tx, "test", survey_id, stored.version, "test", to)
    return survey_id


@pytest.mark.parametrize(
    "unguarded", [False, pytest.param(True, marks=CONTROL)], ids=["", "control"]
)
async def test_satisfied_owners_do_not_become_detractors(
    database: Database, monkeypatch: pytest.MonkeyPatch, unguarded: bool
) -> None:
    if unguarded:
        monkeypatch.setattr(check, "of_earlier", lambda *_: ())
    async with database.transaction() as tx:
        survey_id = await answered_and_changed(tx, survey(question("nps", "q1")))
        stored = await repository.get(tx, survey_id)
        with contextlib.suppress(SurveyRefused):
            await verbs.publish(tx, "test", survey_id, stored.version)
        (found,) = await reading.counted(tx, survey_id)
        assert found.question.type == "csat"
        assert found.complete.values == {5.0: 20}


async def test_the_editor_is_told_before_it_publishes_and_which_codes_are_used(
    service: Service,
) -> None:
    changed = survey({**WHY, "code": "q1"})
    async with service.database.transaction() as tx:
        survey_id = await answered_and_changed(tx, changed)
    supervisor = await service.client([Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE])
    stored = await supervisor.get(f"/api/v1/surveys/{survey_id}")
    assert stored["used_codes"] == {"questions": {"q1": []}, "quotas": []}
    draft = {"survey": changed.model_dump(mode="json")}
    assert (await supervisor.post("/api/v1/surveys/check", draft))["faults"] == []
    of_this = {**draft, "survey_id": str(survey_id)}
    (fault,) = (await supervisor.post("/api/v1/surveys/check", of_this))["faults"]
    assert (fault["code"], fault["at"]) == ("was_another_question", "q1")
    headers = {"If-Match": f'"{stored["version"]}"', "Idempotency-Key": "publish"}
    path = f"/api/v1/surveys/{survey_id}/editions"
    async with supervisor.session.post(path, headers=headers) as answer:
        assert answer.status == 422
