"""A station looks after its own trucks, roster and phone, and after nobody else's."""

from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from callcenter.staff import service as staff
from callcenter.web.permission import Permission
from tests.service import Client, Refused, Service
from tests.stations.cast import (
    OWN,
    itself,
    next_rescue,
    path_of,
    reasons_against,
    shift,
    was_asked,
)

PASSWORD = "a long night on the G2"


async def test_a_station_takes_its_truck_out_of_service_and_is_not_asked(service: Service):
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 9)
    us = await itself(service, near)
    (truck,) = (await us.get(OWN))["trucks"]
    path = f"{OWN}/trucks/{truck['id']}"
    out = await us.patch(path, {"in_service": False}, version=truck["version"])
    assert out["in_service"] is False
    rescue = await next_rescue(agent)
    assert was_asked(rescue, far)
    assert reasons_against(rescue, near) == ["no_truck"]
    await us.patch(path, {"in_service": True}, version=out["version"])
    assert was_asked(await next_rescue(agent), near)


async def test_a_station_writes_its_own_roster(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    us = await itself(service, station)
    entry = await us.post(f"{OWN}/roster", shift(person="王师傅", phone="13900139000"))
    page = await us.get(f"{OWN}/roster")
    assert page == await agent.get(path_of(station, "/roster"))
    assert page["items"] == [entry]
    assert (await us.get(f"{OWN}/readiness"))["duty"]["phone"] == "+8613900139000"
    for _ in range(2):
        await us.delete(f"{OWN}/roster/{entry['id']}")
    assert (await us.get(f"{OWN}/roster"))["items"] == []


async def test_a_station_changes_its_duty_phone(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    us = await itself(service, station)
    async with us.session.put(f"{OWN}/duty-phone", json={"phone": "024-8888 1234"}) as answer:
        assert (answer.status, (await answer.json())["duty_phone"]) == (200, "+862488881234")
    assert (await agent.get(path_of(station)))["duty_phone"] == "+862488881234"


async def test_what_is_another_station_s_is_not_there(service: Service):
    agent = await service.agent()
    ours, theirs = await service.station("OURS", 1), await service.station("THEIRS", 2)
    us = await itself(service, ours)
    (truck,) = (await agent.get(path_of(theirs)))["trucks"]
    entry = await agent.post(path_of(theirs, "/roster"), shift())
    for ask, code in (
        (
            us.patch(f"{OWN}/trucks/{truck['id']}", {"in_service": False}, version=1),
            "truck_not_found",
        ),
        (us.delete(f"{OWN}/roster/{entry['id']}"), "roster_entry_not_found"),
    ):
        with pytest.raises(Refused) as refusal:
            await ask
        assert (refusal.value.status, refusal.value.code) == (404, code)
    assert (await agent.get(path_of(theirs)))["trucks"] == [truck]
    assert (await agent.get(path_of(theirs, "/roster")))["items"] == [entry]


async def test_the_desk_s_routes_are_closed_to_a_station_even_for_itself(service: Service):
    station = await service.station("NEAR", 1)
    us = await itself(service, station)
    (truck,) = (await us.get(OWN))["trucks"]
    for ask in (
        us.patch(path_of(station), {"duty_phone": None}, version=1),
        us.patch(f"/api/v1/trucks/{truck['id']}", {"plate": "辽A1"}, version=1),
        us.post(path_of(station, "/roster"), shift()),
        us.delete(path_of(station, "/suspension")),
        us.get(path_of(station, "/readiness")),
    ):
        with pytest.raises(Refused) as refusal:
            await ask
        assert (refusal.value.status, refusal.value.code) == (403, "forbidden")


async def test_a_machine_of_no_station_has_none_of_its_own(service: Service):
    machine = await service.client([Permission.STATION_OWN])
    for path in (OWN, f"{OWN}/roster", f"{OWN}/readiness"):
        with pytest.raises(Refused) as refusal:
            await machine.get(path)
        assert (refusal.value.status, refusal.value.code) == (403, "forbidden")


async def signed_in(service: Service, station: Client) -> aiohttp.ClientSession:
    """The browser of somebody at the station."""
    async with service.database.transaction() as tx:
        await staff.create_staff(
            tx,
            login="wang",
            name="王师傅",
            role="station",
            password=PASSWORD,
            station_id=station.station_id,
        )
    url = str(service.server.make_url("")).rstrip("/")
    jar = aiohttp.CookieJar(unsafe=True)
    browser = aiohttp.ClientSession(url, headers={"Origin": url}, cookie_jar=jar)
    await service.stack.enter_async_context(browser)
    body = {"login": "wang", "password": PASSWORD}
    async with browser.post("/api/v1/session", json=body) as answer:
        browser.headers["X-CSRF-Token"] = (await answer.json())["csrf_token"]
    return browser


async def test_somebody_signed_in_at_the_station_does_the_same(service: Service):
    browser = await signed_in(service, await service.station("NEAR", 1))
    key = {"Idempotency-Key": str(uuid4())}
    duty: Any = shift(person="王师傅")
    async with browser.post(f"{OWN}/roster", json=duty, headers=key) as answer:
        assert answer.status == 201
    async with browser.get(f"{OWN}/readiness") as answer:
        assert (await answer.json())["duty"]["person"] == "王师傅"
