"""A supervisor sets how a campaign's calls are dialled, and sees how they stand."""

import asyncio
from typing import Any

import pytest

from callcenter.calls.agents.model import READY
from callcenter.outbound.dialling import rules
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.policies.shelf import pack
from callcenter.web.permission import Permission
from tests.calls.floor import Floor
from tests.outbound.test_claim_races import BLIND, with_control
from tests.service import Client, Refused, Service

SCOPES = [Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE]
CALLED = {"name": "投诉回访", "kind": "complaint_call_back"}


async def drafted(boss: Client, **changes: Any) -> str:
    made = await boss.post("/api/v1/campaigns", CALLED | changes)
    return f"/api/v1/campaigns/{made['id']}"


async def refused(asked: Any) -> Any:
    with pytest.raises(Refused) as met:
        await asked
    return met.value.problem["code"]


async def test_the_plan_counts_until_somebody_sets_it(service: Service):
    boss = await service.client(SCOPES)
    path = await drafted(boss)
    before = await boss.get(f"{path}/dialling")
    assert (before["mode"], before["planned"], before["version"]) == ("preview", "preview", 0)
    wish = {"mode": "predictive", "group": "complaint", "cap": 0.02, "machine": "hang_up"}
    now = await boss.patch(f"{path}/dialling", wish, version=0)
    assert {name: now[name] for name in wish} == wish
    assert (now["planned"], now["version"]) == ("preview", 1)
    again = await boss.patch(f"{path}/dialling", {"cap": 0.01}, version=1)
    assert (again["mode"], again["cap"], again["version"]) == ("predictive", 0.01, 2)
    assert await boss.get(f"{path}/dialling") == again


async def test_who_is_refused_hears_why(service: Service, monkeypatch: pytest.MonkeyPatch):
    boss = await service.client(SCOPES)
    path = f"{await drafted(boss)}/dialling"
    nobody = {"group": "nobody"}
    assert await refused(boss.patch(path, nobody, version=0)) == "group_unknown"
    assert await refused(boss.patch(path, {"cap": 0.04}, version=0)) == "invalid"
    by_law = pack("cn", await service.database.run(lambda tx: tx.now()))
    strict = by_law.model_copy(
        update={"abandoned": by_law.abandoned.model_copy(update={"ceiling": 0.01})}
    )
    monkeypatch.setattr(rules, "pack", lambda code, at: strict)
    over = {"cap": 0.02}
    assert await refused(boss.patch(path, over, version=0)) == "abandon_budget_over_ceiling"
    usual = await boss.get("/api/v1/campaign-templates")
    greeting = next(one for one in usual["items"] if one["kind"] == "greeting")
    texts = [one for one in greeting["plan"]["steps"] if one["way"] == "text"]
    plan = greeting["plan"] | {"steps": texts[:1]}
    without = await drafted(boss, kind="greeting", plan=plan)
    assert await refused(boss.get(f"{without}/dialling")) == "campaign_without_agent_calls"


@with_control("keep_dialling")
async def test_of_two_who_set_it_at_once_one_hears_of_the_other(
    service: Service, monkeypatch: pytest.MonkeyPatch, blind: tuple[str, ...]
):
    for name in blind:
        monkeypatch.setattr(SQL, name, getattr(BLIND, name))
    one, two = await service.client(SCOPES), await service.client(SCOPES)
    path = f"{await drafted(one)}/dialling"
    for version in (0, 1):
        tries = [
            who.patch(path, {"mode": mode}, version=version)
            for who, mode in ((one, "progressive"), (two, "predictive"))
        ]
        came = await asyncio.gather(*tries, return_exceptions=True)
        stale = [met for met in came if isinstance(met, Refused)]
        assert [met.problem["code"] for met in stale] == ["version_stale"]
        (told,) = [met for met in came if isinstance(met, dict)]
        assert await one.get(path) == told


async def test_what_is_over_is_not_dialled_otherwise(service: Service):
    boss = await service.client(SCOPES)
    path = await drafted(boss)
    async with service.database.transaction() as tx:
        await tx.connection.execute("update campaigns set state = 'over'")
    late = boss.patch(f"{path}/dialling", {"mode": "progressive"}, version=0)
    assert await refused(late) == "campaign_move_refused"


async def test_the_picture_shows_agents_lines_and_the_budget(service: Service):
    boss, floor = await service.client(SCOPES), Floor(service.database)
    path = await drafted(boss)
    empty = await boss.get(f"{path}/pacing")
    assert (empty["paced"], empty["looked_at"], empty["calls"]) == (None, None, {})
    await floor.ready(await floor.agent(), READY)
    talks = await floor.agent()
    await floor.ready(talks, READY)
    await floor.picks_up(talks, (await floor.rings()).id)
    async with service.database.transaction() as tx:
        (row,) = await tx.connection.fetch("select id from campaigns")
        stood = '{"mode": "progressive", "because": "small_group", "answer_rate": 0.4,'
        await SQL.keep_stood(
            tx.connection,
            campaign_id=row["id"],
            mode="predictive",
            group_name="desk",
            cap=0.03,
            machine="not_asked",
            stood=f'{stood} "answer_rate_within": 0.1, "free": 7}}',
        )
    now = await boss.get(f"{path}/pacing")
    assert now["agents"] == {"free": 1, "talking": 1, "writing": 0}
    assert now["last_day"] == {"hours": 24, "answered": 0, "abandoned": 0, "cap": 0.03}
    assert (now["paced"]["because"], now["paced"]["answer_rate"]) == ("small_group", 0.4)
    # Nobody has set it: what the dialling keeps for itself is no setting.
    assert (await boss.get(f"{path}/dialling"))["version"] == 0
