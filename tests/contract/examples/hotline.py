"""The queue and the agents."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example("GET /api/v1/agents", "GET /api/v1/waiting", "GET /api/v1/hotline-groups")
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/agents/{staff_id}/profile")
async def get_profile(w: World) -> Example:
    return Example(await w.colleague())


@example("PUT /api/v1/agents/{staff_id}/profile")
async def put_profile(w: World) -> Example:
    takes = {"groups": ["rescue"], "languages": ["zh", "en"], "skills": ["ev"]}
    return Example(await w.colleague(), body=takes)


@example("POST /api/v1/calls/{call_id}/queue")
async def post_calls_call_id_queue(w: World) -> Example:
    return Example(await w.call(), body={"group": "rescue", "urgency": "expressway"})


@example("POST /api/v1/calls/{call_id}/call-back")
async def post_calls_call_id_call_back(w: World) -> Example:
    return Example(await w.waiting())


@example("POST /api/v1/calls/{call_id}/connected")
async def post_calls_call_id_connected(w: World) -> Example:
    return Example(await w.call())


@example("PUT /api/v1/hotline-groups/{name}")
async def put_hotline_groups_name(w: World) -> Example:
    groups = (await w.api.get("/api/v1/hotline-groups"))["items"]
    (expert,) = (one for one in groups if one["name"] == "expert")
    outside = {"outside_number": "4008008888", "outside_after_s": 300}
    titles = {name: expert[name] for name in ("title_zh", "title_en")}
    return Example({"name": "expert"}, body=titles | outside, version=expert["version"])
