"""What the desk asks of stations: found by a few letters, page by page; and what hours mean."""

import pytest

from callcenter.staff.model import Role
from callcenter.staff.roles import ROLES
from callcenter.web.sheets.write import xlsx
from tests.service import Client, Refused, Service
from tests.stations.test_by_file_http import IMPORTS, upload

PREVIEW = "/api/v1/hours/preview"


async def codes(client: Client, **query: object) -> list[str]:
    found = await client.get("/api/v1/stations", **query)
    return [one["code"] for one in found["items"]]


async def test_found_by_code_name_or_city_and_suspended_or_not(service: Service):
    agent = await service.agent()
    await service.station("SY1", name_zh="东望站", name_en="Dongwang")
    await service.station("DL1", 5, city_zh="大连", city_en="Dalian", name_zh="100%站")
    assert await codes(agent, search=" 东望 ") == ["SY1"]
    assert await codes(agent, search="dalian") == ["DL1"]
    assert await codes(agent, search="l1") == ["DL1"]
    # What means something to the database means itself here.
    assert await codes(agent, search="%") == ["DL1"]
    assert await codes(agent, search="_") == await codes(agent, search="!") == []
    (station,) = (await agent.get("/api/v1/stations", search="SY1"))["items"]
    await agent.post(f"/api/v1/stations/{station['id']}/suspension", {"reason": "audit"})
    assert await codes(agent, suspended="true") == ["SY1"]
    assert await codes(agent, suspended="false") == ["DL1"]
    (point,) = (await agent.get("/api/v1/stations/points", suspended="true"))["items"]
    assert (point["code"], point["suspended"]) == ("SY1", True)
    assert len((await agent.get("/api/v1/stations/points"))["items"]) == 2
    page = await agent.get("/api/v1/stations", limit=1)
    assert await codes(agent, cursor=page["next_cursor"]) == ["SY1"]


async def test_a_holiday_week_a_make_up_day_and_a_night(service: Service):
    agent = await service.agent()
    hours = "Mo-Fr 20:00-06:00; PH off"
    preview = await agent.get(PREVIEW, hours=hours, first_day="2026-10-01", days=14)
    days = {day["day"]: day for day in preview["days"]}
    assert (days["2026-10-01"]["kind"], days["2026-10-01"]["spans"]) == ("holiday", [])
    night = [{"begins": "20:00", "ends": "06:00", "over_midnight": True}]
    # The Saturday on which the holiday is made up for.
    assert (days["2026-10-10"]["kind"], days["2026-10-10"]["spans"]) == ("make_up", night)
    assert (days["2026-10-08"]["kind"], days["2026-10-08"]["spans"]) == ("ordinary", night)
    assert len((await agent.get(PREVIEW, hours="24/7"))["days"]) == 14
    with pytest.raises(Refused, match="hours_unreadable"):
        await agent.get(PREVIEW, hours="Mo-Fr 8 to 5")


async def test_days_set_by_hand_count_where_they_were_set(service: Service):
    agent = await service.agent()
    station = (await service.station("SY1")).station_id
    body = {"first_day": "2100-01-04", "last_day": "2100-01-04", "applies_to": "rescue"}
    await agent.post(f"/api/v1/stations/{station}/hours-overrides", body)
    asked = {"hours": "24/7", "first_day": "2100-01-04", "days": 1, "station_id": str(station)}
    (rescue,) = (await agent.get(PREVIEW, **asked))["days"]
    assert (rescue["by_hand"], rescue["spans"]) == (True, [])
    (workshop,) = (await agent.get(PREVIEW, **asked, which="workshop"))["days"]
    assert (workshop["by_hand"], len(workshop["spans"])) == (False, 1)
    with pytest.raises(Refused, match="422"):
        await agent.get(PREVIEW, **asked, which="both")


async def test_headings_are_read_before_a_sheet_is_tried_out(service: Service):
    supervisor = await service.client(sorted(ROLES[Role.SUPERVISOR]))
    data = xlsx(["网点号", "名称", "编号"], [["A", "东望站", "SY1"], ["B", "北望站", "SY2"]])
    read = await upload(supervisor, data, mapping=None, to=f"{IMPORTS}/headings")
    taken = {one["heading"]: one["field"] for one in read["headings"]}
    assert (taken, read["rows"]) == ({"网点号": None, "名称": "name_zh", "编号": "code"}, 2)
    assert read["headings"][0]["examples"] == ["A", "B"]
    assert (await supervisor.get(IMPORTS))["items"] == []
    planned = await upload(supervisor, data, mapping="编号=-\n网点号=code")
    assert planned["unknown_headings"] == ["编号"]
    assert [row["code"] for row in planned["first_rows"]] == ["A", "B"]
    await upload(supervisor, data, mapping="")
    first = await supervisor.get(IMPORTS, limit=1)
    second = await supervisor.get(IMPORTS, limit=1, cursor=first["next_cursor"])
    assert [one["id"] for one in second["items"]] == [planned["id"]]
