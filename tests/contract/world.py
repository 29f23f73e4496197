"""A service full of things to name: each example makes what its operation needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from callcenter.staff import alarms
from callcenter.staff.roles import SCOPES
from callcenter.web.permission import Permission
from tests.service import SHENYANG, Client, Service, add_station, confirm_place, open_rescue

OF_A_STATION = {"GET /api/v1/offers", "GET /api/v1/dispatches"}
OPERATOR = {"reason": "their truck is nearer"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


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
        """Ten simulated stations with many trucks."""
        async with service.database.transaction() as tx:
            for number in range(10):
                trucks = [["flatbed", "winch"]] * 12
                last = await add_station(
                    tx, f"W{number}", number * 2.0, trucks=trucks, simulated=True
                )
        own = await service.client([Permission.DISPATCH_ANSWER], station_id=last.id)
        return cls(service, await service.client(sorted(SCOPES)), last.id, own)

    def speaker(self, operation: str) -> Client:
        """Who sends it: two lists are a station's own."""
        return self.its_station if operation in OF_A_STATION else self.api

    async def ticket(self, kind: str = "enquiry") -> dict[str, str]:
        return {"ticket_id": (await self.api.post("/api/v1/tickets", {"kind": kind}))["id"]}

    async def step(self, given: dict[str, str], step: str, body: Any = None) -> dict[str, str]:
        await self.api.post(f"/api/v1/tickets/{given['ticket_id']}/{step}", body)
        return given

    async def rescue(self) -> dict[str, str]:
        return {"ticket_id": (await open_rescue(self.api))["id"]}

    async def asked(self) -> dict[str, str]:
        given = await self.rescue()
        await confirm_place(self.api, given["ticket_id"])
        while not (await self.seen(given))["offers"]:
            pass
        return given

    async def seen(self, given: dict[str, str]) -> Any:
        return await self.api.get(f"/api/v1/rescues/{given['ticket_id']}")

    async def offer(self) -> dict[str, str]:
        return {"offer_id": (await self.seen(await self.asked()))["offers"][0]["id"]}

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

    async def owner(self) -> dict[str, str]:
        draft = {"name": "王伟", "phones": ["13800138000"]}
        return {"owner_id": (await self.api.post("/api/v1/owners", draft))["id"]}

    async def vehicle(self) -> str:
        return str((await self.api.post("/api/v1/vehicles", {"plate": "辽A12345"}))["id"])

    async def station(self) -> dict[str, str]:
        code = uuid4().hex[:12].upper()
        return {"station_id": (await self.api.post("/api/v1/stations", station(code)))["id"]}

    async def suspended(self) -> dict[str, str]:
        given = await self.station()
        path = f"/api/v1/stations/{given['station_id']}/suspension"
        await self.api.post(path, {"reason": "audit"})
        return given

    async def truck(self) -> dict[str, str]:
        given = await self.station()
        draft = {"plate": "辽B1", "equipment": ["flatbed"]}
        path = f"/api/v1/stations/{given['station_id']}/trucks"
        return {"truck_id": (await self.api.post(path, draft))["id"]}

    async def colleague(self) -> dict[str, str]:
        draft = {"login": f"li.{uuid4().hex[:8]}", "name": "李伟", "role": "agent"}
        return {"staff_id": (await self.api.post("/api/v1/staff", draft))["id"]}

    async def token(self) -> dict[str, str]:
        draft = {"name": "robot", "scopes": ["calls_read"], "lifetime_h": 1}
        await self.api.post("/api/v1/machine-tokens", draft)
        page = await self.api.get("/api/v1/machine-tokens")
        return {"token_id": page["items"][0]["id"]}

    async def alarm(self) -> dict[str, str]:
        async with self.service.database.transaction() as tx:
            raised = await alarms.raise_alarm(tx, kind="test", reason="test")
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


def shift() -> dict[str, str]:
    now = datetime.now(UTC)
    return {"starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=8)).isoformat()}


Make = Callable[[World], Awaitable[Example]]
