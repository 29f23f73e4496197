"""What is changed at a station counts in the next choice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.service import Client, Refused, Service, eventually
from tests.stations.cast import edit, next_rescue, path_of, reasons_against, was_asked


async def near_and_far(service: Service) -> tuple[Client, Client, Client]:
    return await service.agent(), await service.station("NEAR", 1), await service.station("FAR", 9)


@pytest.mark.parametrize(
    ("unable", "reason", "able"),
    [
        ({"rescue_hours": "Mo-Su off"}, "off_duty", {"rescue_hours": "24/7"}),
        ({"skills": ["battery"]}, "skill_missing", {"skills": ["battery", "tyre"]}),
    ],
    ids=["hours", "skills"],
)
async def test_hours_and_skills_that_are_changed_decide_who_is_asked_next(
    service: Service, unable: dict[str, Any], reason: str, able: dict[str, Any]
):
    agent, near, far = await near_and_far(service)
    await edit(agent, near, unable)
    rescue = await next_rescue(agent)
    assert was_asked(rescue, far)
    assert reasons_against(rescue, near) == [reason]
    await edit(agent, near, able)
    assert was_asked(await next_rescue(agent), near)


async def test_a_truck_out_of_service_is_not_counted(service: Service):
    agent, near, far = await near_and_far(service)
    (truck,) = (await agent.get(path_of(near)))["trucks"]
    path = f"/api/v1/trucks/{truck['id']}"
    out = await agent.patch(path, {"in_service": False}, version=truck["version"])
    rescue = await next_rescue(agent)
    assert was_asked(rescue, far)
    assert reasons_against(rescue, near) == ["no_truck"]
    await agent.patch(path, {"in_service": True}, version=out["version"])
    assert was_asked(await next_rescue(agent), near)


async def test_a_station_that_is_resumed_is_asked_again(service: Service):
    agent, near, far = await near_and_far(service)
    suspended = await agent.post(path_of(near, "/suspension"), {"reason": "audit"})
    assert suspended["suspended_reason"] == "audit"
    rescue = await next_rescue(agent)
    assert was_asked(rescue, far)
    assert reasons_against(rescue, near) == ["suspended"]
    resumed = await agent.delete(path_of(near, "/suspension"))
    assert resumed["suspended_at"] is None
    assert was_asked(await next_rescue(agent), near)


async def test_a_suspension_runs_out_by_itself(service: Service):
    agent, near, _ = await near_and_far(service)
    until = datetime.now(UTC) + timedelta(seconds=6)
    suspension = {"reason": "audit", "until": until.isoformat()}
    await agent.post(path_of(near, "/suspension"), suspension)

    async def over() -> bool:
        readiness = await agent.get(path_of(near, "/readiness"))
        # By the database's clock, whenever the answer comes.
        still = datetime.fromisoformat(readiness["at"]) < until
        assert readiness["is_suspended"] == still
        assert readiness["suspended_reason"] == ("audit" if still else None)
        return not still

    await eventually(over)
    assert was_asked(await next_rescue(agent), near)


async def test_a_suspension_that_would_be_over_already_is_refused(service: Service):
    agent, near, _ = await near_and_far(service)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    with pytest.raises(Refused) as refusal:
        await agent.post(path_of(near, "/suspension"), {"reason": "audit", "until": yesterday})
    assert (refusal.value.status, refusal.value.code) == (422, "suspension_over")
    assert (await agent.get(path_of(near)))["suspended_at"] is None
