"""An agent chooses his phone and drives his call by the API: what is refused, what is masked."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from callcenter.calls.control import repository as control
from callcenter.calls.control.model import Callee, Party
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.staff.model import Role
from callcenter.telephony_settings import AsteriskSettings
from tests.contract.browser import browser
from tests.service import Client, Refused, Service, running


@pytest.fixture
async def house(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Service]:
    switch = AsteriskSettings(desk_phones=("101", "102"))
    async with running(database, intake, data_dir=tmp_path, asterisk=switch) as it:
        yield it


@pytest.fixture
async def me(house: Service) -> AsyncIterator[Client]:
    async with browser(house, Role.AGENT) as session:
        yield Client(session, None)


async def refused(asking: Any) -> str:
    with pytest.raises(Refused) as refusal:
        await asking
    return refusal.value.code


async def test_a_desk_phone_is_one_agents(house: Service, me: Client):
    mine = await me.get("/api/v1/me/phone")
    assert mine == {"kind": "browser", "desk": None, "desk_phones": ["101", "102"], "switch": False}
    await me.put("/api/v1/me/phone", {"kind": "desk", "desk": "101"})
    assert (await me.get("/api/v1/me/phone"))["desk"] == "101"
    async with browser(house, Role.SUPERVISOR) as session:
        other = Client(session, None)
        assert (await other.get("/api/v1/me/phone"))["desk_phones"] == ["102"]
        taken = other.put("/api/v1/me/phone", {"kind": "desk", "desk": "101"})
        assert await refused(taken) == "no_such_desk_phone"
        nobodys = other.put("/api/v1/me/phone", {"kind": "desk", "desk": "666"})
        assert await refused(nobodys) == "no_such_desk_phone"


async def test_without_a_switch_no_browser_registers(me: Client):
    assert await refused(me.post("/api/v1/me/phone/registration")) == "switch_away"


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ("", "switch_away"),
        ("https://elsewhere.example", "cross_site_refused"),
        ("null", "cross_site_refused"),
    ],
)
async def test_no_other_page_opens_the_phone_s_socket(me: Client, page: str, answer: str):
    headers = {"Upgrade": "websocket", "Connection": "Upgrade"}
    if page:
        headers["Origin"] = page
    async with me.session.get("/api/v1/me/phone/socket", headers=headers) as told:
        assert (await told.json())["code"] == answer


async def rings(house: Service, me: Client, *, on_switch: bool) -> str:
    """A call that the agent talks in."""
    carrier = await house.agent()
    await me.put("/api/v1/me/seat", {"availability": "ready"})
    ringing = {"carrier_ref": str(uuid4()), "caller": "13800138000"}
    call_id: str = (await carrier.post("/api/v1/calls", ringing))["call"]["id"]
    await me.post(f"/api/v1/calls/{call_id}/answer")
    if on_switch:
        caller = Callee(Party.OUTSIDE, number="+8613800138000")
        await house.database.run(lambda tx: control.add_leg(tx, "1.1", UUID(call_id), caller))
    return call_id


async def test_what_the_switch_does_not_carry_is_not_driven(house: Service, me: Client):
    call_id = await rings(house, me, on_switch=False)
    asked = me.post(f"/api/v1/calls/{call_id}/orders", {"verb": "hold"})
    assert await refused(asked) == "call_not_on_switch"


async def test_an_order_waits_for_the_switch_and_stands_in_the_course(house: Service, me: Client):
    call_id = await rings(house, me, on_switch=True)
    orders = f"/api/v1/calls/{call_id}/orders"
    order = await me.post(orders, {"verb": "hold"})
    assert (order["state"], order["verb"]) == ("asked", "hold")
    assert await me.get(f"{orders}/{order['id']}") == order
    elsewhere = me.get(f"/api/v1/calls/{uuid4()}/orders/{order['id']}")
    assert await refused(elsewhere) == "order_not_found"
    course = await me.get(f"/api/v1/calls/{call_id}/course")
    assert [one["verb"] for one in course["orders"]] == ["hold"]
    assert await refused(me.post(orders, {"verb": "consult"})) == "callee_missing"
    group = {"kind": "group", "group": "complaint"}
    assert await refused(me.post(orders, {"verb": "consult", "to": group})) == "callee_missing"
    nobody = {"kind": "group", "group": "no_such"}
    assert await refused(me.post(orders, {"verb": "transfer", "to": nobody})) == "group_unknown"
    assert await refused(me.post(orders, {"verb": "listen"})) == "forbidden"


async def test_he_dials_by_a_token_and_sees_no_more_of_the_number_than_before(
    house: Service, me: Client
):
    carrier = await house.agent()
    draft = {"kind": "technical", "caller_phone": "13800138000"}
    ticket = await carrier.post("/api/v1/tickets", draft)
    await me.put("/api/v1/me/seat", {"availability": "away", "reason": "desk_work"})
    to = {"kind": "ticket_caller", "ticket_id": ticket["id"]}
    made = await me.post("/api/v1/dials", {"to": to, "ticket_id": ticket["id"]})
    assert (made["direction"], made["state"], made["ticket_id"]) == (
        *("outbound", "ringing"),
        ticket["id"],
    )
    whole = (await me.get(f"/api/v1/tickets/{ticket['id']}"))["caller_phone"]
    assert made["caller"] == whole
    seat = await me.get("/api/v1/me/seat")
    assert (seat["contact"], seat["call_id"]) == ("talking", made["id"])
    again = me.post("/api/v1/dials", {"to": {"kind": "call", "call_id": made["id"]}})
    assert await refused(again) == "seat_move_refused"
