"""The demo's stations: what is open when they start, what comes, and what happens in between."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from callcenter.settings import RoutingSettings
from callcenter.simulation import api as client
from callcenter.simulation.api import Api, Refused
from callcenter.simulation.behaviour import FRIENDLY, Behaviour, Tempo, drawn
from callcenter.simulation.demo import Demo
from tests.service import (
    SHENYANG,
    Client,
    Service,
    confirm_place,
    eventually,
    offer_for,
    open_rescue,
)
from tests.simulation.line import hub_of, line_to, new_token, revoke

QUICK = Tempo(think_s=(0.1, 0.3), compression=2000, on_site_s=(0.1, 0.2))
PATIENCE_S = 90.0


@pytest.fixture
def routing() -> RoutingSettings:
    """Some stations keep silent: the next one is asked soon, but not before one can answer."""
    return RoutingSettings(offer_lifetime_s=8)


async def network(service: Service) -> list[Client]:
    """Simulated stations near the car, so many that not all of them say no."""
    return [
        await service.station(f"S{number}", number * 2.0, simulated=True) for number in range(7)
    ]


@contextlib.asynccontextmanager
async def played_by(api: Api, tempo: Tempo = QUICK) -> AsyncIterator[asyncio.Task[None]]:
    playing = asyncio.create_task(Demo(api, tempo, look_again_s=1).play())
    try:
        yield playing
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)


@contextlib.asynccontextmanager
async def demo(service: Service, tempo: Tempo = QUICK) -> AsyncIterator[asyncio.Task[None]]:
    url = str(service.server.make_url(""))
    async with Api(url, await new_token(service)) as api, played_by(api, tempo) as playing:
        yield playing


async def comes_to(agent: Client, ticket_id: str, *stages: str) -> Any:
    async def look() -> Any:
        ticket = await agent.get(f"/api/v1/tickets/{ticket_id}")
        return ticket["stage"] in stages

    return await eventually(look, within_s=PATIENCE_S)


async def dispatch_of(agent: Client, ticket_id: str) -> Any:
    async def look() -> Any:
        return (await agent.get(f"/api/v1/rescues/{ticket_id}"))["dispatches"]

    return (await eventually(look, within_s=PATIENCE_S))[-1]


async def test_a_newcomers_rescue_ends_well(service: Service):
    await network(service)
    agent = await service.agent()
    async with demo(service) as playing:
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"])
        await comes_to(agent, ticket["id"], "resolved")
        assert not playing.done()


@pytest.mark.parametrize("left_at", ["offered", "accepted", "departed", "arrived"])
async def test_what_an_earlier_run_left_is_played_to_its_end(service: Service, left_at: str):
    station = (await network(service))[0]
    agent = await service.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    if left_at != "offered":
        path = f"/api/v1/offers/{offer['id']}/acceptance"
        dispatch = await station.post(path, {"eta_minutes": 30})
        steps = ["departure", "arrival"][: ["accepted", "departed", "arrived"].index(left_at)]
        for step in steps:
            await station.post(f"/api/v1/dispatches/{dispatch['id']}/{step}")
    async with demo(service):
        await comes_to(agent, ticket["id"], "resolved")


async def test_a_rescue_of_the_time_without_a_feed_is_not_forgotten(service: Service):
    await network(service)
    agent = await service.agent()
    async with demo(service) as playing:
        early = await open_rescue(agent)
        await confirm_place(agent, early["id"])
        await dispatch_of(agent, early["id"])
        hub_of(service).close()
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"])
        await asyncio.sleep(0.7)
        hub_of(service).closing = False
        for one in (early, ticket):
            await comes_to(agent, one["id"], "resolved")
        assert not playing.done()


async def test_a_journey_goes_on_when_the_service_was_away_for_long(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "PATIENCE_S", 0.3)
    await network(service)
    agent = await service.agent()
    slow = Tempo(think_s=(0.1, 0.2), compression=100, on_site_s=(0.1, 0.2))
    token = await new_token(service)
    async with line_to(service, token) as (line, api), played_by(api, slow) as playing:
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"])
        await comes_to(agent, ticket["id"], "en_route")
        line.cut()
        await asyncio.sleep(3)
        assert not playing.done()
        line.mend()
        await comes_to(agent, ticket["id"], "resolved")


async def test_it_starts_before_the_service_does(service: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "PATIENCE_S", 0.3)
    await network(service)
    agent = await service.agent()
    async with line_to(service, await new_token(service)) as (line, api):
        line.cut()
        async with played_by(api):
            await asyncio.sleep(1)
            line.mend()
            ticket = await open_rescue(agent)
            await confirm_place(agent, ticket["id"])
            await comes_to(agent, ticket["id"], "resolved")


async def test_a_newcomer_may_press_the_stations_button_himself(service: Service):
    """He has opened the link of the station's message: its technician goes on from there."""
    stations = await network(service)
    agent = await service.agent()
    ten_km_away = SHENYANG[0] - 10 / 111, SHENYANG[1]
    slow = Tempo(think_s=(0.1, 0.2), compression=100, on_site_s=(1, 1))
    async with demo(service, slow):
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"], ten_km_away)
        dispatch = await dispatch_of(agent, ticket["id"])
        await comes_to(agent, ticket["id"], "en_route")
        holder = next(s for s in stations if str(s.station_id) == dispatch["station_id"])
        await holder.post(f"/api/v1/dispatches/{dispatch['id']}/arrival")
        await comes_to(agent, ticket["id"], "resolved")


async def test_a_station_that_said_yes_on_the_telephone_comes_too(service: Service):
    station = (await network(service))[3]
    agent = await service.agent()
    async with demo(service, Tempo(think_s=(60, 60), compression=2000, on_site_s=(0.1, 0.2))):
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"])
        await comes_to(agent, ticket["id"], "dispatching")
        await agent.post(
            f"/api/v1/rescues/{ticket['id']}/phone-acceptance",
            {"station_id": str(station.station_id), "reason": "Mr Li", "eta_minutes": 20},
        )
        await comes_to(agent, ticket["id"], "resolved")


async def test_real_stations_and_drills_are_left_alone(service: Service):
    real = await service.station("REAL", 0.0)
    played = await service.station("PLAYED", 3.0, simulated=True)
    agent = await service.agent()
    async with demo(service):
        ticket = await open_rescue(agent)
        await confirm_place(agent, ticket["id"])
        drill = await open_rescue(agent, drill=True, caller_phone="13800138001")
        await confirm_place(agent, drill["id"])
        assert await offer_for(real, ticket["id"])
        assert await offer_for(played, drill["id"])
        await asyncio.sleep(1.5)
        for station, rescue in ((real, ticket), (played, drill)):
            told = await agent.get(f"/api/v1/rescues/{rescue['id']}")
            first = next(o for o in told["offers"] if o["station_id"] == str(station.station_id))
            assert first["seen_at"] is None
            assert first["state"] in ("offered", "expired")


async def test_it_ends_when_its_token_ends(service: Service):
    """The next start of the process reads the new one."""
    token = await new_token(service)
    await revoke(service, token)
    async with Api(str(service.server.make_url("")), token) as api, played_by(api) as playing:
        with pytest.raises(Refused):
            await asyncio.wait_for(playing, PATIENCE_S)


def test_a_station_stays_by_its_mind_and_most_come():
    drawings = [drawn(FRIENDLY, f"offer-{number}") for number in range(400)]
    assert drawings == [drawn(FRIENDLY, f"offer-{number}") for number in range(400)]
    assert drawings.count(Behaviour.ACCEPT) > 280
    assert set(drawings) == set(FRIENDLY)
