"""Days with hours of their own: over rule, calendar and roster, and seen by the next choice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callcenter.clock import CHINA
from tests.service import Client, Refused, Service
from tests.stations.cast import next_rescue, path_of, reasons_against, shift, was_asked


def days(first: int = 0, last: int = 0, **more: Any) -> dict[str, Any]:
    """From so many days from now to so many."""
    today = datetime.now(UTC).astimezone(CHINA).date()
    ends = {"first_day": first, "last_day": last}
    return {name: (today + timedelta(days=n)).isoformat() for name, n in ends.items()} | more


async def override(desk: Client, station: Client, **what: Any) -> Any:
    return await desk.post(path_of(station, "/hours-overrides"), what)


async def test_a_closed_day_goes_over_hours_and_roster_until_it_is_taken_back(service: Service):
    agent = await service.agent()
    near, far = await service.station("NEAR", 1), await service.station("FAR", 5)
    await agent.post(path_of(near, "/roster"), shift())
    made = await override(agent, near, **days(reason="flood"))
    rescue = await next_rescue(agent)
    assert was_asked(rescue, far)
    assert reasons_against(rescue, near) == ["off_duty"]
    path = path_of(near, f"/hours-overrides/{made['id']}")
    await agent.delete(path)
    await agent.delete(path)
    assert (await agent.get(path_of(near, "/hours-overrides")))["items"] == []
    assert was_asked(await next_rescue(agent), near)


async def test_hours_of_a_day_open_what_the_rule_closes_and_the_newest_counts(service: Service):
    agent = await service.agent()
    near = await service.station("NEAR", 1, rescue_hours="off")
    await override(agent, near, **days(-1, 1))
    await override(agent, near, **days(-1, 1, hours="24/7", applies_to="rescue"))
    assert was_asked(await next_rescue(agent), near)
    listed = (await agent.get(path_of(near, "/hours-overrides")))["items"]
    assert [one["hours"] for one in listed] == ["24/7", None]


async def test_the_workshop_s_day_is_not_the_rescue_s(service: Service):
    agent, near = await service.agent(), await service.station("NEAR", 1)
    await override(agent, near, **days(applies_to="workshop"))
    assert was_asked(await next_rescue(agent), near)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (days(1, 0), "hours_override_backwards"),
        (days(-3, -2), "hours_override_over"),
        (days(hours="soon"), "hours_unreadable"),
    ],
)
async def test_what_would_decide_nothing_is_refused(service: Service, body: Any, code: str):
    agent, near = await service.agent(), await service.station("NEAR", 1)
    with pytest.raises(Refused) as refusal:
        await override(agent, near, **body)
    assert (refusal.value.status, refusal.value.code) == (422, code)
