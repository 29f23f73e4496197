"""Tickets that are no rescues: opened out of a call, worked on, ended, taken up again."""

import asyncio
from typing import Any

import pytest

from callcenter.staff import service as staff
from tests.service import Refused, Service

KINDS: dict[str, dict[str, Any]] = {
    "complaint": {"category": "service", "severity": "high"},
    "technical": {"symptom": "no start in the cold", "fault_code": "P0A0F"},
    "enquiry": {"topic": "sales"},
    "part_order": {"part_numbers": ["YC-1001", "YC-1002"], "waiting_car": "辽A12345"},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_from_the_call_to_the_end_and_taken_up_again(service: Service, kind: str):
    agent = await service.agent()
    async with service.database.transaction() as tx:
        colleague = await staff.create_staff(
            tx, login="li.wei", name="李伟", role="agent", password="a long night on the G2"
        )
    ring = {"carrier_ref": "c-1", "caller": "13800138000"}
    call = (await agent.post("/api/v1/calls", ring))["call"]
    await agent.post(f"/api/v1/calls/{call['id']}/answer")
    draft = {"kind": kind, "particulars": KINDS[kind]}
    ticket = await agent.post(f"/api/v1/calls/{call['id']}/tickets", draft)
    assert KINDS[kind].items() <= ticket["particulars"].items()
    assert (await agent.get(f"/api/v1/calls/{call['id']}"))["call"]["ticket_id"] == ticket["id"]

    path = f"/api/v1/tickets/{ticket['id']}"
    given = await agent.post(f"{path}/assignment", {"assignee_id": str(colleague.id)})
    assert given["assignee_id"] == str(colleague.id)
    with pytest.raises(Refused) as early:
        await agent.post(f"{path}/closure")
    assert early.value.code == "ticket_move_refused"
    stages = []
    for step, body in [
        ("start", None),
        ("resolution", {"outcome": "explained"}),
        ("closure", None),
        ("reopening", None),
    ]:
        stages.append((await agent.post(f"{path}/{step}", body))["stage"])
    assert stages == ["in_progress", "resolved", "closed", "in_progress"]
    timeline = await agent.get(f"{path}/timeline")
    assert [e["kind"] for e in timeline["events"]].count("ticket.moved") == 4


async def test_numbers_are_never_given_twice_however_many_call_at_once(service: Service):
    agent = await service.agent()
    made = await asyncio.gather(
        *(agent.post("/api/v1/tickets", {"kind": "enquiry"}) for _ in range(40))
    )
    assert len({ticket["number"] for ticket in made}) == 40


async def test_danger_is_told_first_and_that_it_was_done_is_kept(service: Service):
    agent = await service.agent()
    ticket = await agent.post("/api/v1/tickets", {"kind": "rescue", "danger": True})
    assert ticket["priority"] == 0
    path = f"/api/v1/tickets/{ticket['id']}"
    await agent.post(f"{path}/emergency-calls", {"service": "120"})
    timeline = await agent.get(f"{path}/timeline")
    assert [one["service"] for one in timeline["emergencies"]] == ["120"]
