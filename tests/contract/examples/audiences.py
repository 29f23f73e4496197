"""Audiences and questions about rules."""

from typing import Any

from tests.contract.examples.registry import example
from tests.contract.world import Example, World

RULE = {
    "kind": "all",
    "of": [
        {"kind": "tier", "any_of": [1, 2]},
        {"kind": "none", "of": [{"kind": "last_visit", "when": "within", "days": 90}]},
    ],
}


async def made(w: World) -> dict[str, str]:
    audience = await w.api.post("/api/v1/audiences", {"name": "gold", "rule": RULE})
    return {"audience_id": audience["id"]}


@example("GET /api/v1/audiences", "GET /api/v1/audiences/choices")
async def as_it_is(w: World) -> Example:
    return Example()


@example("POST /api/v1/audiences")
async def post_audiences(w: World) -> Example:
    return Example(body={"name": "gold and silver", "rule": RULE})


@example("GET /api/v1/audiences/{audience_id}")
async def get_audience(w: World) -> Example:
    return Example(await made(w))


@example("PATCH /api/v1/audiences/{audience_id}")
async def patch_audience(w: World) -> Example:
    return Example(await made(w), body={"name": "renamed"}, version=1)


@example("DELETE /api/v1/audiences/{audience_id}")
async def delete_audience(w: World) -> Example:
    return Example(await made(w), version=1)


@example("POST /api/v1/audiences/count", "POST /api/v1/audiences/sample")
async def post_question(w: World) -> Example:
    return Example(body={"rule": RULE, "purpose": "marketing", "ways": ["text", "email"]})


@example("POST /api/v1/audiences/explain")
async def post_explain(w: World) -> Example:
    body: dict[str, Any] = {"rule": RULE, "owner_id": (await w.owner())["owner_id"]}
    return Example(body=body)
