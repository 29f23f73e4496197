"""A dispatch that ends before the car is safe: reassigned by the desk, or nobody was there."""

from typing import Any
from uuid import uuid4

import pytest

from tests.flows.desk import accepted, said
from tests.service import Client, Refused, Service, offer_for

# The first bytes say what a photo is.
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(40)


async def test_reassigned_the_station_is_told_the_owner_too_and_another_is_asked(
    service: Service,
):
    agent = await service.agent()
    first, ticket_id, dispatch = await accepted(service, agent)
    other = await service.station("OTHER", 9)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await first.post(f"{path}/departure")
    taken = await agent.post(f"{path}/reassignment", {"reason": "stands in a jam"})
    assert (taken["stage"], taken["end_reason"]) == ("reassigned", "stands in a jam")

    await offer_for(other, ticket_id)
    assert (await first.get("/api/v1/offers", open="true"))["items"] == []
    assert (await said(agent, ticket_id, "station_reassigned"))["station_id"] == str(
        first.station_id
    )
    await said(agent, ticket_id, "owner_asking_again")
    with pytest.raises(Refused) as refusal:
        await first.post(f"{path}/arrival")
    assert (refusal.value.status, refusal.value.code) == (409, "dispatch_move_refused")


async def photographed(station: Client) -> str:
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "image/png"}
    async with station.session.post("/api/v1/files", data=PHOTO, headers=headers) as answer:
        assert answer.status == 201, await answer.text()
        return str((await answer.json())["id"])


async def test_gone_on_arrival_counts_with_a_photo_and_a_call_only(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    for step in ("departure", "arrival"):
        await station.post(f"{path}/{step}")
    photo = await photographed(station)
    not_enough: list[dict[str, Any]] = [
        {},
        {"called_owner": True},
        {"proof_file": photo},
        {"called_owner": True, "proof_file": str(uuid4())},
    ]
    for proof in not_enough:
        with pytest.raises(Refused) as refusal:
            await station.post(f"{path}/gone-on-arrival", proof)
        assert (refusal.value.status, refusal.value.code) == (422, "proof_missing")
    assert (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "on_site"

    proof = {"called_owner": True, "proof_file": photo}
    ended = await station.post(f"{path}/gone-on-arrival", proof)
    assert ended["stage"] == "gone_on_arrival"
    assert (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "resolved"
    await said(agent, ticket_id, "owner_gone_on_arrival")
