"""A maintenance campaign from its audience to what came of it, with a running worker."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.model import AllOf, NeverCame
from callcenter.web.permission import Permission
from tests.outbound.campaigns.rows import zone_of_the_morning
from tests.service import Client, Service, eventually

PLANNER = [Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE, Permission.MESSAGES_READ]
APPROVER = [Permission.OUTBOUND_READ, Permission.OUTBOUND_APPROVE]


@pytest.fixture
def outbound() -> bool:
    """The worker does all of it."""
    return True


async def owners(service: Service, count: int) -> UUID:
    """So many owners whose cars were never serviced, and the audience of them."""
    zone = zone_of_the_morning(datetime.now(UTC))

    async def add(tx: Tx) -> UUID:
        for number in range(count):
            phones = [f"+861380013800{number}"]
            owner = await customers.add_owner(tx, "test", name=f"王{number}", phones=phones)
            car = await customers.add_vehicle(tx, "test", {"plate": f"辽A1234{number}"})
            linked = await customers.link_vehicle(tx, "test", owner.id, car.id)
            await edits.edit_owner(tx, "test", linked, {"zone": zone})
        made = await audiences.make(tx, "test", "从未进站", AllOf(of=(NeverCame(),)))
        return made.id

    return await service.database.run(add)


async def approved(service: Service, audience_id: UUID, **changes: Any) -> tuple[Client, str]:
    """A maintenance campaign that one has handed in and another approved; its path."""
    planner, boss = await service.client(PLANNER), await service.client(APPROVER)
    body = {"name": "年终保养", "kind": "maintenance", "audience_id": str(audience_id)} | changes
    draft = await planner.post("/api/v1/campaigns", body)
    path = f"/api/v1/campaigns/{draft['id']}"
    await planner.post(f"{path}/submission")
    assert (await boss.post(f"{path}/approval", version=2))["state"] == "running"
    return planner, path


async def test_it_is_tried_approved_and_said_once_to_each(service: Service):
    audience_id = await owners(service, 8)
    planner = await service.client(PLANNER)
    template = next(
        one
        for one in (await planner.get("/api/v1/campaign-templates"))["items"]
        if one["kind"] == "maintenance"
    )
    trial = {name: template[name] for name in ("kind", "purpose", "plan")}
    tried = await planner.post("/api/v1/campaign-trials", trial | {"audience_id": str(audience_id)})
    assert tried["faults"] == []
    assert {one["name"] for one in tried["people"]} == {f"王{n}" for n in range(8)}
    planner, path = await approved(service, audience_id)

    async def all_said() -> Any:
        progress = await planner.get(f"{path}/progress")
        first = [one for one in progress["touches"] if one["step"] == 0]
        (run,) = progress["runs"] or [None]
        sent = sum(one["touches"] for one in first if one["state"] == "sent")
        return progress if run and sent and len(first) == 1 else None

    progress = await eventually(all_said)
    (run,) = progress["runs"]
    held = sum(run["left_out"].values())
    (first,) = [one for one in progress["touches"] if one["step"] == 0]
    assert (run["in_audience"], first["touches"]) == (8, 8 - held)
    said = (await planner.get("/api/v1/messages"))["items"]
    assert len(said) == 8 - held
    for message in said:
        assert message["body"].startswith("王")
        assert "/b/" in message["body"]
    # The next step waits three days for who does not answer.
    assert [one["state"] for one in progress["touches"] if one["step"] == 1] == ["ready"]
