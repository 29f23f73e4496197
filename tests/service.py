"""The whole service inside a test: web and worker on one database, and clients that speak HTTP."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aiohttp
from aiohttp.test_utils import TestServer
from aiohttp.web import AppRunner

from callcenter import app as web_app
from callcenter.composition import (
    all_work,
    message_follower,
    renderer,
    text_reader,
    unsubscribe_links,
)
from callcenter.db.database import Database
from callcenter.db.jobs import Worker
from callcenter.db.transaction import Tx
from callcenter.messages.carriers import carriers_of
from callcenter.outbound.keeping import keep_outbound
from callcenter.places.intake import Intake
from callcenter.routing.keep_network import kept_network
from callcenter.settings import JobSettings, RoutingSettings, Settings
from callcenter.staff import tokens
from callcenter.stations import service as stations
from callcenter.stations.model import Station
from callcenter.web import installation
from callcenter.web.links import SignedLinks
from callcenter.web.permission import Permission

SHENYANG = (41.8057, 123.4315)
DESK = [
    Permission.CALLS_READ,
    Permission.CALLS_WRITE,
    Permission.TICKETS_READ,
    Permission.TICKETS_WRITE,
    Permission.TICKETS_ASSIGN,
    Permission.DISPATCH_READ,
    Permission.DISPATCH_WRITE,
    Permission.CHOICE_PREVIEW,
    Permission.CUSTOMERS_READ,
    Permission.CUSTOMERS_WRITE,
    Permission.STATIONS_READ,
    Permission.STATIONS_WRITE,
    Permission.ALARMS_READ,
    Permission.ALARMS_TAKE,
    Permission.MESSAGES_READ,
    Permission.FEED_READ,
    Permission.OUTBOUND_READ,
    Permission.OUTBOUND_WRITE,
]


class Refused(Exception):
    """An answer of 400 or more: its status and problem code."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.code = problem.get("code")
        self.problem = problem


async def add_station(tx: Tx, name: str, km_north: float = 0.0, **changes: Any) -> Station:
    """A station so far north of the middle of Shenyang, with one truck unless told otherwise."""
    fields: dict[str, Any] = {
        "code": name,
        "kind": "dealer",
        "name_zh": f"{name}服务站",
        "name_en": f"Station {name}",
        "province": "LN",
        "city_zh": "沈阳",
        "city_en": "Shenyang",
        "address": "",
        "lat": SHENYANG[0] + km_north / 111.0,
        "lon": SHENYANG[1],
        "workshop_hours": "Mo-Sa 08:30-17:30",
        "rescue_hours": "24/7",
        "duty_phone": "+8624000000000",
        "skills": ["tyre", "battery", "fuel", "lockout", "ev", "mechanic", "accident"],
        "simulated": False,
    }
    trucks = changes.pop("trucks", [["flatbed", "winch"]])
    station = await stations.add_station(tx, "test", fields | changes)
    for number, equipment in enumerate(trucks):
        await stations.add_truck(
            tx, "test", station.id, plate=f"{name}{number}", equipment=equipment
        )
    return await stations.repository.get(tx, station.id)


class Client:
    """Speaks to the API with one token; each POST has a key of its own."""

    def __init__(self, session: aiohttp.ClientSession, station_id: UUID | None = None) -> None:
        self.session = session
        self.station_id = station_id

    async def get(self, path: str, **params: Any) -> Any:
        return await self._send("GET", path, params=params)

    async def post(
        self, path: str, body: Any = None, *, key: str | None = None, version: int | None = None
    ) -> Any:
        headers = {"Idempotency-Key": key or str(uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self._send("POST", path, json=body, headers=headers)

    async def patch(self, path: str, body: Any, *, version: int) -> Any:
        return await self._send("PATCH", path, json=body, headers={"If-Match": f'"{version}"'})

    async def put(self, path: str, body: Any) -> Any:
        return await self._send("PUT", path, json=body)

    async def delete(self, path: str, *, version: int | None = None) -> Any:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return await self._send("DELETE", path, headers=headers)

    async def _send(self, method: str, path: str, **how: Any) -> Any:
        async with self.session.request(method, path, **how) as answer:
            text = await answer.text()
            if answer.status >= 400:
                raise Refused(answer.status, json.loads(text) if text else {})
            return json.loads(text) if text else None


class ServedAsInTheProduct(TestServer):
    """A caller who hangs up does not undo what he has sent; aiohttp's own would cut it off."""

    async def _make_runner(self, **how: Any) -> AppRunner:
        return AppRunner(self.app, **(how | {"handler_cancellation": False}))


@dataclass
class Service:
    """A running service: its address, its database, and who may speak to it."""

    database: Database
    settings: Settings
    server: TestServer
    stack: contextlib.AsyncExitStack

    async def client(self, scopes: list[Permission], station_id: UUID | None = None) -> Client:
        async with self.database.transaction() as tx:
            secret = await tokens.create_machine_token(
                tx, name="test", scopes=scopes, station_id=station_id, lifetime=timedelta(hours=1)
            )
        session = aiohttp.ClientSession(
            base_url=self.server.make_url("/"), headers={"Authorization": f"Bearer {secret}"}
        )
        await self.stack.enter_async_context(session)
        return Client(session, station_id)

    async def agent(self) -> Client:
        return await self.client(DESK)

    async def station(self, name: str, km_north: float = 0.0, **changes: Any) -> Client:
        """A station so far north of the middle of Shenyang, with one truck, and its client."""
        async with self.database.transaction() as tx:
            station = await add_station(tx, name, km_north, **changes)
        return await self.client(
            [Permission.DISPATCH_ANSWER, Permission.FEED_READ, Permission.FILES_WRITE],
            station_id=station.id,
        )

    async def clock_goes_off(self, name: str, **of: str) -> datetime:
        """A timer of routing (`dispatch_id=...`, `ticket_id=...`) rings now, once it is set, and
        is heard; answers for when it was set."""
        ((what, which),) = of.items()
        timer = await eventually(lambda: self._first_timer(f"routing.{name}", what, which))
        async with self.database.transaction() as tx:
            await tx.connection.execute(
                "update pgqueuer set execute_after = now() where id = $1", timer["id"]
            )
        await eventually(lambda: self._is_done(timer["id"]))
        due: datetime = timer["execute_after"]
        return due

    async def offer_runs_out(self, offer_id: str) -> None:
        """Its time is over now, and the clock that ends it rings."""
        async with self.database.transaction() as tx:
            await tx.connection.execute(
                "update offers set expires_at = now() where id = $1 and state = 'offered'",
                UUID(offer_id),
            )
        await self.clock_goes_off("expire_offer", offer_id=offer_id)

    async def _first_timer(self, job: str, what: str, which: str) -> Any:
        async with self.database.reading() as tx:
            return await tx.connection.fetchrow(
                "select id, execute_after from pgqueuer where entrypoint = $1"
                " and convert_from(payload, 'UTF8')::jsonb -> 'payload' ->> $2 = $3"
                " order by execute_after limit 1",
                job,
                what,
                which,
            )

    async def _is_done(self, job_id: int) -> bool:
        async with self.database.reading() as tx:
            waits = "select exists (select from pgqueuer where id = $1)"
            return not await tx.connection.fetchval(waits, job_id)


@contextlib.asynccontextmanager
async def running(
    database: Database,
    intake: Intake,
    *,
    routing: RoutingSettings | None = None,
    data_dir: Path = Path("unused"),
    outbound: bool = False,
    **more: Any,
) -> AsyncIterator[Service]:
    """Web on a free port of loopback, and one worker; `outbound`: it begins campaigns' runs and
    sends their touches, too."""
    settings = Settings(
        routing=routing or RoutingSettings(),
        jobs=JobSettings(heartbeat_timeout_s=1, poll_s=0.2),
        data_dir=data_dir,
        **more,
    )
    installed = await database.run(installation.ensure)
    links = SignedLinks(installed.link_key)
    lines = contextlib.AsyncExitStack()
    carriers = await lines.enter_async_context(
        carriers_of(
            settings.senders,
            database,
            message_follower(),
            text_reader(settings, links),
            unsubscribe_links(settings, links),
        )
    )
    worker = Worker(
        database,
        all_work(settings, links, carriers),
        heartbeat_timeout_s=settings.jobs.heartbeat_timeout_s,
        poll_s=settings.jobs.poll_s,
    )
    server = ServedAsInTheProduct(web_app.build(settings, database, installed, intake))
    await server.start_server()
    working = asyncio.create_task(worker.run())
    words = renderer(settings, links)
    kept = (keep_outbound(database, settings.outbound, words) for _ in range(outbound))
    keeping = asyncio.gather(*kept)
    async with lines, kept_network(database), contextlib.AsyncExitStack() as stack:
        try:
            yield Service(database, settings, server, stack)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            worker.stop()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait_for(working, 10)
            await server.close()


async def eventually(ask: Any, *, within_s: float = 30.0) -> Any:
    """Ask until the answer is true; the last answer is the failure's text."""
    loop = asyncio.get_running_loop()
    until = loop.time() + within_s
    while not (answer := await ask()):
        assert loop.time() < until, f"still {answer!r} after {within_s} s"
        await asyncio.sleep(0.03)
    return answer


async def open_rescue(agent: Client, **changes: Any) -> Any:
    """A rescue ticket of a caller with a flat tyre."""
    body = {
        "kind": "rescue",
        "particulars": {"fault": "flat_tyre"},
        "caller_phone": "13800138000",
        "caller_name": "王先生",
    }
    return await agent.post("/api/v1/tickets", body | changes)


async def confirm_place(agent: Client, ticket_id: str, at: tuple[float, float] = SHENYANG) -> Any:
    """Name a place and confirm it."""
    body = {"lat": at[0], "lon": at[1], "words": "东望街口"}
    place = await agent.post(f"/api/v1/tickets/{ticket_id}/places", body)
    path = f"/api/v1/tickets/{ticket_id}/places/{place['id']}/confirmation"
    return await agent.post(path, {"reason": "test" if place["doubts"] else None})


async def offer_for(station: Client, ticket_id: str) -> Any:
    """The station's open offer for this rescue, once it is there."""

    async def look() -> Any:
        page = await station.get("/api/v1/offers", open="true")
        return next((o for o in page["items"] if o["ticket_id"] == ticket_id), None)

    return await eventually(look)
