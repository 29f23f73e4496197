"""The answer is lost behind the commit: a retry with the same key finds what was done."""

import json
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.faults.bad_line import Answer, Request, bad_line
from tests.races.sabotage import KEYS_ARE_FORGOTTEN, guarded_or_not
from tests.service import Client, Service, confirm_place, offer_for, open_rescue


def posted(client: Client, path: str, body: object) -> Request:
    """A POST of this client with a key of its own."""
    headers = {
        "Authorization": client.session.headers["Authorization"],
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid4()),
    }
    return Request("POST", path, headers, json.dumps(body).encode())


async def lost_and_asked_again(service: Service, request: Request) -> Any:
    """What both tries were answered: the same."""
    async with bad_line(service) as cutter:
        cutter.loses_next = True
        with pytest.raises(ConnectionError):
            await request.to(cutter.port)
        (lost,) = cutter.lost
        again: Answer = await request.to(cutter.port)
    assert again == lost
    return json.loads(again.body)


@guarded_or_not(KEYS_ARE_FORGOTTEN)
async def test_a_ticket_is_opened_once(service: Service, owner: asyncpg.Connection, sabotage: str):
    await owner.execute(sabotage)
    agent = await service.agent()
    body = {"kind": "enquiry", "caller_phone": "13800138000"}
    told = await lost_and_asked_again(service, posted(agent, "/api/v1/tickets", body))
    page = await agent.get("/api/v1/tickets")
    assert [ticket["number"] for ticket in page["items"]] == [told["number"]]


@guarded_or_not(KEYS_ARE_FORGOTTEN)
async def test_a_station_that_heard_no_answer_learns_that_it_has_won(
    service: Service, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(sabotage)
    agent, station = await service.agent(), await service.station("NEAR", 1)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await lost_and_asked_again(service, posted(station, path, {"eta_minutes": 20}))
    rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
    assert [one["id"] for one in rescue["dispatches"]] == [dispatch["id"]]
