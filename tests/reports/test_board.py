"""The board agrees with the event log at every step, and each figure with what it opens to."""

import asyncio
import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.settings import RoutingSettings
from callcenter.staff import alarms
from callcenter.staff.roles import SCOPES
from tests.reports.recount import STAGES, heard, recount
from tests.reports.story import Day
from tests.service import Client, Service, add_station, confirm_place, eventually, open_rescue

FIGURES = ("rescues", "offers", "alarms", "opened_today", "closed_today", "handovers")
PATIENT = RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600)


def figures(board: dict[str, Any]) -> dict[str, Any]:
    return {name: board[name] for name in FIGURES}


async def agrees(service: Service, board: dict[str, Any]) -> None:
    """With a recount of the log by the board's own snapshot."""
    async with service.database.reading() as tx:
        counted = await recount(tx, board["snapshot"], datetime.fromisoformat(board["at"]))
    assert figures(board) == counted


async def hours_agree(service: Service, hours: dict[str, Any]) -> None:
    """The chart's, with a recount of the log by their own snapshot."""
    async with service.database.reading() as tx:
        counted = await heard(tx, hours["snapshot"])
    at = datetime.fromisoformat(hours["at"])
    assert {n: v for n, v in hours.items() if n not in ("at", "snapshot")} == counted.hours(at)


async def grows_older(owner: Any, by: timedelta) -> None:
    """All that happened so far happened so much earlier."""
    earlier = ", ".join(f"{name} = {name} - $1::interval" for name in ("opened_at", "closed_at"))
    await owner.execute(f"update tickets set {earlier}", by)
    # The log is append-only for everybody but this test.
    async with owner.transaction():
        await owner.execute("alter table events disable trigger user")
        await owner.execute("update events set at = at - $1::interval", by)
        await owner.execute("alter table events enable trigger user")


async def all_of(client: Client, path: str, **query: Any) -> list[Any]:
    """Every page of the list, three at a time."""
    page = await client.get(path, limit=3, **query)
    found = page["items"]
    while page["next_cursor"]:
        page = await client.get(path, limit=3, cursor=page["next_cursor"], **query)
        found += page["items"]
    assert len({one["id"] for one in found}) == len(found)
    return found


async def lists(client: Client) -> dict[str, Any]:
    """What the figures open to, counted."""
    path = "/api/v1/board"
    return {
        "rescues": {s: len(await all_of(client, f"{path}/rescues", stage=s)) for s in STAGES},
        **{
            name: len(await all_of(client, f"{path}/{name}"))
            for name in ("offers", "alarms", "handovers")
        },
        **{
            f"{day}_today": len(await all_of(client, f"{path}/tickets", day=day))
            for day in ("opened", "closed")
        },
    }


@pytest.fixture
async def day(service: Service) -> Day:
    async with service.database.transaction() as tx:
        for number in range(4):
            trucks = [["flatbed", "winch"]] * 6
            await add_station(tx, f"S{number}", number, trucks=trucks, simulated=number == 0)
    one = Day(service, await service.client(sorted(SCOPES)), random.Random(20261125))
    await one.comes()
    return one


@pytest.mark.parametrize("routing", [PATIENT])
async def test_at_every_step_of_a_long_day_the_board_is_a_recount_of_the_log(
    service: Service, day: Day
):
    wanted, seen = {*FIGURES[1:], *STAGES} - {"handed_over"}, set[str]()
    # What is answered when is the machine's: the day is longer where something is still unseen.
    for step in range(1000):
        if step >= 250 and seen == wanted:
            break
        await day.goes_on()
        board = await day.client.get("/api/v1/board")
        await agrees(service, board)
        seen |= {name for name in FIGURES[1:] if board[name]}
        seen |= {stage for stage, count in board["rescues"].items() if count}
    assert seen == wanted, "the day was too quiet"
    assert day.done > 120

    async def still() -> bool:
        board = await day.client.get("/api/v1/board")
        return await lists(day.client) == figures(board)

    await eventually(still)


@pytest.mark.parametrize("routing", [PATIENT])
async def test_the_hours_of_today_and_of_the_days_before_are_a_recount_of_the_log(
    service: Service, day: Day, owner: Any
):
    for hours in (26, 25, 100, 60, 3):
        for _ in range(5):
            await day.opens()
        for _ in range(8):
            await day.tries(day.ends)
        await hours_agree(service, await day.client.get("/api/v1/board/hours"))
        await grows_older(owner, timedelta(hours=hours))
    # Three hours ago may be yesterday.
    await day.opens()
    told = await day.client.get("/api/v1/board/hours")
    await hours_agree(service, told)
    assert told["days"] == 7
    assert min(sum(told[f"{what}_before"]) for what in ("opened", "closed")) > 0
    assert sum(told["opened_today"]) > 0


@pytest.mark.parametrize("routing", [PATIENT])
async def test_while_many_act_at_once_no_figure_is_ahead_of_its_snapshot_or_behind(
    service: Service, day: Day
):
    boards: list[dict[str, Any]] = []

    async def act(times: int) -> None:
        for _ in range(times):
            await day.goes_on()

    async def watch() -> None:
        while True:
            boards.append(await day.client.get("/api/v1/board"))

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(act(20) for _ in range(5)))
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert len({board["snapshot"] for board in boards}) > 20
    for board in boards:
        await agrees(service, board)


async def test_an_event_behind_the_cursor_is_in_the_figures_or_comes_on_the_feed(
    service: Service, day: Day, owner: Any
):
    """A transaction that is open holds the cursor back; what commits meanwhile is counted."""
    async with owner.transaction():
        await owner.execute("select pg_current_xact_id()")
        before = await day.client.get("/api/v1/board")
        await open_rescue(day.client)
        after = await day.client.get("/api/v1/board")
        assert after["cursor"] == before["cursor"]
        assert after["rescues"]["opened"] == before["rescues"]["opened"] + 1
        await agrees(service, after)


async def test_the_map_shows_where_rescues_and_stations_are_and_how_they_stand(
    service: Service, day: Day
):
    ticket = await open_rescue(day.client)
    assert (await day.client.get("/api/v1/board/map"))["rescues"] == []
    await confirm_place(day.client, ticket["id"])

    async def on_the_map() -> Any:
        found = (await day.client.get("/api/v1/board/map"))["rescues"]
        return [one for one in found if one["stage"] == "dispatching"]

    (shown,) = await eventually(on_the_map)
    assert (shown["id"], round(shown["lat"], 2)) == (ticket["id"], 41.81)
    page = await day.client.get("/api/v1/stations")
    suspended = page["items"][0]["id"]
    path = f"/api/v1/stations/{suspended}/suspension"
    await day.client.post(path, {"reason": "audit"})

    async def stands() -> Any:
        found = (await day.client.get("/api/v1/board/map"))["stations"]
        states = {one["id"]: one["state"] for one in found}
        return len(states) == 4 and states[suspended] == "suspended" and states

    states = await eventually(stands)
    assert {*states.values()} == {"suspended", "free"}
    assert shown["rings"] is False
    async with service.database.transaction() as tx:
        about = UUID(ticket["id"])
        await alarms.raise_alarm(tx, kind="dispatch_late", reason="test", ticket_id=about)
    bare = await day.client.get("/api/v1/board/map", stations="false")
    assert bare["stations"] == []
    assert [one["rings"] for one in bare["rescues"]] == [True]
