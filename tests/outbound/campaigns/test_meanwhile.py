"""Who has done already what the campaign is for hears no more of it, however he did it."""

import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from callcenter.customers import edits
from callcenter.customers import service as customers
from callcenter.customers.by_file.model import ImportKind
from callcenter.customers.visits import service as visits
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Outcome, Touch, Way
from callcenter.outbound.policies.verdict import May
from callcenter.outbound.touches import about_cars, service
from callcenter.outbound.touches.claim import claim
from callcenter.stations.bookings.model import Wanted
from tests.customers.by_file_cast import imported
from tests.outbound.campaigns.life import (
    HisCar,
    books,
    first_said,
    his_car,
    react,
    steps,
)
from tests.outbound.campaigns.rows import zone_of_the_morning

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
Does = Callable[[Database, HisCar], Awaitable[None]]
WAITS = [(0, "sent", ""), (1, "ready", "")]


async def comes(database: Database, car: HisCar, kind: VisitKind = VisitKind.MAINTENANCE) -> None:
    """The desk, or a station, writes his visit down."""

    async def told(tx: Tx) -> None:
        today = await tx.connection.fetchval("select (now() at time zone 'Asia/Shanghai')::date")
        visit = visits.Told(car.vehicle_id, today, kind, VisitSource.STATION)
        await visits.record_visit(tx, "test", visit)

    await database.run(told)


async def comes_by_file(database: Database, car: HisCar) -> None:
    """A station's list of the week."""

    async def vin(tx: Tx) -> str:
        await tx.connection.execute(
            "update vehicles set vin = 'LYXC1A2B1P0000001' where id = $1", car.vehicle_id
        )
        return str((await tx.now()).date().isoformat())

    day = await database.run(vin)
    rows = [{"车架号": "LYXC1A2B1P0000001", "进站日期": day, "类型": "保养"}]
    with tempfile.TemporaryDirectory() as folder:
        done = await imported(database, Path(folder), ImportKind.VISITS, rows)
        assert done["added"] == 1


async def sells_to_another(database: Database, car: HisCar) -> None:
    """To somebody we know."""
    buyer = await database.run(lambda tx: customers.add_owner(tx, "test", name="李四"))
    await database.run(lambda tx: customers.link_vehicle(tx, "test", buyer.id, car.vehicle_id))
    given = ("test", car.owner_id, car.vehicle_id)
    await database.run(lambda tx: customers.unlink_vehicle(tx, *given))


async def sells(database: Database, car: HisCar) -> None:
    """To nobody we know."""

    async def gone(tx: Tx) -> None:
        vehicle = await customers.get_vehicle(tx, car.vehicle_id)
        assert vehicle is not None
        await edits.edit_vehicle(tx, "test", vehicle, {"gone_on": (await tx.now()).date()})

    await database.run(gone)


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
@pytest.mark.parametrize(
    ("does", "why"),
    [
        (books, "booked"),
        (comes, "came"),
        (comes_by_file, "came"),
        (sells, "car_gone"),
        (sells_to_another, "car_not_his"),
    ],
)
async def test_who_has_done_it_is_not_asked_to(
    database: Database, monkeypatch: pytest.MonkeyPatch, does: Does, why: str, blind: bool
) -> None:
    """He rings the hotline, is on a station's list, or has sold the car: three days later neither
    the robot nor an agent rings him."""
    if blind:
        monkeypatch.setattr(about_cars, "_against", _nothing)
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    assert await steps(database) == WAITS
    await does(database, car)
    await react(database)
    assert await steps(database) == [(0, "sent", ""), (1, "withdrawn", why)]


async def _nothing(*_: object) -> dict[object, object]:
    return {}


@pytest.mark.parametrize(
    ("kind", "does"),
    [
        (Kind.RECALL, partial(comes, kind=VisitKind.MAINTENANCE)),
        (Kind.RECALL, partial(books, wanted=Wanted.MAINTENANCE)),
        (Kind.MAINTENANCE, partial(comes, kind=VisitKind.ACCIDENT)),
    ],
    ids=["oil", "oil_booked", "accident"],
)
async def test_what_it_was_not_for_changes_nothing(
    database: Database, kind: Kind, does: Does
) -> None:
    car = await his_car(database)
    await first_said(database, kind)
    await does(database, car)
    await react(database)
    assert await steps(database) == WAITS


async def test_who_is_asked_how_it_was_is_asked_though_he_comes_again(database: Database) -> None:
    car = await his_car(database)
    plan = template(Kind.MAINTENANCE).plan.model_copy(update={"goal": Outcome.SURVEY_DONE})
    await first_said(database, Kind.SPECIAL_SURVEY, plan)
    await comes(database, car)
    await react(database)
    assert await steps(database) == WAITS


async def test_another_owner_and_another_car_are_not_meant(database: Database) -> None:
    car, _ = await his_car(database), await his_car(database, "+8613800138001")
    await first_said(database, Kind.MAINTENANCE)
    await books(database, car)
    await react(database)
    assert sorted(state for step, state, _ in await steps(database) if step) == [
        "ready",
        "withdrawn",
    ]


@pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
async def test_a_booking_at_the_last_moment_holds_back_what_is_claimed(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """He is before the agent, or in the outbox, and no reaction reaches that any more."""
    if blind:
        monkeypatch.setattr(about_cars, "_against", _nothing)
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    touch = await before_an_agent(database)
    await books(database, car)
    await react(database)
    assert (await steps(database))[1] == (1, "claimed", "")
    found = await database.run(lambda tx: service.begin(tx, touch.id, by="me"))
    assert found is not None
    assert found.may is May.WITHDRAWN
    assert (await steps(database))[1] == (1, "withdrawn", "booked")


async def before_an_agent(database: Database) -> Touch:
    """What waits is claimed for a call."""

    async def due(tx: Tx) -> None:
        # At noon, wherever he lives, and allowed: neither is this story's.
        await tx.connection.execute("update touches set due_at = now() where state = 'ready'")
        await tx.connection.execute("update touches set channel = 'agent_call'")
        zone = zone_of_the_morning(await tx.now())
        await tx.connection.execute("update owners set zone = $1", zone)

    await database.run(due)
    _, (touch,) = await database.run(lambda tx: claim(tx, Way.AGENT_CALL, "me"))
    return touch


async def test_a_promised_call_is_made_though_he_has_booked(database: Database) -> None:
    car = await his_car(database)
    await first_said(database, Kind.MAINTENANCE)
    await database.run(promised)
    await books(database, car)
    await react(database)
    assert await steps(database) == WAITS


async def promised(tx: Tx) -> None:
    """The step that waits is a call that he was promised."""
    await tx.connection.execute(
        "insert into promised_calls (id, owner_id, campaign_id, in_touch, promised_at, due_at)"
        " select id, owner_id, campaign_id, id, now(), due_at from touches where step = 1"
    )
    await tx.connection.execute("update touches set promised_call_id = id where step = 1")
