"""An administrator changes the flow while calls are under way; each goes on with its own."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.telephony.flow import service as flows
from callcenter.telephony.flow.acts import Ask
from callcenter.telephony.flow.walk import Heard, What
from callcenter.web.permission import Permission
from tests.service import Client, Refused, Service
from tests.telephony.flows import MENU, flow_of
from tests.telephony.house import House, house

SHORT = flow_of(MENU | {"timeout_s": 9}).model_dump(mode="json")


async def put(client: Client, flow: Any, version: int, note: str = "") -> Any:
    return await client._send(
        "PUT",
        "/api/v1/call-flow",
        json={"flow": flow, "note": note},
        headers={"If-Match": f'"{version}"'},
    )


@pytest.fixture
async def admin(service: Service) -> Client:
    return await service.client([Permission.HOTLINE_ADMIN])


async def asked(database: Database, ref: str, house: House) -> tuple[UUID, Ask]:
    told = await database.run(lambda tx: flows.begin(tx, "carrier", ref, "13900139000", house))
    ask = told.acts[-1]
    assert isinstance(ask, Ask)
    return told.call_id, ask


async def test_a_new_version_is_for_new_calls_and_those_before_it_keep_theirs(
    service: Service, admin: Client
):
    database, its_house = service.database, house()
    assert (await admin.get("/api/v1/call-flow"))["version"] == 0
    before, ask = await asked(database, "c-1", its_house)
    assert ask.timeout_s == 5
    assert (await admin.get("/api/v1/call-flow"))["version"] == 1, "kept when the first call rang"

    made = await put(admin, SHORT, 1, "shorter")
    assert made["version"] == 2
    _, ask = await asked(database, "c-2", its_house)
    assert ask.timeout_s == 9
    silence = Heard(What.SILENCE, 1)
    again = await database.run(lambda tx: flows.hear(tx, "carrier", before, silence, its_house))
    assert isinstance(again.acts[-1], Ask)
    assert again.acts[-1].timeout_s == 5

    page = await admin.get("/api/v1/call-flow/versions", limit="1")
    assert [(one["version"], one["note"]) for one in page["items"]] == [(2, "shorter")]
    page = await admin.get("/api/v1/call-flow/versions", before=page["next_cursor"])
    assert [(one["version"], one["published_by"]) for one in page["items"]] == [(1, "program")]
    assert (made["publisher"], page["items"][0]["publisher"]) == ("test", None)
    groups = (await admin.get("/api/v1/call-flow/groups"))["items"]
    assert {"rescue", "desk"} <= {one["name"] for one in groups}
    assert (await admin.get("/api/v1/call-flow/versions/2"))["flow"] == made["flow"]
    with pytest.raises(Refused) as missing:
        await admin.get("/api/v1/call-flow/versions/3")
    assert (missing.value.status, missing.value.code) == (404, "call_flow_version_not_found")


async def test_of_two_who_publish_from_the_same_version_one_is_told_to_look_again(admin: Client):
    both = await asyncio.gather(put(admin, SHORT, 0), put(admin, SHORT, 0), return_exceptions=True)
    (refused,) = [one for one in both if isinstance(one, Refused)]
    assert (refused.status, refused.code) == (412, "version_stale")
    with pytest.raises(Refused) as without:
        await admin._send("PUT", "/api/v1/call-flow", json={"flow": SHORT})
    assert without.value.status == 428


async def test_a_flow_that_does_not_fit_is_not_published_and_says_where(admin: Client):
    wrong = flow_of(MENU | {"silence": None}).model_dump(mode="json")
    with pytest.raises(Refused) as refused:
        await put(admin, wrong, 0)
    assert (refused.value.status, refused.value.code) == (422, "call_flow_refused")
    (error,) = refused.value.problem["errors"]
    assert (error["pointer"], error["code"]) == (
        "#/body/flow/steps/menu",
        "no_way_out_at_silence",
    )
    assert (await admin.get("/api/v1/call-flow"))["version"] == 0

    for language, word in (("zh", "步骤"), ("en", "Step")):
        path = f"/api/v1/call-flow/check?lang={language}"
        (fault,) = (await admin.post(path, {"flow": wrong}))["faults"]
        assert (fault["code"], fault["step"]) == ("no_way_out_at_silence", "menu")
        assert word in fault["words"]
    assert (await admin.post("/api/v1/call-flow/check", {"flow": SHORT}))["faults"] == []


async def test_an_agent_changes_no_flow(service: Service):
    agent = await service.agent()
    with pytest.raises(Refused) as refused:
        await put(agent, SHORT, 0)
    assert refused.value.status == 403
