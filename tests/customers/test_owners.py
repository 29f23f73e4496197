"""Who is calling: a shared phone, an unknown one, several cars, and edits that meet."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.web.errors import VersionStale
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


async def test_a_misread_vin_is_doubted_and_kept(service: Service):
    agent = await service.agent()
    made = await agent.post("/api/v1/vehicles", {"vin": "LSVAA4182E2184847"})
    assert made["vin_doubt"] in (None, "vin_check_digit")
    short = await agent.post("/api/v1/vehicles", {"vin": "LSVAA4182"})
    assert short["vin_doubt"] == "vin_form"


@pytest.mark.parametrize(
    ("told", "kept", "doubt"),
    [
        ("辽A·12345", "辽A12345", None),
        ("粤B D12345", "粤BD12345", None),
        ("粤B12345d", "粤B12345D", None),
        ("辽A1234挂", "辽A1234挂", None),
        ("粤Z·1234港", "粤Z1234港", None),
        ("WJ辽12345", "WJ辽12345", None),
        ("使014001", "使014001", None),
        ("军A12345", "军A12345", None),
        ("京O12345", "京O12345", None),
        ("粤B12345临", "粤B12345临", None),
        ("辽A1234", "辽A1234", "plate_form"),
        ("hello", "HELLO", "plate_form"),
        (" · ", None, None),
    ],
)
async def test_an_odd_plate_is_doubted_and_kept(
    service: Service, told: str, kept: str | None, doubt: str | None
):
    agent = await service.agent()
    made = await agent.post("/api/v1/vehicles", {"plate": told})
    assert (made["plate"], made["plate_doubt"]) == (kept, doubt)


async def test_who_edits_what_another_has_edited_meanwhile_is_told(service: Service):
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": "王伟"})
    path = f"/api/v1/owners/{owner['id']}"
    await agent.patch(path, {"remark": "two cars"}, version=owner["version"])
    with pytest.raises(Refused) as stale:
        await agent.patch(path, {"remark": "three cars"}, version=owner["version"])
    assert stale.value.status == 412
    assert (await agent.get(path))["remark"] == "two cars"


async def test_of_those_who_edit_at_once_one_does_and_the_others_are_told(service: Service):
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": "王伟"})
    path = f"/api/v1/owners/{owner['id']}"

    async def edit(number: int) -> Any:
        try:
            return await agent.patch(path, {"remark": f"{number}"}, version=owner["version"])
        except Refused as refusal:
            return (refusal.status, refusal.code)

    answers = await asyncio.gather(*map(edit, range(8)))
    assert [answer for answer in answers if isinstance(answer, tuple)] == [
        (412, "version_stale")
    ] * 7
    assert (await agent.get(path))["version"] == owner["version"] + 1


async def test_who_read_him_before_the_other_wrote_is_told_and_not_that_he_is_gone(
    database: Database,
):
    async with database.transaction() as tx:
        read = await customers.add_owner(tx, "desk", name="王伟")
    async with database.transaction() as tx:
        await edits.edit_owner(tx, "desk", read, {"remark": "two cars"})
    with pytest.raises(VersionStale):
        async with database.transaction() as tx:
            await edits.edit_owner(tx, "desk", read, {"remark": "three cars"})


async def test_one_more_number_or_car_is_news_and_makes_the_read_owner_stale(service: Service):
    agent = await service.agent()
    owner = await agent.post("/api/v1/owners", {"name": "王伟", "phones": ["13800138000"]})
    path = f"/api/v1/owners/{owner['id']}"
    car = await agent.post("/api/v1/vehicles", {"plate": "辽A12345"})
    number = {"phone": "024-88881234转801"}
    for step, body in (("contact-points", number), ("vehicles", {"vehicle_id": car["id"]})):
        for _ in range(2):
            read = owner
            owner = await agent.post(f"{path}/{step}", body)
            assert owner["version"] > read["version"]
            with pytest.raises(Refused) as stale:
                await agent.patch(path, {"remark": "x"}, version=read["version"])
            assert stale.value.status == 412
    assert owner["phones"] == ["138****8000", "248****1234"]
    async with service.database.reading() as tx:
        rows = await tx.connection.fetch("select kind, facts from events order by seq")
        labels = await tx.connection.fetch("select label from owner_contact_points order by label")
    told = [row["kind"] for row in rows if json.loads(row["facts"]).get("owner_id") == owner["id"]]
    assert told == ["owner.added", "contact_point.added", "vehicle.linked"], "each of them once"
    assert [row["label"] for row in labels] == ["", "801"]


async def test_a_sold_car_is_its_next_owners_alone_and_said_once(service: Service):
    agent = await service.agent()
    car = await agent.post("/api/v1/vehicles", {"plate": "辽A12345"})
    seller, buyer = [await agent.post("/api/v1/owners", {"name": name}) for name in "王李"]
    for owner in (seller, buyer):
        path = f"/api/v1/owners/{owner['id']}"
        linked = await agent.post(f"{path}/vehicles", {"vehicle_id": car["id"]})
    path = f"/api/v1/owners/{seller['id']}"
    read = await agent.get(path)
    sold = await agent.delete(f"{path}/vehicles/{car['id']}")
    assert (sold["vehicles"], sold["version"]) == ([], read["version"] + 1)
    assert await agent.get(f"/api/v1/owners/{buyer['id']}") == linked
    with pytest.raises(Refused) as again:
        await agent.delete(f"{path}/vehicles/{car['id']}")
    assert (again.value.status, again.value.code) == (404, "vehicle_not_his")
    with pytest.raises(Refused) as nobody:
        await agent.delete(f"/api/v1/owners/{uuid4()}/vehicles/{car['id']}")
    assert nobody.value.code == "owner_not_found"
    async with service.database.reading() as tx:
        (told,) = await tx.connection.fetch(
            "select actor, facts from events where kind = 'vehicle.unlinked'"
        )
    assert json.loads(told["facts"]) == {"owner_id": seller["id"], "vehicle_id": car["id"]}
    assert (await agent.get(path))["version"] == sold["version"]


async def test_a_number_of_an_owner_who_is_not_there_is_refused(service: Service):
    agent = await service.agent()
    path = f"/api/v1/owners/{uuid4()}/contact-points"
    with pytest.raises(Refused) as missing:
        await agent.post(path, {"phone": "13800138000"})
    assert missing.value.code == "owner_not_found"
