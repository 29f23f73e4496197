"""A supervisor brings a sheet over the API: the worker reads it, then writes it when told so."""

from typing import Any
from uuid import uuid4

import aiohttp

from callcenter.web.permission import Permission
from callcenter.web.sheets.read import read_sheet
from tests.service import Client, Service, eventually

IMPORTS = "/api/v1/owner-imports"
SHEET = "姓名,电话,等级,洗车卡\n王小明,13900000001,金牌,1\n李敏,13900000002,铂金,2\n".encode()


async def sent(client: Client, path: str, kind: str, sheet: bytes) -> dict[str, Any]:
    form = aiohttp.FormData({"kind": kind})
    form.add_field("file", sheet, filename="车主.csv", content_type="text/csv")
    headers = {"Idempotency-Key": str(uuid4())} if path == IMPORTS else {}
    async with client.session.post(path, data=form, headers=headers) as answer:
        assert answer.status in (200, 201), await answer.text()
        return dict(await answer.json())


async def state(client: Client, import_id: str, wanted: str) -> dict[str, Any]:
    made: dict[str, Any] = {}

    async def is_there() -> bool:
        made.update(await client.get(f"{IMPORTS}/{import_id}"))
        return bool(made["state"] == wanted)

    await eventually(is_there)
    return made


async def test_a_sheet_is_looked_at_tried_out_and_applied(service: Service):
    boss = await service.client([Permission.SUPERVISE, Permission.CUSTOMERS_READ])
    heads = await sent(boss, f"{IMPORTS}/headings", "owners", SHEET)
    assert [one["field"] for one in heads["headings"]] == ["name", "phones", "tier", None]
    made = await sent(boss, IMPORTS, "owners", SHEET)
    planned = await state(boss, made["id"], "planned")
    assert planned["counts"] == {"added": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert (planned["unknown_headings"], planned["total"]) == (["洗车卡"], 2)
    rows = await boss.get(f"{IMPORTS}/{made['id']}/rows", outcome="refused")
    assert rows["items"][0]["number"] == 3
    async with boss.session.get(f"{IMPORTS}/{made['id']}/errors.xlsx") as answer:
        error_row = read_sheet(await answer.read()).rows[0].cells
    # Who may not read numbers does not read them in a file either.
    assert error_row[:3] == ("李敏", "139****", "铂金")
    await boss.post(f"{IMPORTS}/{made['id']}/application")
    assert (await state(boss, made["id"], "applied"))["counts"]["added"] == 1
    assert (await boss.get("/api/v1/owners", phone="13900000001"))["items"][0]["tier"] == 2


async def test_what_is_no_sheet_of_owners_is_told_as_failed(service: Service):
    boss = await service.client([Permission.SUPERVISE])
    made = await sent(boss, IMPORTS, "owners", b"a,b\n1,2\n")
    assert (await state(boss, made["id"], "failed"))["failure"] == "sheet_headings_missing"


async def test_the_list_that_was_exported_comes_back_and_changes_nothing(service: Service):
    may = [Permission.SUPERVISE, Permission.CUSTOMERS_READ, Permission.CUSTOMERS_WRITE]
    for with_phones in ([Permission.PHONES_READ], []):
        boss = await service.client([*may, *with_phones])
        if with_phones:
            draft = {"name": "王小明", "phones": ["13900000001", "024-88881234"], "tier": 2}
            owner = await boss.post("/api/v1/owners", draft)
            for vin in ("LYXC1A2B1P0000001", "LYXC1A2B1P0000002"):
                car = await boss.post("/api/v1/vehicles", {"vin": vin, "model": "E3"})
                path = f"/api/v1/owners/{owner['id']}/vehicles"
                await boss.post(path, {"vehicle_id": car["id"]})
        async with boss.session.get("/api/v1/owners/export.xlsx") as answer:
            sheet = await answer.read()
        made = await sent(boss, IMPORTS, "owners", sheet)
        planned = await state(boss, made["id"], "planned")
        # With masked numbers, too: they leave what is there.
        assert planned["counts"] == {"added": 0, "changed": 0, "unchanged": 2, "refused": 0}
