"""Owners, cars and visits by file."""

from uuid import uuid4

import aiohttp

from tests.contract.examples.registry import example
from tests.contract.world import Example, World
from tests.service import eventually


async def kept(w: World) -> dict[str, str]:
    """A sheet of owners that was read."""
    form = aiohttp.FormData({"kind": "owners"})
    sheet = f"姓名,电话\n王{uuid4().hex[:6]},13900000001\n".encode()
    form.add_field("file", sheet, filename="o.csv", content_type="text/csv")
    headers = {"Idempotency-Key": str(uuid4())}
    async with w.api.session.post("/api/v1/owner-imports", data=form, headers=headers) as answer:
        import_id = (await answer.json())["id"]

    async def planned() -> bool:
        made = await w.api.get(f"/api/v1/owner-imports/{import_id}")
        return bool(made["state"] == "planned")

    await eventually(planned)
    return {"import_id": import_id}


@example("GET /api/v1/owner-imports")
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/owner-imports/template.xlsx")
async def get_template(w: World) -> Example:
    return Example(query={"kind": "visits"})


@example(
    "GET /api/v1/owner-imports/{import_id}",
    "GET /api/v1/owner-imports/{import_id}/rows",
    "GET /api/v1/owner-imports/{import_id}/errors.xlsx",
    "POST /api/v1/owner-imports/{import_id}/application",
)
async def of_one(w: World) -> Example:
    return Example(await kept(w))
