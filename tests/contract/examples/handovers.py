"""The shift's end."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example("GET /api/v1/handovers", "GET /api/v1/handovers/unfinished")
async def get_handovers(w: World) -> Example:
    return Example(query=await w.colleague())


@example("POST /api/v1/handovers")
async def post_handovers(w: World) -> Example:
    return Example(body=await w.unfinished())


@example("POST /api/v1/handovers/{handover_id}/seen")
async def post_handovers_handover_id_seen(w: World) -> Example:
    return Example(await w.handed_over())
