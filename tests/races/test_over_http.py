"""The same race as stations run it: eight accept over HTTP, worker and feed beside them."""

import asyncio
from typing import Any

import asyncpg

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import RoutingSettings
from tests.races.invariants import violations
from tests.service import Client, Refused, confirm_place, offer_for, open_rescue, running

ROUNDS = 5


async def accept(station: Client, offer: Any) -> Any:
    """What the station is answered: its dispatch, or the problem's status and code."""
    try:
        return await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    except Refused as refusal:
        return (refusal.status, refusal.code)


async def test_eight_stations_accept_over_http_and_one_sets_out(
    database: Database, intake: Intake, owner: asyncpg.Connection
):
    all_at_once = RoutingSettings(urgent_parallel_offers=8)
    async with running(database, intake, routing=all_at_once) as service:
        agent = await service.agent()
        stations = [await service.station(code, km) for km, code in enumerate("ABCDEFGH")]
        for _ in range(ROUNDS):
            ticket = await open_rescue(agent, expressway=True)
            await confirm_place(agent, ticket["id"])
            offers = [await offer_for(station, ticket["id"]) for station in stations]
            answers = await asyncio.gather(*map(accept, stations, offers))
            refused = [answer for answer in answers if isinstance(answer, tuple)]
            assert refused == [(409, "offer_gone")] * 7
            rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
            assert [d["ended_at"] for d in rescue["dispatches"]] == [None]
            assert await violations(owner) == []
            await agent.post(f"/api/v1/rescues/{ticket['id']}/cancellation", {"reason": "over"})
