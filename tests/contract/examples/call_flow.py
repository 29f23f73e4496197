"""The hotline's flow, and what callers hear."""

from callcenter.telephony.flow.default import default_flow
from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/call-flow",
    "GET /api/v1/call-flow/versions",
    "GET /api/v1/call-flow/groups",
    "GET /api/v1/call-flow/carriers",
    "GET /api/v1/call-flow/prompts",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("PUT /api/v1/call-flow")
async def put_call_flow(w: World) -> Example:
    body = {"flow": default_flow().model_dump(mode="json"), "note": "shorter"}
    return Example(body=body, version=(await w.api.get("/api/v1/call-flow"))["version"])


@example("POST /api/v1/call-flow/check")
async def post_call_flow_check(w: World) -> Example:
    return Example(body={"flow": default_flow().model_dump(mode="json")})


@example("GET /api/v1/call-flow/versions/{version}")
async def get_call_flow_versions_version(w: World) -> Example:
    return Example({"version": str(await w.flow_version())})


@example(
    "GET /api/v1/call-flow/prompts/{digest}/sound",
    "DELETE /api/v1/call-flow/prompts/{digest}/recording",
)
async def of_a_recorded_prompt(w: World) -> Example:
    return Example({"digest": await w.recorded_prompt()})
