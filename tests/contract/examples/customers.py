"""Owners and vehicles."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World

VISIT = {"visited_on": "2026-05-02", "kind": "maintenance", "odometer_km": 15_020, "amount": 812.4}
TIER_RULES = {"rules": [{"tier": 1, "needs": "any", "least": {"cars": 2, "visits": 3}}]}


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


@example("DELETE /api/v1/owners/{owner_id}/vehicles/{vehicle_id}")
async def delete_owners_vehicle(w: World) -> Example:
    his = await w.owner() | {"vehicle_id": await w.vehicle()}
    body = {"vehicle_id": his["vehicle_id"]}
    await w.api.post(f"/api/v1/owners/{his['owner_id']}/vehicles", body)
    return Example(his)


@example("POST /api/v1/vehicles")
async def post_vehicles(w: World) -> Example:
    return Example(body={"plate": "辽A·D12345"})


@example("GET /api/v1/vehicles")
async def get_vehicles(w: World) -> Example:
    return Example(query={"plate": "辽A12345"})


@example("PATCH /api/v1/vehicles/{vehicle_id}")
async def patch_vehicle(w: World) -> Example:
    return Example({"vehicle_id": await w.vehicle()}, body={"colour": "白"}, version=1)


@example("GET /api/v1/vehicles/{vehicle_id}/visits")
async def get_visits(w: World) -> Example:
    return Example({"vehicle_id": await w.vehicle()})


@example("POST /api/v1/vehicles/{vehicle_id}/visits")
async def post_visits(w: World) -> Example:
    return Example({"vehicle_id": await w.vehicle()}, body=VISIT)


async def a_visit(w: World) -> dict[str, str]:
    path = f"/api/v1/vehicles/{await w.vehicle()}/visits"
    return {"visit_id": (await w.api.post(path, VISIT))["id"]}


@example("PATCH /api/v1/visits/{visit_id}")
async def patch_visit(w: World) -> Example:
    changed = {"visited_on": "2026-05-03", "kind": "repair", "odometer_km": 15_200}
    return Example(await a_visit(w), body=changed, version=1)


@example("DELETE /api/v1/visits/{visit_id}")
async def delete_visit(w: World) -> Example:
    return Example(await a_visit(w), version=1)


@example(
    "GET /api/v1/owners/{owner_id}/consents",
    "GET /api/v1/owners/{owner_id}/days",
    "GET /api/v1/owners/{owner_id}/tier",
)
async def of_an_owner(w: World) -> Example:
    return Example(await w.owner())


@example("POST /api/v1/owners/{owner_id}/consents")
async def post_consents(w: World) -> Example:
    said = {"granted": True, "purposes": ["marketing"], "channels": ["text"], "evidence": "paper"}
    return Example(await w.owner(), body=said)


@example("GET /api/v1/tier-rules")
async def get_tier_rules(w: World) -> Example:
    return Example()


@example("POST /api/v1/tier-rules/preview")
async def preview_tier_rules(w: World) -> Example:
    return Example(body=TIER_RULES)


@example("PUT /api/v1/tier-rules")
async def put_tier_rules(w: World) -> Example:
    version = (await w.api.get("/api/v1/tier-rules"))["version"]
    return Example(body=TIER_RULES, version=version)
