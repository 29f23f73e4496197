"""Who is calling: a shared phone, an unknown one, several cars, and edits that meet."""

import pytest

from tests.service import Refused, Service


async def test_a_shared_phone_gives_a_list_and_an_unknown_one_a_call_without_a_fuss(
    service: Service,
):
    agent = await service.agent()
    for name in ("王伟", "王芳"):
        await agent.post("/api/v1/owners", {"name": name, "phones": ["024-8888 1234"]})
    ring = {"carrier_ref": "c-1", "caller": "+86 24 88881234"}
    ringing = await agent.post("/api/v1/calls", ring)
    assert [owner["name"] for owner in ringing["owners"]] == ["王伟", "王芳"]
    stranger = {"carrier_ref": "c-2", "caller": "13900139000"}
    assert (await agent.post("/api/v1/calls", stranger))["owners"] == []
    withheld = await agent.post("/api/v1/calls", {"carrier_ref": "c-3"})
    assert withheld["call"]["caller"] is None


async def test_one_car_has_two_drivers_and_one_driver_two_cars(service: Service):
    agent = await service.agent()
    owners = [await agent.post("/api/v1/owners", {"name": name}) for name in ("王伟", "王芳")]
    first = await agent.post("/api/v1/vehicles", {"plate": "辽A·12345", "energy": "petrol"})
    second = await agent.post("/api/v1/vehicles", {"plate": "辽A D12345", "energy": "electric"})
    assert (first["plate"], second["plate"]) == ("辽A12345", "辽AD12345")
    for owner, car in [(0, first), (0, second), (1, first)]:
        path = f"/api/v1/owners/{owners[owner]['id']}/vehicles"
        await agent.post(path, {"vehicle_id": car["id"]})
    plates = [
        [car["plate"] for car in (await agent.get(f"/api/v1/owners/{o['id']}"))["vehicles"]]
        for o in owners
    ]
    assert plates == [["辽A12345", "辽AD12345"], ["辽A12345"]]


async def test_a_misread_vin_is_doubted_and_kept_and_a_plate_that_is_none_is_refused(
    service: Service,
):
    agent = await service.agent()
    made = await agent.post("/api/v1/vehicles", {"vin": "LSVAA4182E2184847"})
    assert made["vin_doubt"] in (None, "vin_check_digit")
    short = await agent.post("/api/v1/vehicles", {"vin": "LSVAA4182"})
    assert short["vin_doubt"] == "vin_form"
    with pytest.raises(Refused) as refused:
        await agent.post("/api/v1/vehicles", {"plate": "hello"})
    assert refused.value.status == 422


async def test_who_edits_what_another_has_edited_meanwhile_is_told(service: Service):
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": "王伟"})
    path = f"/api/v1/owners/{owner['id']}"
    await agent.patch(path, {"remark": "two cars"}, version=owner["version"])
    with pytest.raises(Refused) as stale:
        await agent.patch(path, {"remark": "three cars"}, version=owner["version"])
    assert stale.value.status == 412
    assert (await agent.get(path))["remark"] == "two cars"
