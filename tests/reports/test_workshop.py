"""The days of a workshop: how full each hour is, and whose cars come."""

from datetime import datetime
from typing import Any

from callcenter.clock import CHINA
from callcenter.db.transaction import Tx
from callcenter.stations.bookings import service as bookings
from tests.service import Service
from tests.stations.test_bookings import RULE, at


async def booked(agent: Any, station_id: str, plate: str, when: Any) -> Any:
    owner = await agent.post("/api/v1/owners", {"name": f"车主{plate}", "phones": []})
    car = await agent.post("/api/v1/vehicles", {"plate": plate, "model": "E3"})
    draft = {"station_id": station_id, "vehicle_id": car["id"], "owner_id": owner["id"]}
    more = {"starts_at": when.isoformat(), "wanted": "maintenance"}
    return await agent.post("/api/v1/bookings", draft | more)


async def test_each_hour_shows_its_room_and_who_comes_and_a_cancelled_place_is_free(
    service: Service,
):
    agent, station = await service.agent(), await service.station("DAYS", 1, workshop_hours=RULE)
    station_id, day = str(station.station_id), at(0).date()
    first = await booked(agent, station_id, "辽A11111", at(8, 45))
    await booked(agent, station_id, "辽A22222", at(10))
    third = await booked(agent, station_id, "辽A33333", at(10, 30))
    await agent.post(f"/api/v1/bookings/{third['id']}/cancellation")
    # The workshop then closes for the morning; whoever was booked is expected all the same.
    hours = {"first_day": str(day), "last_day": str(day), "applies_to": "workshop"}
    morning = hours | {"hours": "Mo-Su 09:30-17:30", "reason": "盘点"}
    await agent.post(f"/api/v1/stations/{station_id}/hours-overrides", morning)
    path = f"/api/v1/stations/{station_id}/workshop-days?day={day}&days=2"
    seen = await agent.get(path)
    today, tomorrow = seen["days"]
    full = {one["starts_at"][11:16]: (one["taken"], one["room"]) for one in _in_china(today)}
    assert list(full.items())[:3] == [("08:00", (1, 0)), ("09:30", (0, 4)), ("10:00", (1, 4))]
    assert [(one["plate"], one["owner"], one["state"]) for one in today["cars"]] == [
        ("辽A11111", "车主辽A11111", "booked"),
        ("辽A22222", "车主辽A22222", "booked"),
        ("辽A33333", "车主辽A33333", "cancelled"),
    ]
    assert today["cars"][0]["booking_id"] == first["id"]
    assert tomorrow["cars"] == []
    assert sum(one["room"] for one in tomorrow["hours"]) == 4 * len(tomorrow["hours"])


async def test_a_new_capacity_counts_at_once(service: Service):
    agent, station = await service.agent(), await service.station("DAYS", 1, workshop_hours=RULE)

    async def fewer(tx: Tx) -> None:
        await bookings.set_capacity(tx, "test", station.station_id, 1)

    await service.database.run(fewer)
    path = f"/api/v1/stations/{station.station_id}/workshop-days?day={at(0).date()}&days=1"
    seen = await agent.get(path)
    assert seen["per_hour"] == 1
    assert {one["room"] for one in seen["days"][0]["hours"]} == {1}


def _in_china(day: Any) -> list[Any]:
    def local(at: str) -> str:
        return datetime.fromisoformat(at).astimezone(CHINA).isoformat()

    return [one | {"starts_at": local(one["starts_at"])} for one in day["hours"]]
