"""What the desk of a running service sees, as soon as it is there."""

from typing import Any

from tests.service import Client, Service, confirm_place, eventually, offer_for, open_rescue


async def alarm(agent: Client, ticket_id: str, kind: str, *, taken: bool = False) -> Any:
    """The open alarm of this kind, once it stands there taken or not."""

    async def look() -> Any:
        page = await agent.get("/api/v1/alarms", open="true", ticket_id=ticket_id)
        of_kind = [a for a in page["items"] if a["kind"] == kind]
        return next((a for a in of_kind if (a["taken_by"] is not None) == taken), None)

    return await eventually(look)


async def open_alarms(agent: Client, ticket_id: str) -> list[str]:
    """The kinds of the alarms that are open now."""
    page = await agent.get("/api/v1/alarms", open="true", ticket_id=ticket_id)
    return sorted(a["kind"] for a in page["items"])


async def no_alarm(agent: Client, ticket_id: str, kind: str) -> None:
    """Until the reason of the alarm has passed."""

    async def passed() -> bool:
        return kind not in await open_alarms(agent, ticket_id)

    await eventually(passed)


async def said(agent: Client, ticket_id: str, purpose: str) -> Any:
    """The newest message of this purpose, once there is one."""

    async def look() -> Any:
        page = await agent.get("/api/v1/messages", ticket_id=ticket_id)
        return next((m for m in page["items"] if m["purpose"] == purpose), None)

    return await eventually(look)


async def happened(agent: Client, ticket_id: str, *kinds: str) -> list[Any]:
    """The events of these kinds on the timeline, in their order."""
    timeline = await agent.get(f"/api/v1/tickets/{ticket_id}/timeline")
    return [event for event in timeline["events"] if event["kind"] in kinds]


async def reasons(agent: Client, ticket_id: str) -> dict[str, list[str]]:
    """Station -> why it was passed over, over all choices of the rescue."""
    rescue = await agent.get(f"/api/v1/rescues/{ticket_id}")
    return {
        c["station_id"]: c["reasons"] for choice in rescue["choices"] for c in choice["candidates"]
    }


async def located_rescue(agent: Client, **told: Any) -> str:
    """A rescue in the middle of Shenyang whose place is confirmed; its id."""
    ticket = await open_rescue(agent, **told)
    await confirm_place(agent, ticket["id"])
    return str(ticket["id"])


async def accepted(service: Service, agent: Client, *, eta: int = 20) -> tuple[Client, str, Any]:
    """A station that holds a rescue: its client, the ticket's id, the dispatch."""
    station = await service.station("NEAR", 3)
    ticket_id = await located_rescue(agent)
    offer = await offer_for(station, ticket_id)
    body = {"eta_minutes": eta}
    dispatch = await station.post(f"/api/v1/offers/{offer['id']}/acceptance", body)
    return station, ticket_id, dispatch
