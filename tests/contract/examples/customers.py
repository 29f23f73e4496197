"""Owners and vehicles."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/owners/export.xlsx",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/owners")
async def get_owners(w: World) -> Example:
    return Example(query={"phone": "138 0013 8000"})


@example("GET /api/v1/owners/export.csv")
async def get_owners_export_csv(w: World) -> Example:
    return Example(query={"search": "wang"})


@example("POST /api/v1/owners")
async def post_owners(w: World) -> Example:
    return Example(body={"name": "王伟", "phones": ["024-88881234"]})


@example("GET /api/v1/owners/{owner_id}")
async def get_owners_owner_id(w: World) -> Example:
    return Example(await w.owner())


@example("PATCH /api/v1/owners/{owner_id}")
async def patch_owners_owner_id(w: World) -> Example:
    return Example(await w.owner(), body={"remark": "two cars"}, version=1)


@example("POST /api/v1/owners/{owner_id}/contact-points")
async def post_owners_owner_id_contact_points(w: World) -> Example:
    return Example(await w.owner(), body={"phone": "13900139000"})


@example("POST /api/v1/owners/{owner_id}/vehicles")
async def post_owners_owner_id_vehicles(w: World) -> Example:
    return Example(await w.owner(), body={"vehicle_id": await w.vehicle()})


@example("POST /api/v1/vehicles")
async def post_vehicles(w: World) -> Example:
    return Example(body={"plate": "辽A·D12345"})


@example("GET /api/v1/vehicles")
async def get_vehicles(w: World) -> Example:
    return Example(query={"plate": "辽A12345"})
