"""What the desk looks at and writes down of a rescue beside the asking itself: alarms in their
order, stations by name, what a partner tells by telephone, what was said to whom."""

from typing import Any
from uuid import uuid4

import pytest

from callcenter.settings import RoutingSettings
from tests.contract.browser import browser
from tests.contract.world import PNG
from tests.flows.desk import accepted, located_rescue, said
from tests.flows.test_second_leg import CLOSED_NOW
from tests.service import Refused, Service, eventually, offer_for, open_rescue

PATIENT = pytest.mark.parametrize(
    "routing", [RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600)], ids=["patient"]
)


OPEN_ALARMS = """
insert into alarms (id, kind, reason, raised_at, taken_by, taken_at, drill)
select gen_random_uuid(), kind, 'test', now() - ago, taken_by, taken_at, drill
from (values ('oldest', interval '1 hour', null, null::timestamptz, false)) as old
    (kind, ago, taken_by, taken_at, drill)
union all
select gen_random_uuid(), 'taken' || n, 'test', now(), 'staff:x', now(), false
from generate_series(1, 60) n
union all
select gen_random_uuid(), 'drill' || n, 'test', now(), null, null, true
from generate_series(1, 60) n
"""


async def test_an_old_alarm_that_nobody_has_taken_stays_in_sight(service: Service):
    async with service.database.transaction() as tx:
        await tx.connection.execute(OPEN_ALARMS)
    shown = (await (await service.agent()).get("/api/v1/alarms/waiting"))["items"]
    assert shown[0]["kind"] == "oldest"
    assert [one["taken_at"] is None for one in shown].count(True) == 1
    assert not any(one["drill"] for one in shown)


@PATIENT
async def test_the_list_to_choose_from_by_hand_says_what_speaks_against_each(service: Service):
    agent = await service.agent()
    awake = await service.station("AWAKE", 1)
    await service.station("ASLEEP", 2, rescue_hours="off", duty_phone="+862411112222")
    shut = await service.station("SHUT", 3)
    await service.station("TOW", 300, kind="tow_partner", trucks=[["wheel_lift"], ["winch"]])
    path = f"/api/v1/stations/{shut.station_id}/suspension"
    await agent.post(path, {"reason": "audit"})
    unlocated = await open_rescue(agent)
    with pytest.raises(Refused, match="place_not_confirmed"):
        await agent.get(f"/api/v1/rescues/{unlocated['id']}/hand-list")
    ticket_id = await located_rescue(agent)
    await offer_for(awake, ticket_id)
    items = (await agent.get(f"/api/v1/rescues/{ticket_id}/hand-list"))["items"]
    seen = {one["station"]["code"]: one for one in items}
    assert list(seen) == ["AWAKE", "ASLEEP", "SHUT", "TOW"]
    assert (seen["AWAKE"]["was_asked"], seen["ASLEEP"]["was_asked"]) == (True, False)
    assert seen["ASLEEP"]["to_overrule"] == ["off_duty"]
    assert seen["ASLEEP"]["station"]["phone"] == "+862411112222"
    assert seen["SHUT"]["barred_by"] == ["suspended"]
    assert [truck["plate"] for truck in seen["TOW"]["trucks"]] == ["TOW0", "TOW1"]


async def test_a_new_promise_and_a_car_that_was_gone_are_told_by_telephone(service: Service):
    agent = await service.agent()
    station, ticket_id, dispatch = await accepted(service, agent)
    path = f"/api/v1/dispatches/{dispatch['id']}"
    later = await agent.post(f"{path}/phone-eta", {"eta_minutes": 90})
    assert later["eta_at"] > dispatch["eta_at"]
    await agent.post(f"{path}/phone-report", {"stage": "arrived"})
    gone: dict[str, Any] = {"stage": "gone_on_arrival", "called_owner": True}
    with pytest.raises(Refused, match="proof_missing"):
        await agent.post(f"{path}/phone-report", gone)
    headers = {"Content-Type": "image/png", "Idempotency-Key": str(uuid4())}
    async with station.session.post("/api/v1/files", data=PNG, headers=headers) as answer:
        photo = (await answer.json())["id"]
    with pytest.raises(Refused, match="proof_missing"):
        await agent.post(
            f"{path}/phone-report", gone | {"proof_file": photo, "called_owner": False}
        )
    ended = await agent.post(f"{path}/phone-report", gone | {"proof_file": photo})
    assert (ended["stage"], ended["proof_file"]) == ("gone_on_arrival", photo)
    assert (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"] == "resolved"


async def test_a_message_is_shown_without_its_link_and_sent_once_more(service: Service):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    path = f"/api/v1/tickets/{ticket['id']}"
    await agent.post(f"{path}/location-links")
    whole = await said(agent, ticket["id"], "location_link")
    assert "/l/" in whole["body"]

    async def links() -> Any:
        items = (await agent.get(f"{path}/messages"))["items"]
        found = [one for one in items if one["purpose"] == "location_link"]
        return found if all(one["state"] == "sent" for one in found) else None

    (shown,) = await eventually(links)
    assert "http" not in shown["words"]
    await agent.post(f"{path}/messages/{shown['id']}/repetition")
    assert [one["words"] for one in await eventually(links)] == [shown["words"]] * 2
    other = await open_rescue(agent)
    with pytest.raises(Refused, match="message_not_found"):
        await agent.post(f"/api/v1/tickets/{other['id']}/messages/{shown['id']}/repetition")


async def test_where_the_car_is_taken_and_where_it_could_be_taken_instead(service: Service):
    agent = await service.agent()
    holder = await service.station("HOLDER", 3, workshop_hours=CLOSED_NOW)
    await service.station("FIRST", 4, trucks=[], workshop_hours="24/7", address="Ring Road 4")
    await service.station("SECOND", 6, trucks=[], workshop_hours="24/7", brands=["Else"])
    ticket_id = await located_rescue(agent)
    offer = await offer_for(holder, ticket_id)
    path = f"/api/v1/offers/{offer['id']}/acceptance"
    dispatch = await holder.post(path, {"eta_minutes": 20})
    await holder.post(f"/api/v1/dispatches/{dispatch['id']}/arrival")
    await agent.post(f"/api/v1/rescues/{ticket_id}/tow")
    leg = await agent.get(f"/api/v1/rescues/{ticket_id}/second-leg")
    stops = {one["name_en"]: one for one in leg["stops"]}
    assert stops["Station FIRST"]["is_open"] is True
    assert stops["Station FIRST"]["address"] == "Ring Road 4"
    assert stops["Station HOLDER"]["is_open"] is False
    instead = (await agent.get(f"/api/v1/rescues/{ticket_id}/tow/destinations"))["items"]
    told = {one["name_en"]: one["reasons"] for one in instead}
    assert told["Station HOLDER"] == ["closed"]
    assert told["Station FIRST"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/desk", "/console/"),
        ("/desk/stations", "/console/station-imports"),
        ("/desk/rescues/{id}", "/console/rescues/{id}"),
        ("/desk/work-orders/{id}", "/work-orders/{id}"),
        ("/desk/station-imports/{id}", "/console/station-imports/{id}"),
    ],
)
async def test_an_address_that_somebody_has_kept_leads_to_the_console(
    service: Service, old: str, new: str
):
    kept = str(uuid4())
    async with (
        browser(service) as stranger,
        stranger.get(old.format(id=kept), allow_redirects=False) as answer,
    ):
        assert (answer.status, answer.headers["Location"]) == (303, new.format(id=kept))
