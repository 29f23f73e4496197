"""Who has sold his car hears no more of it; who has bought it does."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.rules import rule_of
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.model import Run
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.policies.verdict import May, Why
from callcenter.outbound.promises.keeping import keep_promises
from callcenter.outbound.touches import service
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.life import (
    HisCar,
    campaign,
    first_said,
    his_car,
    react,
    steps,
)
from tests.outbound.campaigns.rows import touches
from tests.outbound.campaigns.test_meanwhile import (
    CONTROL,
    WAITS,
    before_an_agent,
    promised,
    sells_to_another,
)
from tests.outbound.dialling.promising import HIS_OWN

EX5 = {"kind": "all", "of": [{"kind": "model", "any_of": ["EX5"]}]}


async def unlinked(tx: Tx, car: HisCar) -> None:
    await customers.unlink_vehicle(tx, "staff:desk", car.owner_id, car.vehicle_id)


async def promise(database: Database) -> tuple[str, str]:
    """The only one."""

    async def read(tx: Tx) -> Any:
        return await tx.connection.fetchrow("select state, reason from promised_calls")

    row = await database.run(read)
    return row["state"], row["reason"]


async def test_the_seller_is_not_spoken_to_and_the_next_run_finds_the_buyer(
    database: Database,
) -> None:
    """What waits for him goes at once; the next run has the car with who has it then."""
    car = await his_car(database)

    async def made(tx: Tx) -> UUID:
        return (await audiences.make(tx, "test", "EX5", rule_of(json.dumps(EX5)))).id

    plan = template(Kind.MAINTENANCE).plan.model_copy(update={"hold_out_percent": 0})
    audience_id = await database.run(made)
    of_cars = await campaign(database, Kind.MAINTENANCE, plan, audience_id=audience_id)

    async def run(tx: Tx) -> Run:
        return await begin_at_once(tx, of_cars, ByAudience(0.0))

    async def bought(tx: Tx) -> UUID:
        phones = ["+8613800138001"]
        buyer = await customers.add_owner(tx, "test", name="李四", phones=phones)
        await customers.link_vehicle(tx, "test", buyer.id, car.vehicle_id)
        return buyer.id

    first = await database.run(run)
    assert await steps(database) == [(0, "ready", "")]
    await database.run(lambda tx: unlinked(tx, car))
    await react(database)
    buyer_id = await database.run(bought)
    second = await database.run(run)
    await react(database)
    assert (first.in_audience, second.in_audience) == (1, 1)
    found = [
        (row["owner_id"], row["vehicle_id"], row["run_id"], row["state"], row["reason"])
        for row in await touches(database)
    ]
    assert found == [
        (car.owner_id, car.vehicle_id, first.id, "withdrawn", "car_not_his"),
        (buyer_id, car.vehicle_id, second.id, "ready", ""),
    ]


async def test_who_keeps_the_car_that_two_had_is_spoken_to(database: Database) -> None:
    """A couple: she has it alone from now on."""
    car = await his_car(database)
    hers = await his_car(database, "+8613800138001")
    shared = ("test", hers.owner_id, car.vehicle_id)
    await database.run(lambda tx: customers.link_vehicle(tx, *shared))
    await first_said(database, Kind.MAINTENANCE)
    await database.run(lambda tx: unlinked(tx, car))
    await react(database)
    waiting = {row["owner_id"]: row["state"] for row in await touches(database) if row["step"]}
    assert waiting == {car.owner_id: "withdrawn", hers.owner_id: "ready"}


async def test_a_promised_call_about_it_is_not_made_and_the_supervisor_sees_it(
    database: Database,
) -> None:
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await database.run(promised)
    assert await steps(database) == WAITS
    await sells_to_another(database, car)
    await react(database)
    assert (await steps(database))[1] == (1, "withdrawn", "car_not_his")
    await keep_promises(database, after_touch, HIS_OWN)
    assert await promise(database) == ("broken", "car_not_his")


async def test_a_promised_call_that_an_agent_has_before_him_is_not_made_either(
    database: Database,
) -> None:
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await database.run(promised)
    touch = await before_an_agent(database)
    await sells_to_another(database, car)
    found = await database.run(
        lambda tx: service.begin(tx, touch.id, by="me", following=after_touch)
    )
    assert found is not None
    assert (found.may, found.why) == (May.WITHDRAWN, Why.CAR_NOT_HIS)
    assert await promise(database) == ("broken", "car_not_his")


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_a_sale_and_a_begin_at_one_moment(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """Once the sale is written down nothing begins any more: who is about to waits for it."""
    if blind:
        monkeypatch.setattr(customers, "lock_reaches", _nothing)
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    touch = await before_an_agent(database)
    async with database.transaction() as tx:
        await unlinked(tx, car)
        beginning = asyncio.create_task(
            database.run(lambda tx: service.begin(tx, touch.id, by="me"))
        )
        await asyncio.sleep(0.3)
    found = await beginning
    assert found is not None
    assert found.may is May.WITHDRAWN
    assert (await steps(database))[1] == (1, "withdrawn", "car_not_his")


async def _nothing(*_: object) -> None: ...
