"""Who calls for the first time is known the second time; who cannot be known is not made up."""

from typing import Any

import pytest

from callcenter.web.permission import Permission
from tests.service import Client, Service

RESCUE = {"kind": "rescue", "particulars": {"fault": "flat_tyre"}}
STRANGER = "139 0013 9000"


async def rings(agent: Client, caller: str | None, ref: str) -> Any:
    return await agent.post("/api/v1/calls", {"carrier_ref": ref, "caller": caller})


async def opened(agent: Client, caller: str | None, ref: str, **draft: Any) -> Any:
    call = (await rings(agent, caller, ref))["call"]
    return await agent.post(f"/api/v1/calls/{call['id']}/tickets", RESCUE | draft)


async def owners_of(agent: Client, ref: str, caller: str = STRANGER) -> list[Any]:
    found: list[Any] = (await rings(agent, caller, ref))["owners"]
    return found


async def test_the_second_ring_finds_him(service: Service):
    agent = await service.agent()
    assert await owners_of(agent, "c-0") == []
    ticket = await opened(agent, STRANGER, "c-1", caller_name="赵先生", language="en")
    (owner,) = await owners_of(agent, "c-2")
    assert owner["id"] == ticket["owner_id"]
    assert (owner["name"], owner["language"], owner["vehicles"]) == ("赵先生", "en", [])
    again = await opened(agent, STRANGER, "c-3", owner_id=owner["id"])
    assert again["owner_id"] == owner["id"]
    assert len(await owners_of(agent, "c-4")) == 1


async def test_what_he_has_with_us_is_named_when_he_rings_again_until_it_has_ended(
    service: Service,
):
    agent = await service.agent()
    carrier = await service.client([Permission.CALLS_READ, Permission.CALLS_WRITE])
    ticket = await opened(agent, STRANGER, "c-1")
    again = await rings(agent, STRANGER, "c-2")
    assert [one["id"] for one in again["tickets"]] == [ticket["id"]]
    assert (await rings(agent, "13700137000", "c-3"))["tickets"] == []
    # The line that only brings calls reads no tickets.
    assert (await rings(carrier, STRANGER, "c-4"))["tickets"] == []
    await agent.post(f"/api/v1/rescues/{ticket['id']}/cancellation", {"reason": "车又能开了"})
    assert (await rings(agent, STRANGER, "c-5"))["tickets"] == []


async def test_who_has_not_said_his_name_has_one_that_can_be_read_and_edited(service: Service):
    agent = await service.agent()
    await opened(agent, STRANGER, "c-1")
    (owner,) = await owners_of(agent, "c-2")
    assert owner["name"] == "来电人 Caller 9000"
    path = f"/api/v1/owners/{owner['id']}"
    await agent.patch(path, {"name": "赵敏"}, version=owner["version"])
    assert (await owners_of(agent, "c-3"))[0]["name"] == "赵敏"


async def test_a_number_the_caller_gives_counts_before_the_one_that_rang(service: Service):
    agent = await service.agent()
    ticket = await opened(agent, None, "c-1", caller_phone="137 0013 7000")
    (owner,) = await owners_of(agent, "c-2", "13700137000")
    assert owner["id"] == ticket["owner_id"]


async def test_behind_a_switchboard_he_is_found_by_the_line_alone(service: Service):
    agent = await service.agent()
    ticket = await opened(agent, None, "c-1", caller_phone="024-88881234-801")
    assert ticket["caller_phone"] == "248****1234-801"
    (owner,) = await owners_of(agent, "c-2", "02488881234")
    assert owner["phones"] == ["248****1234"]


async def test_a_car_that_is_registered_nowhere_stays_so(service: Service):
    agent = await service.agent()
    await opened(agent, STRANGER, "c-1", particulars={"fault": "flat_tyre", "plate": "辽A12345"})
    (owner,) = await owners_of(agent, "c-2")
    assert owner["vehicles"] == []
    assert (await agent.get("/api/v1/vehicles", plate="辽A12345"))["items"] == []


async def test_a_shared_phone_belongs_to_nobody_until_a_person_has_chosen(service: Service):
    agent = await service.agent()
    for name in ("王伟", "王芳"):
        await agent.post("/api/v1/owners", {"name": name, "phones": [STRANGER]})
    assert (await opened(agent, STRANGER, "c-1"))["owner_id"] is None
    assert len(await owners_of(agent, "c-2")) == 2


@pytest.mark.parametrize("caller", [None, "anonymous", "12122", "400-800-8888"])
async def test_who_shows_no_number_of_his_own_is_not_made_up(service: Service, caller: str | None):
    agent = await service.agent()
    assert (await opened(agent, caller, "c-1"))["owner_id"] is None
    assert caller is None or await owners_of(agent, "c-2", caller) == []


async def test_a_drill_leaves_no_owner_behind(service: Service):
    agent = await service.agent()
    assert (await opened(agent, STRANGER, "c-1", drill=True))["owner_id"] is None
    assert await owners_of(agent, "c-2") == []


@pytest.mark.parametrize(
    "said",
    [
        "anonymous",
        "sip:anonymous@anonymous.invalid",
        "099-12",
        '"' + "x" * 300 + '" <sip:unknown@10.0.0.1;user=phone>',
    ],
)
async def test_whatever_the_carrier_says_the_call_is_written_and_shows_it(
    service: Service, said: str
):
    agent = await service.agent()
    call = (await rings(agent, said, "c-1"))["call"]
    assert call["caller"] is None
    assert call["caller_words"]
    assert said.startswith(call["caller_words"])
    assert (await agent.get(f"/api/v1/calls/{call['id']}"))["call"] == call


async def test_a_number_inside_a_sip_address_is_read(service: Service):
    agent = await service.agent()
    said = '"Wang" <sip:+8613900139000@ims.mnc000.mcc460.3gppnetwork.org;user=phone>;tag=a1b2c3'
    call = (await rings(agent, said, "c-1"))["call"]
    assert (call["caller"], call["caller_words"]) == ("139****9000", None)


async def test_digits_that_are_no_number_are_masked_as_one(service: Service):
    agent = await service.agent()
    call = (await rings(agent, "1390013900013800138000", "c-1"))["call"]
    assert call["caller_words"] == "139****"
