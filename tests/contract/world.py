"""A service full of things to name: each example makes what its operation needs."""

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import numpy as np

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import PlacesSettings, RoutingSettings, SessionSettings
from callcenter.staff import alarms
from callcenter.staff.roles import SCOPES
from callcenter.telephony.prompts.wav import written
from callcenter.web.permission import Permission
from tests.service import (
    SHENYANG,
    Client,
    Service,
    add_station,
    confirm_place,
    eventually,
    open_rescue,
    running,
)

# Clocks too long to meddle; doors and links that stay open, however often they are tried.
PATIENT = {
    "routing": RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600),
    "sessions": SessionSettings(max_failures=1_000_000),
    "places": PlacesSettings(link_max_submissions=1_000_000),
}

OF_A_STATION = {"GET /api/v1/offers", "GET /api/v1/dispatches"}
OWN = "/api/v1/station"
OPERATOR = {"reason": "their truck is nearer"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


SILENCE = written(np.zeros(800, dtype=np.int16))


@dataclass
class Example:
    """One request that must be answered: what stands in its path, query and body."""

    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Any = None
    version: int | None = None


@dataclass
class World:
    """Makes things over the API with a token that may do everything a machine may."""

    service: Service
    api: Client
    last: UUID
    its_station: Client

    @classmethod
    async def begin(cls, service: Service) -> "World":
        """The demo's network and owners; of ten more stations, nearer than those and with many
        trucks each, every rescue finds one."""
        async with service.database.transaction() as tx:
            for number in range(10):
                trucks = [["flatbed", "winch"]] * 12
                last = await add_station(
                    tx,
                    f"W{number}",
                    number * 0.1,
                    trucks=trucks,
                    simulated=True,
                    workshop_hours="24/7",
                )
        scopes = [Permission.DISPATCH_ANSWER, Permission.STATION_OWN]
        own = await service.client(scopes, station_id=last.id)
        return cls(service, await service.client(sorted(SCOPES)), last.id, own)

    def speaker(self, operation: str) -> Client:
        """Who sends it: two lists are a station's own, and what it says about itself."""
        is_own = operation.split(" ")[1].split("/")[:4] == OWN.split("/")
        return self.its_station if is_own or operation in OF_A_STATION else self.api

    async def ticket(self, kind: str = "enquiry") -> dict[str, str]:
        return {"ticket_id": (await self.api.post("/api/v1/tickets", {"kind": kind}))["id"]}

    async def step(self, given: dict[str, str], step: str, body: Any = None) -> dict[str, str]:
        await self.api.post(f"/api/v1/tickets/{given['ticket_id']}/{step}", body)
        return given

    async def rescue(self) -> dict[str, str]:
        return {"ticket_id": (await open_rescue(self.api))["id"]}

    async def said(self) -> dict[str, str]:
        """A message about a rescue that has left."""
        given = await self.step(await self.rescue(), "location-links")
        path = f"/api/v1/tickets/{given['ticket_id']}/messages"

        async def sent() -> Any:
            items = (await self.api.get(path))["items"]
            return next((one for one in items if one["state"] == "sent"), None)

        return given | {"message_id": (await eventually(sent))["id"]}

    async def merged(self) -> dict[str, str]:
        given, other = await self.rescue(), await self.rescue()
        body = {"merged_id": given["ticket_id"], "reason": "one car"}
        await self.api.post(f"/api/v1/rescues/{other['ticket_id']}/merges", body)
        return given

    async def asked(self) -> dict[str, str]:
        given = await self.rescue()
        await confirm_place(self.api, given["ticket_id"])
        await eventually(lambda: self.offers_of(given))
        return given

    async def offers_of(self, given: dict[str, str]) -> Any:
        return (await self.seen(given))["offers"]

    async def seen(self, given: dict[str, str]) -> Any:
        return await self.api.get(f"/api/v1/rescues/{given['ticket_id']}")

    async def offer(self) -> dict[str, str]:
        return {"offer_id": (await self.offers_of(await self.asked()))[0]["id"]}

    async def dispatch(self, *steps: str) -> dict[str, str]:
        offer = (await self.offer())["offer_id"]
        path = f"/api/v1/offers/{offer}/acceptance"
        dispatch = await self.api.post(path, {"eta_minutes": 20})
        for step in steps:
            await self.api.post(f"/api/v1/dispatches/{dispatch['id']}/{step}")
        return {"dispatch_id": dispatch["id"]}

    async def call(self, *, answered: bool = False) -> dict[str, str]:
        ringing = {"carrier_ref": str(uuid4()), "caller": "13800138000"}
        call_id = (await self.api.post("/api/v1/calls", ringing))["call"]["id"]
        if answered:
            await self.api.post(f"/api/v1/calls/{call_id}/answer")
        return {"call_id": call_id}

    async def waiting(self) -> dict[str, str]:
        given = await self.call()
        await self.api.post(f"/api/v1/calls/{given['call_id']}/queue", {"group": "complaint"})
        return given

    async def simulated(self) -> dict[str, Any]:
        """A call whose page is this client."""
        begun: dict[str, Any] = await self.api.post("/api/v1/simulated-calls", {"caller": None})
        return begun

    async def flow_version(self) -> int:
        current = await self.api.get("/api/v1/call-flow")
        headers = {"If-Match": f'"{current["version"]}"'}
        body = {"flow": current["flow"]}
        async with self.api.session.put("/api/v1/call-flow", json=body, headers=headers) as made:
            return int((await made.json())["version"])

    async def recorded_prompt(self) -> str:
        (first, *_) = (await self.api.get("/api/v1/call-flow/prompts"))["items"]
        digest = str(first["digest"])
        path = f"/api/v1/call-flow/prompts/{digest}/recording"
        headers = {"Content-Type": "audio/wav"}
        async with self.api.session.put(path, data=SILENCE, headers=headers) as answer:
            assert answer.status == 200
        return digest

    async def owner(self) -> dict[str, str]:
        draft = {"name": "王伟", "phones": ["13800138000"]}
        return {"owner_id": (await self.api.post("/api/v1/owners", draft))["id"]}

    async def vehicle(self) -> str:
        return str((await self.api.post("/api/v1/vehicles", {"plate": "辽A12345"}))["id"])

    async def station(self) -> dict[str, str]:
        code = uuid4().hex[:12].upper()
        return {"station_id": (await self.api.post("/api/v1/stations", station(code)))["id"]}

    async def planned(self) -> dict[str, str]:
        form = aiohttp.FormData({"mapping": ""})
        form.add_field("file", sheet_of_a_station(), filename="站.csv", content_type="text/csv")
        headers = {"Idempotency-Key": str(uuid4())}
        path = "/api/v1/station-imports"
        async with self.api.session.post(path, data=form, headers=headers) as answer:
            return {"import_id": (await answer.json())["id"]}

    async def applied(self) -> dict[str, str]:
        given = await self.planned()
        await self.api.post(f"/api/v1/station-imports/{given['import_id']}/application", {})
        return given

    async def suspended(self) -> dict[str, str]:
        given = await self.station()
        path = f"/api/v1/stations/{given['station_id']}/suspension"
        await self.api.post(path, {"reason": "audit"})
        return given

    async def truck(self) -> dict[str, str]:
        given = await self.station()
        draft = {"plate": f"辽B{uuid4().hex[:8]}", "equipment": ["flatbed"]}
        path = f"/api/v1/stations/{given['station_id']}/trucks"
        return {"truck_id": (await self.api.post(path, draft))["id"]}

    async def own_truck(self) -> tuple[dict[str, str], int]:
        truck = (await self.its_station.get(OWN))["trucks"][-1]
        return {"truck_id": truck["id"]}, truck["version"]

    async def rostered(self) -> dict[str, str]:
        given = await self.station()
        path = f"/api/v1/stations/{given['station_id']}/roster"
        return given | {"entry_id": (await self.api.post(path, shift()))["id"]}

    async def overridden(self) -> dict[str, str]:
        given = await self.station()
        path = f"/api/v1/stations/{given['station_id']}/hours-overrides"
        days = {"first_day": "2036-10-01", "last_day": "2036-10-03"}
        return given | {"override_id": (await self.api.post(path, days))["id"]}

    async def own_rostered(self) -> dict[str, str]:
        return {"entry_id": (await self.its_station.post(f"{OWN}/roster", shift()))["id"]}

    async def colleague(self) -> dict[str, str]:
        draft = {"login": f"li.{uuid4().hex[:8]}", "name": "李伟", "role": "agent"}
        return {"staff_id": (await self.api.post("/api/v1/staff", draft))["id"]}

    async def unfinished(self) -> dict[str, Any]:
        """What one colleague holds, to be handed to another."""
        giver, taker = [(await self.colleague())["staff_id"] for _ in range(2)]
        given = await self.step(await self.ticket(), "assignment", {"assignee_id": giver})
        return {"from_id": giver, "to_id": taker, "ticket_ids": [given["ticket_id"]]}

    async def handed_over(self) -> dict[str, str]:
        done = await self.api.post("/api/v1/handovers", await self.unfinished())
        return {"handover_id": done["made"][0]["id"]}

    async def token(self) -> dict[str, str]:
        draft = {"name": "robot", "scopes": ["calls_read"], "lifetime_h": 1}
        await self.api.post("/api/v1/machine-tokens", draft)
        page = await self.api.get("/api/v1/machine-tokens")
        return {"token_id": page["items"][0]["id"]}

    async def alarm(self) -> dict[str, str]:
        about = UUID((await self.ticket())["ticket_id"])
        async with self.service.database.transaction() as tx:
            raised = await alarms.raise_alarm(tx, kind="test", reason="test", ticket_id=about)
        return {"alarm_id": str(raised)}

    async def place(self) -> dict[str, str]:
        given = await self.rescue()
        body = {"lat": SHENYANG[0], "lon": SHENYANG[1], "accuracy_m": 900}
        path = f"/api/v1/tickets/{given['ticket_id']}/places"
        return given | {"place_id": (await self.api.post(path, body))["id"]}

    async def file(self) -> dict[str, str]:
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "image/png"}
        async with self.api.session.post("/api/v1/files", data=PNG, headers=headers) as answer:
            return {"file_id": (await answer.json())["id"]}

    async def by_hand(self, **more: Any) -> Any:
        return {"station_id": str(self.last), "reason": "spoke to Wang", **more}


def station(code: str) -> dict[str, Any]:
    """A station far from everything else."""
    return {
        **{"code": code, "name_zh": "站", "name_en": "S", "province": "HI", "simulated": True},
        **{"lat": 20.0, "lon": 110.3, "skills": ["tyre"]},
    }


def sheet_of_a_station() -> bytes:
    """One new station far from everything else, as a sheet."""
    code = uuid4().hex[:12].upper()
    return f"编号,名称,省份,纬度,经度\n{code},站,海南,20.0,110.3\n".encode()


def shift() -> dict[str, str]:
    now = datetime.now(UTC)
    return {"starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=8)).isoformat()}


Make = Callable[[World], Awaitable[Example]]


@asynccontextmanager
async def world_on(database: Database, intake: Intake) -> AsyncIterator[World]:
    """A running service on a database with the demo in it, and the world of it."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(database, intake, data_dir=Path(folder), **PATIENT) as service:
            yield await World.begin(service)
