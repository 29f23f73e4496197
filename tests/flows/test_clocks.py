"""After the acceptance every stage has a clock: the station is asked, the desk alarmed, the owner
told; and what answers the clock takes the alarm back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.flows.desk import accepted, alarm, no_alarm, said
from tests.service import SHENYANG, Client, Service


def at(told: str) -> datetime:
    return datetime.fromisoformat(told)


async def rang(agent: Client, ticket_id: str, clock: str) -> None:
    """The clock ran out, and everybody heard it."""
    await alarm(agent, ticket_id, f"dispatch_{clock}")
    await said(agent, ticket_id, f"station_{clock}")
    await said(agent, ticket_id, "owner_delayed")


async def test_not_departed_in_ten_minutes(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    due = await service.clock_goes_off("check_departure", dispatch_id=dispatch["id"])
    assert due == at(dispatch["accepted_at"]) + timedelta(minutes=10)
    await rang(agent, ticket_id, "not_departed")
    await station.post(f"/api/v1/dispatches/{dispatch['id']}/departure")
    await no_alarm(agent, ticket_id, "dispatch_not_departed")


async def test_the_promised_time_has_passed_until_there_is_a_new_promise(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent, eta=20)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await station.post(f"{path}/departure")
    due = await service.clock_goes_off("check_arrival", dispatch_id=dispatch["id"])
    assert due == at(dispatch["eta_at"]) == at(dispatch["accepted_at"]) + timedelta(minutes=20)
    await rang(agent, ticket_id, "late")
    promised = await station.post(f"{path}/eta", {"eta_minutes": 10})
    await no_alarm(agent, ticket_id, "dispatch_late")
    assert await service.clock_goes_off("check_arrival", dispatch_id=dispatch["id"]) == at(
        promised["eta_at"]
    )
    await alarm(agent, ticket_id, "dispatch_late")
    await station.post(f"{path}/arrival")
    await no_alarm(agent, ticket_id, "dispatch_late")


async def test_no_sign_of_life_for_fifteen_minutes(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    async with service.database.transaction() as tx:
        await tx.connection.execute(
            "update dispatches set last_sign_at = last_sign_at - interval '15 minutes'"
        )
    due = await service.clock_goes_off("check_silence", dispatch_id=dispatch["id"])
    assert due == at(dispatch["last_sign_at"]) + timedelta(minutes=15)
    await rang(agent, ticket_id, "silent")
    fix = {"lat": SHENYANG[0], "lon": SHENYANG[1], "fixed_at": datetime.now(UTC).isoformat()}
    await station.post(f"/api/v1/dispatches/{dispatch['id']}/positions", fix)
    await no_alarm(agent, ticket_id, "dispatch_silent")


async def test_a_truck_that_drives_away_is_noticed(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await station.post(f"{path}/departure")
    now = datetime.now(UTC)

    async def drives(minutes_ago: int, km_away: float) -> Any:
        fix = {
            "lat": SHENYANG[0] + km_away / 111,
            "lon": SHENYANG[1],
            "accuracy_m": 10,
            "fixed_at": (now - timedelta(minutes=minutes_ago)).isoformat(),
        }
        return await station.post(f"{path}/positions", fix)

    for minutes_ago in range(7, -1, -1):
        await drives(minutes_ago, km_away=10 - minutes_ago)
    await rang(agent, ticket_id, "driving_away")
