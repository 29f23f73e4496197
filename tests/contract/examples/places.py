"""Places and maps."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/places/map-layers",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/places/towns")
async def get_places_towns(w: World) -> Example:
    return Example(query={"south": "41", "west": "122", "north": "42", "east": "124"})


@example("POST /api/v1/places/reading")
async def post_places_reading(w: World) -> Example:
    return Example(body={"text": "京沪高速济南收费站往上海方向"})
