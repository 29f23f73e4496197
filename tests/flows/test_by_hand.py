"""What the desk decides over the ladder's head, by name and with a reason."""

import pytest

from tests.flows.desk import located_rescue
from tests.service import Refused, Service, confirm_place, eventually, offer_for, open_rescue


async def test_by_hand_a_filter_is_overruled_by_name_and_with_a_reason(service: Service):
    agent = await service.agent()
    closed = await service.station("CLOSED", 1, rescue_hours="off")
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])

    async def dispatching() -> bool:
        return (await agent.get(f"/api/v1/tickets/{ticket['id']}"))["stage"] == "dispatching"

    await eventually(dispatching)
    path = f"/api/v1/rescues/{ticket['id']}/hand-assignment"
    body = {"station_id": str(closed.station_id), "reason": "the owner lives next door"}
    with pytest.raises(Refused) as refusal:
        await agent.post(path, body)
    assert refusal.value.code == "station_not_fit"
    await agent.post(path, body | {"overruled": ["off_duty"]})
    offer = await offer_for(closed, ticket["id"])
    assert offer["overruled"] == ["off_duty"]


async def test_accepted_by_phone_is_written_down_with_whom(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 2)
    ticket_id = await located_rescue(agent)
    await offer_for(near, ticket_id)
    body = {"station_id": str(near.station_id), "reason": "王师傅说可以", "eta_minutes": 25}
    dispatch = await agent.post(f"/api/v1/rescues/{ticket_id}/phone-acceptance", body)
    assert dispatch["by_phone"]
    assert (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "assigned"
    (offer,) = (await agent.get(f"/api/v1/rescues/{ticket_id}"))["offers"]
    assert offer["hand_reason"] == "王师傅说可以"
