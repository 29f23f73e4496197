"""Stations by file over HTTP: uploaded as browsers do, applied, exported, undone; or refused."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES
from callcenter.web.sheets.read import read_sheet
from callcenter.web.sheets.write import xlsx
from tests.service import Client, Refused, Service

IMPORTS = "/api/v1/station-imports"
HEADINGS = ["网点号", "名称", "纬度", "经度", "省份", "电话", "颜色"]
ROWS = [
    ["SY1", "东望站", "41.8057", "123.4315", "辽宁", "13900000000", "红"],
    ["SY2", "北望站", "41.9057", "123.4315", "辽宁", "12", ""],
]
MAPPING = "网点号=code\n"


async def upload(
    client: Client, data: bytes, *, mapping: str | None = MAPPING, to: str = IMPORTS
) -> Any:
    told = {} if mapping is None else {"mapping": mapping}
    form = aiohttp.FormData(told, quote_fields=False)
    form.add_field("file", BytesIO(data), filename="网点 一.xlsx")
    headers = {"Idempotency-Key": str(uuid4())}
    async with client.session.post(to, data=form, headers=headers) as answer:
        told = await answer.json()
        if answer.status >= 400:
            raise Refused(answer.status, told)
        return told


async def download(client: Client, path: str, **query: str) -> bytes:
    async with client.session.get(path, params=query) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        return await answer.read()


@pytest.fixture
async def supervisor(service: Service) -> Client:
    return await service.client(sorted(ROLES[Role.SUPERVISOR]))


async def codes(client: Client) -> list[str]:
    return [one["code"] for one in (await client.get("/api/v1/stations"))["items"]]


async def test_a_sheet_is_tried_out_applied_exported_and_undone(
    service: Service, supervisor: Client
):
    planned = await upload(supervisor, xlsx(HEADINGS, ROWS))
    assert planned["file_name"] == "网点 一.xlsx"
    assert planned["counts"] == {"added": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert planned["unknown_headings"] == ["颜色"]
    first, second = planned["first_rows"]
    assert (first["number"], first["code"], first["outcome"]) == (2, "SY1", "added")
    assert (second["outcome"], "值班电话" in second["reason"]) == ("refused", True)
    assert await codes(supervisor) == [], "a plan writes nothing"

    path = f"{IMPORTS}/{planned['id']}"
    errors = read_sheet(await download(supervisor, f"{path}/errors.xlsx"))
    assert errors.rows[0].cells[0] == "SY2"
    with pytest.raises(Refused, match="station_import_has_refused_rows"):
        await supervisor.post(f"{path}/application", {"strict": True})
    applied = await supervisor.post(f"{path}/application", {"strict": False})
    assert (applied["state"], await codes(supervisor)) == ("applied", ["SY1"])
    with pytest.raises(Refused, match="station_import_applied_before"):
        await supervisor.post(f"{path}/application", {})

    again = await upload(supervisor, xlsx(HEADINGS, ROWS[:1]))
    assert again["counts"]["unchanged"] == 1
    exported = await download(supervisor, "/api/v1/stations/export.xlsx", province="LN")
    assert (await upload(supervisor, exported, mapping=""))["counts"]["unchanged"] == 1

    undone = await supervisor.post(f"{path}/undoing")
    assert undone["state"] == "undone"
    (station,) = (await supervisor.get("/api/v1/stations"))["items"]
    assert station["suspended_at"] is not None


async def test_what_was_changed_since_is_left_and_named(supervisor: Client):
    import_id = (await upload(supervisor, xlsx(HEADINGS, ROWS[:1])))["id"]
    path = f"{IMPORTS}/{import_id}"
    await supervisor.post(f"{path}/application", {})
    (station,) = (await supervisor.get("/api/v1/stations"))["items"]
    await supervisor.patch(
        f"/api/v1/stations/{station['id']}", {"address": "x"}, version=station["version"]
    )
    await supervisor.post(f"{path}/undoing")
    (left,) = (await supervisor.get(f"{path}/rows", undone="false"))["items"]
    assert (left["code"], left["undone"], "改动" in left["reason"]) == ("SY1", False, True)


async def test_a_retried_upload_is_one_import(supervisor: Client):
    boundary = "0123456789"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="网点.csv"\r\n\r\n'
        f"编号,名称,纬度,经度\nSY1,站,41.8,123.4\r\n--{boundary}--\r\n"
    ).encode()
    headers = {
        "Idempotency-Key": "one-key-for-both",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    told = []
    for _ in range(2):
        async with supervisor.session.post(IMPORTS, data=body, headers=headers) as answer:
            told.append(await answer.json())
    assert told[0] == told[1]
    assert told[0]["file_name"] == "网点.csv"


async def test_rows_come_in_pages(supervisor: Client):
    rows = [[f"S{n}", "站", "41.8", "123.4", "辽宁", "", ""] for n in range(5)]
    import_id = (await upload(supervisor, xlsx(HEADINGS, [*rows, ROWS[1]])))["id"]
    found: list[str] = []
    query = {"outcome": "added", "limit": "2"}
    while True:
        page = await supervisor.get(f"{IMPORTS}/{import_id}/rows", **query)
        found += [row["code"] for row in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert found == [f"S{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("data", "mapping", "code"),
    [
        (b"\x00\x01\x02", "", "sheet_unreadable"),
        (b"PK\x03\x04 no zip", "", "sheet_unreadable"),
        (xlsx(["编号"], []), "", "sheet_empty"),
        (xlsx(HEADINGS, ROWS), "", "sheet_headings_missing"),
        (xlsx(HEADINGS, ROWS), "网点号=picnic", "sheet_mapping_unknown"),
        (b"", "", "invalid"),
    ],
)
async def test_a_file_that_is_none_is_refused_in_words(
    supervisor: Client, data: bytes, mapping: str, code: str
):
    with pytest.raises(Refused) as refusal:
        await upload(supervisor, data, mapping=mapping)
    assert (refusal.value.status, refusal.value.code) == (422, code)
    assert refusal.value.problem["detail"]


async def test_a_file_that_is_too_large_is_refused(supervisor: Client):
    with pytest.raises(Refused) as refusal:
        await upload(supervisor, b"x" * (8 * 1024 * 1024 + 1))
    assert (refusal.value.status, refusal.value.code) == (413, "body_too_large")


async def test_who_may_what(service: Service, supervisor: Client):
    import_id = (await upload(supervisor, xlsx(HEADINGS, ROWS[:1])))["id"]
    await supervisor.post(f"{IMPORTS}/{import_id}/application", {})
    agent = await service.client(sorted(ROLES[Role.AGENT]))
    seen = [
        b"13900000000" in await download(client, "/api/v1/stations/export.csv")
        for client in (supervisor, agent)
    ]
    assert seen == [True, False], "a number is masked for who need not see it"
    station = await service.client(sorted(ROLES[Role.STATION]))
    for client in (agent, station):
        with pytest.raises(Refused, match="403"):
            await upload(client, xlsx(HEADINGS, ROWS))
    async with station.session.get("/api/v1/stations/export.xlsx") as answer:
        assert answer.status == 403
    async with service.database.reading() as tx:
        kept = await tx.connection.fetch(
            "select facts->>'with_phones' as phones from events"
            " where kind = 'station.exported' order by seq"
        )
    assert len(kept) == 2


async def test_the_template_is_a_sheet_that_can_be_uploaded(supervisor: Client):
    data = await download(supervisor, f"{IMPORTS}/template.xlsx")
    assert (await upload(supervisor, data, mapping=""))["counts"]["added"] == 1
