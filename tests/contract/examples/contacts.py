"""What was said to an owner."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example("GET /api/v1/owners/{owner_id}/contacts")
async def get_owners_owner_id_contacts(w: World) -> Example:
    return Example(await w.owner(), query={"limit": 20})


@example("GET /api/v1/owners/{owner_id}/last-words")
async def get_owners_owner_id_last_words(w: World) -> Example:
    return Example(await w.owner())
