"""The choice beforehand: for a place, a fault and a car, who would come, and why not the nearer."""

from typing import Any

from tests.service import SHENYANG, Client, Service

HERE = {"lat": SHENYANG[0], "lon": SHENYANG[1]}


async def preview(agent: Client, **asked: Any) -> Any:
    return await agent.get("/api/v1/routing/preview", **(HERE | asked))


def who(considered: list[Any]) -> list[str]:
    return [one["station_id"] for one in considered]


def why_not(told: Any) -> dict[str, list[str]]:
    return {one["station_id"]: one["reasons"] for one in told["passed_over"]}


async def test_who_would_come_nearest_first_and_each_nearer_one_says_why_not(service: Service):
    agent = await service.agent()
    closed = await service.station("CLOSED", 1, rescue_hours="off")
    unskilled = await service.station("UNSKILLED", 2, skills=["battery"])
    suspended = await service.station("SUSPENDED", 3)
    path = f"/api/v1/stations/{suspended.station_id}/suspension"
    await agent.post(path, {"reason": "audit"})
    no_truck = await service.station("NOTRUCK", 4, trucks=[])
    first, second = await service.station("FIRST", 5), await service.station("SECOND", 6)

    told = await preview(agent, fault="flat_tyre")
    assert told["rung"] == "near"
    assert who(told["ranked"]) == [str(first.station_id), str(second.station_id)]
    assert [round(one["distance_m"] / 1000) for one in told["ranked"]] == [5, 6]
    reasons = why_not(told)
    assert reasons[str(closed.station_id)] == ["off_duty"]
    assert reasons[str(unskilled.station_id)] == ["skill_missing"]
    assert reasons[str(suspended.station_id)] == ["suspended"]
    assert reasons[str(no_truck.station_id)] == ["no_truck"]


async def test_at_the_time_that_is_asked_about_and_why_a_station_is_closed_then(service: Service):
    agent = await service.agent()
    by_day = await service.station("DAY", 1, rescue_hours="08:00-20:00")
    always = await service.station("ALWAYS", 9)
    noon = await preview(agent, at="2026-12-01T12:00:00+08:00")
    assert who(noon["ranked"]) == [str(by_day.station_id), str(always.station_id)]
    night = await preview(agent, at="2026-12-01T03:00:00+08:00")
    assert who(night["ranked"]) == [str(always.station_id)]
    assert why_not(night) == {str(by_day.station_id): ["off_duty"]}


async def test_the_car_decides_about_the_truck(service: Service):
    agent = await service.agent()
    lift = await service.station("LIFT", 1, trucks=[["wheel_lift"]])
    flatbed = await service.station("FLATBED", 9, trucks=[["flatbed"]])
    petrol = await preview(agent, fault="engine", energy="petrol")
    assert who(petrol["ranked"])[0] == str(lift.station_id)
    electric = await preview(agent, fault="engine", energy="electric")
    assert who(electric["ranked"]) == [str(flatbed.station_id)]
    assert why_not(electric) == {str(lift.station_id): ["equipment_missing"]}


async def test_looking_asks_nobody(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    await preview(agent)
    assert (await station.get("/api/v1/offers"))["items"] == []


async def test_nobody_within_reach_is_said_as_the_alarm(service: Service):
    agent = await service.agent()
    far = await service.station("FAR", 500)
    told = await preview(agent)
    assert (told["rung"], told["ranked"]) == ("alarm", [])
    assert str(far.station_id) not in why_not(told)
