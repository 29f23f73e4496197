"""Whether a station could be asked now, as the desk and the station itself read it."""

from typing import Any

import pytest

from callcenter.web.permission import Permission
from tests.service import Client, Service, offer_for
from tests.stations.cast import OWN, edit, itself, next_rescue, path_of, shift


async def ready(desk: Client, station: Client) -> Any:
    return await desk.get(path_of(station, "/readiness"))


def trucks(readiness: Any) -> dict[str, tuple[bool, bool, str | None]]:
    """Plate -> busy, free, with which rescue."""
    return {
        truck["plate"]: (truck["is_busy"], truck["is_free"], truck["ticket_number"])
        for truck in readiness["trucks"]
    }


async def test_a_truck_is_busy_during_its_rescue_and_free_after(service: Service):
    agent = await service.agent()
    station = await service.station("NEAR", 1, trucks=[["flatbed"], ["winch"]])
    before = await ready(agent, station)
    assert (before["is_ready"], before["reasons"], before["open_offers"]) == (True, [], 0)
    assert trucks(before) == {"NEAR0": (False, True, None), "NEAR1": (False, True, None)}
    assert [truck["equipment"] for truck in before["trucks"]] == [["flatbed"], ["winch"]]

    rescue = await next_rescue(agent)
    assert (await ready(agent, station))["open_offers"] == 1
    offer = await offer_for(station, rescue["ticket_id"])
    body = {"eta_minutes": 20, "truck_id": before["trucks"][1]["id"]}
    dispatch = await station.post(f"/api/v1/offers/{offer['id']}/acceptance", body)
    number = (await agent.get(f"/api/v1/tickets/{rescue['ticket_id']}"))["number"]
    during = await ready(agent, station)
    assert trucks(during) == {"NEAR0": (False, True, None), "NEAR1": (True, False, number)}
    assert (during["is_ready"], during["open_offers"]) == (True, 0)

    for step in ("departure", "arrival"):
        await station.post(f"/api/v1/dispatches/{dispatch['id']}/{step}")
    path = f"/api/v1/dispatches/{dispatch['id']}/completion"
    await station.post(path, {"outcome": "repaired"})
    assert trucks(await ready(agent, station)) == trucks(before)


async def test_only_who_reads_dispatches_is_told_which_rescue_a_truck_serves(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    rescue = await next_rescue(agent)
    offer = await offer_for(station, rescue["ticket_id"])
    await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    engineer = await service.client([Permission.STATIONS_READ])
    seen = await ready(engineer, station)
    assert trucks(seen) == {"NEAR0": (True, False, None)}
    assert (seen["is_ready"], seen["reasons"]) == (False, ["no_free_truck"])
    own = await (await itself(service, station)).get(f"{OWN}/readiness")
    assert own | {"at": 0} == seen | {"at": 0}


async def test_an_offer_that_waits_holds_the_only_truck(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    await next_rescue(agent)
    waiting = await ready(agent, station)
    assert trucks(waiting) == {"NEAR0": (False, True, None)}
    assert (waiting["reasons"], waiting["open_offers"]) == (["no_free_truck"], 1)


async def test_who_is_on_duty_and_what_says_so(service: Service):
    agent = await service.agent()
    station = await service.station("NEAR", 1, duty_phone="+862488881234")
    by_hours = (await ready(agent, station))["duty"]
    assert by_hours == {
        "on_duty": True,
        "decided_by": "rescue_hours",
        "roster_entry_id": None,
        "until": None,
        "person": None,
        "phone": "+862488881234",
    }
    await edit(agent, station, {"rescue_hours": "Mo-Su off"})
    closed = await ready(agent, station)
    assert (closed["duty"]["on_duty"], closed["reasons"]) == (False, ["off_duty"])
    wang = shift(person="王师傅", phone="13900139000")
    entry = await agent.post(path_of(station, "/roster"), wang)
    assert (await ready(agent, station))["duty"] == {
        "on_duty": True,
        "decided_by": "roster",
        "roster_entry_id": entry["id"],
        "until": entry["ends_at"],
        "person": "王师傅",
        "phone": "+8613900139000",
    }
    # The newest entry counts; with nobody on duty the station's own phone is left.
    holiday = await agent.post(path_of(station, "/roster"), shift(on_duty=False, person="王师傅"))
    nobody = (await ready(agent, station))["duty"]
    assert (nobody["on_duty"], nobody["roster_entry_id"]) == (False, holiday["id"])
    assert (nobody["person"], nobody["phone"]) == (None, "+862488881234")


@pytest.mark.parametrize("until", [None, "2200-01-01T00:00:00Z"], ids=["open_end", "until"])
async def test_a_suspension_is_shown_with_its_reason_and_end(service: Service, until: str | None):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    await agent.post(path_of(station, "/suspension"), {"reason": "audit", "until": until})
    seen = await ready(agent, station)
    assert (seen["is_ready"], seen["reasons"]) == (False, ["suspended"])
    told = (seen["is_suspended"], seen["suspended_until"], seen["suspended_reason"])
    assert told == (True, until, "audit")
