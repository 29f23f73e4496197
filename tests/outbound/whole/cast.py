"""Owners and planners of a whole campaign, and the surveys it asks."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.web.permission import Permission
from tests.messages.smpp_centre import SmppCentre
from tests.outbound.campaigns.rows import zone_of_the_morning
from tests.service import Client, Service, eventually

PLANNER = [Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE]
APPROVER = [Permission.OUTBOUND_READ, Permission.OUTBOUND_APPROVE]
LINK = re.compile(r"https?://\S+?(/[bq]/[\w.-]+)")


async def add_owner(tx: Tx, name: str, phone: str, plate: str, **changes: Any) -> UUID:
    """Somebody with one car, for whom it is the middle of the morning."""
    owner = await customers.add_owner(tx, "test", name=name, phones=[phone])
    car = await customers.add_vehicle(tx, "test", {"plate": plate, "model": "昀驰 S7"})
    linked = await customers.link_vehicle(tx, "test", owner.id, car.id)
    zone = zone_of_the_morning(datetime.now(UTC))
    await edits.edit_owner(tx, "test", linked, {"zone": zone, "province": "LN"} | changes)
    return owner.id


async def opened_survey(planner: Client, name: str, survey: dict[str, Any]) -> UUID:
    """Written, published and open."""
    made = await planner.post("/api/v1/surveys", {"name": name, "survey": survey})
    path = f"/api/v1/surveys/{made['id']}"
    headers = {"If-Match": f'"{made["version"]}"', "Idempotency-Key": str(uuid4())}
    await planner._send("POST", f"{path}/editions", headers=headers)
    await planner.post(f"{path}/opening")
    return UUID(made["id"])


async def begun(service: Service, draft: dict[str, Any]) -> str:
    """A campaign that one has handed in and another approved; its path."""
    planner, boss = await service.client(PLANNER), await service.client(APPROVER)
    path = f"/api/v1/campaigns/{(await planner.post('/api/v1/campaigns', draft))['id']}"
    await planner.post(f"{path}/submission")
    assert (await boss.post(f"{path}/approval", version=2))["state"] == "running"
    return path


async def plan_of(planner: Client, kind: str) -> dict[str, Any]:
    """The plan that its template begins with."""
    found = (await planner.get("/api/v1/campaign-templates"))["items"]
    plan: dict[str, Any] = next(one for one in found if one["kind"] == kind)["plan"]
    return plan


async def linked(at: SmppCentre, phone: str, to: str) -> tuple[str, str]:
    """The words of the text that brings this number a link to a page below `to`, and its path,
    once the message centre has taken it."""

    async def text() -> tuple[str, str] | None:
        for words in at.texts(phone.lstrip("+")):
            if (found := LINK.search(words)) and found[1].startswith(to):
                return words, found[1]
        return None

    said: tuple[str, str] = await eventually(text)
    return said
