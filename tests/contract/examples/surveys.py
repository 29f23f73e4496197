"""Surveys: written, published, opened; responses; results."""

from typing import Any

from callcenter.outbound.surveys.ready_made import ready_made
from tests.contract.examples.registry import example
from tests.contract.world import Example, World

SURVEY = ready_made("charging").model_dump(mode="json")
DRAFT = {"name": "Charging", "survey": SURVEY}


async def drafted(w: World) -> Any:
    return await w.api.post("/api/v1/surveys", DRAFT)


async def opened(w: World) -> str:
    """One that takes answers; its id."""
    made = await drafted(w)
    path = f"/api/v1/surveys/{made['id']}"
    headers = {"If-Match": f'"{made["version"]}"', "Idempotency-Key": f"publish-{made['id']}"}
    await w.api._send("POST", f"{path}/editions", headers=headers)
    await w.api.post(f"{path}/opening")
    return str(made["id"])


async def begun(w: World) -> tuple[str, str]:
    """A survey and a response with one answer."""
    survey_id = await opened(w)
    response = await w.api.post("/api/v1/survey-responses", {"survey_id": survey_id})
    said = {"question": "energy", "answer": {"choice": "electric"}}
    await w.api.post(f"/api/v1/survey-responses/{response['id']}/answers", said)
    return survey_id, str(response["id"])


@example("GET /api/v1/surveys")
async def as_it_is(w: World) -> Example:
    return Example()


@example("POST /api/v1/surveys")
async def post_surveys(w: World) -> Example:
    return Example(body=DRAFT)


@example("POST /api/v1/surveys/check", "POST /api/v1/surveys/trial")
async def looked_at(w: World) -> Example:
    return Example(body={"survey": SURVEY})


@example("PATCH /api/v1/surveys/{survey_id}")
async def patch_survey(w: World) -> Example:
    made = await drafted(w)
    return Example({"survey_id": made["id"]}, body=DRAFT, version=made["version"])


@example("POST /api/v1/surveys/{survey_id}/editions")
async def post_editions(w: World) -> Example:
    made = await drafted(w)
    return Example({"survey_id": made["id"]}, version=made["version"])


@example(
    "GET /api/v1/surveys/{survey_id}",
    "GET /api/v1/surveys/{survey_id}/link",
    "GET /api/v1/surveys/{survey_id}/responses",
    "GET /api/v1/surveys/{survey_id}/results",
    "GET /api/v1/surveys/{survey_id}/days",
    "POST /api/v1/surveys/{survey_id}/opening",
    "POST /api/v1/surveys/{survey_id}/closing",
)
async def of_a_survey(w: World) -> Example:
    return Example({"survey_id": await opened(w)})


@example("GET /api/v1/surveys/{survey_id}/editions/{edition}")
async def get_edition(w: World) -> Example:
    return Example({"survey_id": await opened(w), "edition": "1"})


@example("GET /api/v1/surveys/{survey_id}/cross")
async def get_cross(w: World) -> Example:
    survey_id, _ = await begun(w)
    return Example({"survey_id": survey_id}, {"question": "energy", "by": "region"})


@example("GET /api/v1/surveys/{survey_id}/said")
async def get_said(w: World) -> Example:
    survey_id, _ = await begun(w)
    return Example({"survey_id": survey_id}, {"question": "wish"})


@example("POST /api/v1/survey-responses")
async def post_responses(w: World) -> Example:
    return Example(body={"survey_id": await opened(w), "language": "en"})


@example("GET /api/v1/survey-responses")
async def get_responses(w: World) -> Example:
    owner = await w.api.post("/api/v1/owners", {"name": "钱", "phones": []})
    return Example(query={"owner_id": owner["id"]})


@example("GET /api/v1/survey-responses/{response_id}")
async def get_response(w: World) -> Example:
    return Example({"response_id": (await begun(w))[1]})


@example("POST /api/v1/survey-responses/{response_id}/answers")
async def post_answers(w: World) -> Example:
    _, response_id = await begun(w)
    body = {"question": "region", "answer": {"choice": "north"}}
    return Example({"response_id": response_id}, body=body)


@example("GET /api/v1/survey-responses/export.xlsx", "GET /api/v1/survey-responses/export.csv")
async def exported(w: World) -> Example:
    survey_id, _ = await begun(w)
    return Example(query={"survey_id": survey_id})
