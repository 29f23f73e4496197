"""What a second person has approved is what runs: the rule of its audience stays as he has read it.
And of an owner's two cars each is spoken of in its time."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import frozen
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.errors import AudienceOfCampaign
from callcenter.outbound.audiences.rules import rule_of
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.model import Run
from callcenter.outbound.campaigns.templates import template
from callcenter.web.permission import Permission
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.life import PLANNER, campaign, his_car
from tests.outbound.campaigns.rows import touches
from tests.service import Client, Refused, Service

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
DESK = [Permission.OUTBOUND_READ, Permission.OUTBOUND_WRITE]
BOSS = [Permission.OUTBOUND_READ, Permission.OUTBOUND_APPROVE]
EX5: dict[str, Any] = {"kind": "all", "of": [{"kind": "model", "any_of": ["EX5"]}]}
ALL: dict[str, Any] = {"kind": "all", "of": []}


async def audience(client: Client, name: str, rule: Any) -> str:
    return str((await client.post("/api/v1/audiences", {"name": name, "rule": rule}))["id"])


async def changes(client: Client, audience_id: str, version: int = 1, **what: Any) -> str:
    """The code of what became of it."""
    try:
        await client.patch(f"/api/v1/audiences/{audience_id}", what, version=version)
    except Refused as refused:
        return str(refused.code)
    return "changed"


@pytest.mark.parametrize("by_name", [False, True], ids=["itself", "named"])
async def test_the_rule_stays_from_handing_in_to_the_end(service: Service, by_name: bool) -> None:
    """Also where the campaign's audience only names it. Its name may change."""
    await his_car(service.database)
    planner, boss = await service.client(DESK), await service.client(BOSS)
    rule_id = whole = await audience(planner, "EX5", EX5)
    if by_name:
        naming = {"kind": "all", "of": [{"kind": "audience", "audience_id": rule_id}]}
        whole = await audience(planner, "EX5 车主", naming)
    draft = {"name": "年终保养", "kind": "maintenance", "audience_id": whole}
    made = await planner.post("/api/v1/campaigns", draft)
    path = f"/api/v1/campaigns/{made['id']}"
    assert await changes(planner, rule_id, rule=ALL) == "changed"
    assert await changes(planner, rule_id, version=2, rule=EX5) == "changed"
    await planner.post(f"{path}/submission")
    assert await changes(planner, rule_id, version=3, rule=ALL) == "audience_of_campaign"
    await boss.post(f"{path}/approval", version=2)
    assert await changes(planner, rule_id, version=3, rule=ALL) == "audience_of_campaign"
    await planner.post(f"{path}/pause", {"reason": "x"})
    with pytest.raises(Refused) as refused:
        await planner.patch(f"/api/v1/audiences/{rule_id}", {"rule": ALL}, version=3)
    assert "年终保养" in str(refused.value.problem)
    assert await changes(planner, rule_id, version=3, name="EX5 们", rule=EX5) == "changed"
    await planner.post(f"{path}/stop", {"reason": "x"})
    assert await changes(planner, rule_id, version=4, rule=ALL) == "changed"


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_an_edit_and_a_handing_in_at_one_moment(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """Whoever is second sees what the first has done."""
    if blind:
        monkeypatch.setattr(audiences, "hold", _nothing)
    audience_id = (await campaign(database, Kind.WIN_BACK)).audience_id
    assert audience_id is not None
    await database.run(lambda tx: tx.connection.execute("update campaigns set state = 'draft'"))
    rule = rule_of('{"kind": "all", "of": [{"kind": "never_came"}]}')

    async def edited(tx: Tx) -> None:
        await audiences.edit(tx, PLANNER, await audiences.get(tx, audience_id), "x", rule)

    async with database.transaction() as tx:
        await audiences.hold(tx)
        await tx.connection.execute("update campaigns set state = 'submitted'")
        editing = asyncio.create_task(database.run(edited))
        await asyncio.sleep(0.3)
    (came_of_it,) = await asyncio.gather(editing, return_exceptions=True)
    assert isinstance(came_of_it, AudienceOfCampaign)


async def _nothing(*_: object) -> None: ...


async def test_one_that_others_name_does_not_grow_beyond_what_they_may_ask(
    service: Service,
) -> None:
    planner = await service.client(DESK)
    many = [{"kind": "model", "any_of": [f"M{n}"]} for n in range(40)]
    inner = await audience(planner, "inner", EX5)
    named = {"kind": "audience", "audience_id": inner}
    await audience(planner, "outer", {"kind": "all", "of": [named] * 5})
    larger = {"kind": "any", "of": many}
    assert await changes(planner, inner, rule=larger) == "audience_too_large"
    fewer = {"kind": "any", "of": many[:3]}
    assert await changes(planner, inner, rule=fewer) == "changed"


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_each_of_his_cars_is_spoken_of_in_its_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """Today the one that is due first, tomorrow the other, and then neither for some months."""
    if blind:
        monkeypatch.setattr(frozen, "LAST", "")
    car = await his_car(database)

    async def prepared(tx: Tx) -> UUID:
        second = await customers.add_vehicle(tx, "test", {"plate": "辽B54321", "model": "EX5"})
        await customers.link_vehicle(tx, "test", car.owner_id, second.id)
        made = await audiences.make(tx, "test", "EX5", rule_of(json.dumps(EX5)))
        return made.id

    audience_id = await database.run(prepared)
    plan = template(Kind.MAINTENANCE).plan.model_copy(update={"hold_out_percent": 0})
    made = await campaign(database, Kind.MAINTENANCE, plan, audience_id=audience_id)

    async def run(tx: Tx) -> Run:
        return await begin_at_once(tx, made, ByAudience(0.0))

    first, second, third = [await database.run(run) for _ in range(3)]
    spoken = {row["vehicle_id"] for row in await touches(database)}
    assert len(spoken) == 2
    assert [one.left_out for one in (first, second, third)] == [{}, {}, {"again_too_soon": 1}]
