"""A supervisor brings a sheet over the API: the worker reads it, then writes it when told so."""

import io
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.web.permission import Permission
from callcenter.web.sheets.read import read_sheet
from tests.service import Client, Service, eventually, running

IMPORTS = "/api/v1/owner-imports"
SHEET = "姓名,电话,等级,洗车卡\n王小明,13900000001,金牌,1\n李敏,13900000002,铂金,2\n".encode()


async def sent(client: Client, path: str, kind: str, sheet: bytes) -> dict[str, Any]:
    form = aiohttp.FormData({"kind": kind})
    form.add_field("file", io.BytesIO(sheet), filename="车主.csv", content_type="text/csv")
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


def long_sheet_of(owners: int) -> bytes:
    """Some 4 kB for each, most of it in a column that nobody knows."""
    rows = (f"王{n},139{n:08d},{'x' * 3900}" for n in range(owners))
    return "\n".join(("姓名,电话,备忘", *rows)).encode()


async def test_a_file_larger_than_other_uploads_is_read_from_disk(service: Service):
    boss = await service.client([Permission.SUPERVISE])
    sheet = long_sheet_of(2_300)
    assert len(sheet) > 8 * 1024 * 1024
    heads = await sent(boss, f"{IMPORTS}/headings", "owners", sheet)
    assert [one["field"] for one in heads["headings"]] == ["name", "phones", None]
    made = await sent(boss, IMPORTS, "owners", sheet)
    assert (await state(boss, made["id"], "planned"))["counts"]["added"] == 2_300


@pytest.mark.parametrize("says_its_length", [True, False])
async def test_a_file_above_the_limit_is_refused_in_words(
    database: Database, intake: Intake, says_its_length: bool
):
    async with running(database, intake, largest_import_mib=1) as service:
        boss = await service.client([Permission.SUPERVISE])
        form = aiohttp.FormData({"kind": "owners"})
        sheet = long_sheet_of(600)
        content: Any = io.BytesIO(sheet) if says_its_length else pieces(sheet)
        form.add_field("file", content, filename="o.csv", content_type="text/csv")
        headers = {"Idempotency-Key": str(uuid4())}
        async with boss.session.post(IMPORTS, data=form, headers=headers) as answer:
            told = await answer.json()
        assert (answer.status, told["code"]) == (413, "file_too_large")
        assert "1 MiB" in str(told)


async def pieces(sheet: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(sheet), 1 << 16):
        yield sheet[at : at + (1 << 16)]
