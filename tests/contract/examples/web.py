"""The frame itself."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/files/{file_id}")
async def get_files_file_id(w: World) -> Example:
    return Example(await w.file())
