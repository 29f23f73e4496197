"""What the tests of this room share: who speaks, shifts, and whom the next rescue comes to."""

from datetime import UTC, datetime, timedelta
from typing import Any

from callcenter.web.permission import Permission
from tests.service import Client, Service, confirm_place, eventually, open_rescue

OWN = "/api/v1/station"


async def itself(service: Service, station: Client) -> Client:
    """The station, as it looks after its own trucks, roster and phone."""
    return await service.client([Permission.STATION_OWN], station_id=station.station_id)


def path_of(station: Client, below: str = "") -> str:
    """The station's address for the desk."""
    return f"/api/v1/stations/{station.station_id}{below}"


async def edit(desk: Client, station: Client, changes: dict[str, Any]) -> Any:
    """The desk changes the station as it stands."""
    version = (await desk.get(path_of(station)))["version"]
    return await desk.patch(path_of(station), changes, version=version)


def shift(begins_in_h: float = -1, hours: float = 8, **more: Any) -> dict[str, Any]:
    """A duty that begins so many hours from now."""
    begins = datetime.now(UTC) + timedelta(hours=begins_in_h)
    ends = begins + timedelta(hours=hours)
    return {"starts_at": begins.isoformat(), "ends_at": ends.isoformat(), **more}


async def next_rescue(agent: Client) -> Any:
    """A rescue in the middle of Shenyang, as the desk sees it once a station has been asked."""
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])

    async def asked() -> Any:
        rescue = await agent.get(f"/api/v1/rescues/{ticket['id']}")
        return rescue if rescue["offers"] else None

    return await eventually(asked)


def was_asked(rescue: Any, station: Client) -> bool:
    """Whether this station has an offer."""
    return str(station.station_id) in {offer["station_id"] for offer in rescue["offers"]}


def reasons_against(rescue: Any, station: Client) -> list[str]:
    """Why the first choice of the rescue passed this station over."""
    considered = rescue["choices"][0]["candidates"]
    (reasons,) = [c["reasons"] for c in considered if c["station_id"] == str(station.station_id)]
    return list(reasons)
