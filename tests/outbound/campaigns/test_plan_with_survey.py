"""A plan with a survey, from its draft to its approval: what is wrong is said where it is."""

from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.ids import new_id
from callcenter.outbound.surveys import service as surveys
from tests.outbound.campaigns.asking import ASKED, close_survey, open_survey
from tests.outbound.campaigns.test_story import APPROVER, PLANNER, owners
from tests.service import Client, Refused, Service


async def template(planner: Client) -> Any:
    items = (await planner.get("/api/v1/campaign-templates"))["items"]
    return next(one for one in items if one["kind"] == "special_survey")


async def drafted(planner: Client, survey_id: UUID | None) -> str:
    """A rescue's follow-up, which needs no audience; its path."""
    body: dict[str, Any] = {"name": "回访", "kind": "rescue_follow_up"}
    draft = await planner.post("/api/v1/campaigns", body)
    path = f"/api/v1/campaigns/{draft['id']}"
    if survey_id is not None:
        steps = [one | {"survey_id": str(survey_id)} for one in draft["plan"]["steps"]]
        plan = draft["plan"] | {"steps": steps}
        await planner.patch(path, {"plan": plan}, version=draft["version"])
    return path


async def refused(
    client: Client, path: str, language: str = "zh", version: int | None = None
) -> Any:
    client.session.headers["Accept-Language"] = language
    with pytest.raises(Refused) as met:
        await client.post(path, version=version)
    return met.value.problem


async def test_a_preview_shows_a_survey_only_in_the_step_that_has_one(service: Service):
    audience = await owners(service, 2)
    survey_id = await open_survey(service.database)
    planner = await service.client(PLANNER)
    made = await template(planner)
    (text, call) = made["plan"]["steps"]
    steps = [text, call, text | {"survey_id": str(survey_id)}]
    body = {"kind": made["kind"], "purpose": made["purpose"], "audience_id": str(audience)}
    trial = body | {"plan": made["plan"] | {"steps": steps}}
    tried = await planner.post("/api/v1/campaign-trials", trial)
    faults = [(one["code"], one["where"]) for one in tried["faults"]]
    assert ("survey_missing", "steps.0.survey_id") in faults
    assert not any(where.startswith("steps.2") for _, where in faults)
    for person in tried["people"]:
        without, _, asking = person["words"]
        assert (without["step"], without["body"]) == (0, None)
        assert "救援满意吗? 请回复 1 到 5 的数字。" in asking["body"]


async def test_the_shipped_plan_is_handed_in_once_it_has_a_survey(service: Service):
    planner = await service.client(PLANNER)
    problem = await refused(planner, f"{await drafted(planner, None)}/submission")
    assert problem["code"] == "campaign_plan_faulty"
    path = await drafted(planner, await open_survey(service.database))
    assert (await planner.post(f"{path}/submission"))["state"] == "submitted"


async def never_opened(database: Database) -> UUID:
    made = await database.run(lambda tx: surveys.draft(tx, "test", "问卷", ASKED))
    return made.id


async def closed(database: Database) -> UUID:
    survey_id = await open_survey(database)
    await close_survey(database, survey_id)
    return survey_id


async def none(database: Database) -> UUID:
    return new_id()


@pytest.mark.parametrize("which", [never_opened, closed, none])
async def test_a_survey_that_takes_no_answers_is_refused(service: Service, which: Any):
    planner = await service.client(PLANNER)
    path = await drafted(planner, await which(service.database))
    for language, words in (("zh", "没有开放"), ("en", "not open")):
        problem = await refused(planner, f"{path}/submission", language)
        assert problem["code"] == "campaign_plan_faulty"
        assert words in str(problem)


async def test_who_approves_is_told_that_it_was_closed_meanwhile(service: Service):
    planner, boss = await service.client(PLANNER), await service.client(APPROVER)
    survey_id = await open_survey(service.database)
    path = await drafted(planner, survey_id)
    version = (await planner.post(f"{path}/submission"))["version"]
    await close_survey(service.database, survey_id)
    problem = await refused(boss, f"{path}/approval", version=version)
    assert problem["code"] == "campaign_plan_faulty"
    await service.database.run(lambda tx: surveys.open_survey(tx, "test", survey_id))
    assert (await boss.post(f"{path}/approval", version=version))["state"] == "running"
