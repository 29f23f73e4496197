"""Greetings leave on the day itself, in the owner's own zone, in the words of that day."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.rules import rule_of
from callcenter.outbound.campaigns import service
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.plan import PlanStep
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Outcome, Way
from tests.outbound.campaigns.at_once import begin_at_once
from tests.outbound.campaigns.rows import touch_of, touches
from tests.outbound.campaigns.test_after_a_ticket import RENDERER
from tests.outbound.scene import Scene, claim_all, stop_clock

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
OWNER = """
with o as (
    insert into owners (id, name, zone, birthday_calendar, birthday_month, birthday_day, wedding_on)
    values (gen_random_uuid(), '王芳', $1, $2, $3, $4, $5) returning id
), r as (insert into owner_reach (owner_id) select id from o
), p as (insert into contact_points (id, e164)
    values (gen_random_uuid(), '+8613800138' || floor(100 + random() * 900)) returning id
), w as (insert into owner_contact_points (owner_id, contact_point_id) select o.id, p.id from o, p
), v as (insert into vehicles (id, model, delivered_on)
    select gen_random_uuid(), 'EX5', $6::date where $6::date is not null returning id
), d as (insert into owner_vehicles (owner_id, vehicle_id) select o.id, v.id from o, v)
select id from o
"""
AS_THE_STEP_SAYS = """
create function as_the_step_says() returns trigger language plpgsql as $$ begin
    new.due_at := now(); new.expires_at := now() + interval '14 hours'; return new; end $$;
create trigger as_the_step_says before insert on touches
    for each row execute function as_the_step_says();
"""
SABOTAGE = pytest.mark.parametrize(
    "sabotage", ["select", pytest.param(AS_THE_STEP_SAYS, marks=CONTROL, id="control")]
)


def china(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


async def owner_of(
    scene: Scene,
    birthday: tuple[str, int, int] | None = None,
    wedding: date | None = None,
    delivered: date | None = None,
    zone: str = "Asia/Shanghai",
) -> UUID:
    days = birthday or (None, None, None)
    found: UUID = await scene.one(OWNER, zone, *days, wedding, delivered)
    return found


async def greets(database: Database, *kinds: str, within: int = 0, **steps: Any) -> None:
    """A campaign of the shipped words runs, for who has such a day within so many days."""
    leaves = [{"kind": kind, "within_days": within} for kind in kinds]
    rule = rule_of(json.dumps({"kind": "any", "of": leaves}))
    usual = template(CampaignKind.GREETING)
    fields: dict[str, Any] = {
        "name": "问候",
        "kind": usual.kind,
        "purpose": usual.purpose,
        "policy": "cn",
        "plan": usual.plan.model_copy(update=steps),
        "starts_at": None,
        "ends_at": None,
    }

    async def begin(tx: Tx) -> None:
        kept = await audiences.make(tx, "staff:a", "今天", rule)
        made = await service.draft(tx, "staff:a", fields | {"audience_id": kept.id})
        await begin_at_once(tx, made, ByAudience(0.0))
        await tx.connection.execute("update campaigns set state = 'running'")

    await database.run(begin)


async def told(database: Database) -> Mapping[UUID, str]:
    """Who may be told something now, and what."""
    claimed = await claim_all(database)
    said = await database.run(lambda tx: RENDERER(tx, claimed))
    return {one.owner_id: said[one.id].body for one in claimed}


IN_SUMMER = date(2020, 7, 1)
LUNAR_MARCH_10 = ("lunar", 1, 22)
"""2026-03-10 is the 22nd of the moon's first month."""


async def test_each_is_told_of_his_own_day_with_its_words(scene: Scene, database: Database):
    sun = await owner_of(scene, birthday=("solar", 3, 10), delivered=IN_SUMMER)
    moon = await owner_of(scene, birthday=LUNAR_MARCH_10, delivered=IN_SUMMER)
    couple = await owner_of(scene, wedding=date(2012, 3, 10), delivered=IN_SUMMER)
    driver = await owner_of(scene, delivered=date(2023, 3, 10))
    await owner_of(scene, birthday=("solar", 3, 11), delivered=date(2026, 3, 10))
    await greets(database, "birthday", "wedding_day", "delivery_day")
    found = await told(database)
    assert found.keys() == {sun, moon, couple, driver}
    assert "生日快乐" in found[sun]
    assert "生日快乐" in found[moon]
    assert "结婚纪念日快乐" in found[couple]
    assert "今天是您EX5提车3周年纪念日" in found[driver]
    assert "()" not in "".join(found.values())


@SABOTAGE
async def test_what_is_approved_at_ten_at_night_is_not_said_the_day_after(
    scene: Scene, database: Database, sabotage: str
):
    await scene.connection.execute(sabotage)
    await owner_of(scene, birthday=("solar", 3, 10))
    await stop_clock(scene.connection, china(3, 10, 22))
    await greets(database, "birthday")
    assert await told(database) == {}
    await stop_clock(scene.connection, china(3, 11, 8, 30))
    assert await told(database) == {}
    assert await scene.reasons() == {("expired", "expired")}


@SABOTAGE
async def test_what_is_held_over_the_evening_is_not_said_the_day_after(
    scene: Scene, database: Database, sabotage: str
):
    await scene.connection.execute(sabotage)
    him = await owner_of(scene, birthday=("solar", 3, 10))
    await scene.connection.execute(
        "insert into tickets (id, number, kind, stage, priority, owner_id, opened_by)"
        " values (gen_random_uuid(), 'R1', 'rescue', 'in_progress', 1, $1, 'x')",
        him,
    )
    await stop_clock(scene.connection, china(3, 10, 20, 30))
    await greets(database, "birthday")
    assert await told(database) == {}
    await scene.connection.execute("update tickets set stage = 'closed'")
    await stop_clock(scene.connection, china(3, 11, 8, 30))
    assert await told(database) == {}


@SABOTAGE
async def test_looked_up_the_day_before_he_is_told_on_his_day(
    scene: Scene, database: Database, sabotage: str
):
    await scene.connection.execute(sabotage)
    him = await owner_of(scene, birthday=("solar", 3, 11))
    await greets(database, "birthday", within=1)
    assert await told(database) == {}
    await stop_clock(scene.connection, china(3, 11, 8, 30))
    assert (await told(database)).keys() == {him}


@SABOTAGE
async def test_in_new_york_his_day_begins_and_ends_by_his_own_clock(
    scene: Scene, database: Database, sabotage: str
):
    """It is the evening of the ninth there when China's tenth is at its noon."""
    await scene.connection.execute(sabotage)
    await owner_of(scene, birthday=("solar", 3, 10), zone="America/New_York")
    await greets(database, "birthday")
    (made,) = await touches(database)
    new_york = timedelta(hours=-4)
    begins = datetime(2026, 3, 10, tzinfo=CHINA) + timedelta(hours=8) - new_york
    assert (made["due_at"], made["expires_at"]) == (begins, begins + timedelta(hours=14))
    await stop_clock(scene.connection, china(3, 10, 19, 59))
    assert await told(database) == {}
    await stop_clock(scene.connection, china(3, 10, 20, 1))
    assert "生日快乐" in "".join((await told(database)).values())


@pytest.mark.parametrize(("year", "day"), [(2027, date(2027, 2, 28)), (2028, date(2028, 2, 29))])
async def test_who_was_born_on_the_leap_day_is_told_on_the_last_of_february(
    scene: Scene, database: Database, year: int, day: date
):
    born = await owner_of(scene, birthday=("solar", 2, 29), delivered=IN_SUMMER)
    driver = await owner_of(scene, delivered=date(2024, 2, 29))
    for before in (2, 1):
        at = china(day.month, day.day, 10, year=year) - timedelta(days=before)
        await stop_clock(scene.connection, at)
        await greets(database, "birthday", "delivery_day")
        assert await touches(database) == []
    await stop_clock(scene.connection, china(day.month, day.day, 10, year=year))
    await greets(database, "birthday", "delivery_day")
    found = await told(database)
    assert "生日快乐" in found[born]
    assert f"提车{year - 2024}周年" in found[driver]


async def test_what_follows_a_text_that_failed_ends_with_the_day_too(
    scene: Scene, database: Database
):
    await owner_of(scene, birthday=("solar", 3, 10))
    text, mail = PlanStep(way=Way.TEXT, expires_hours=14), PlanStep(way=Way.EMAIL)
    await greets(database, "birthday", steps=(text, mail))
    await stop_clock(scene.connection, china(3, 10, 20))
    (first,) = [touch_of(row) for row in await touches(database)]
    await database.run(lambda tx: after_touch(tx, first, outcome=Outcome.UNDELIVERED))
    midnight = china(3, 11, 0)
    assert [row["expires_at"] for row in await touches(database)] == [midnight, midnight]


async def test_a_first_anniversary_in_january_is_seen_from_december(
    scene: Scene, database: Database
):
    him = await owner_of(scene, delivered=date(2026, 1, 5), wedding=date(2026, 1, 6))
    await stop_clock(scene.connection, china(12, 20, 10))
    await greets(database, "delivery_day", within=30)
    await greets(database, "wedding_day", within=30)
    assert [row["owner_id"] for row in await touches(database)] == [him, him]
    await stop_clock(scene.connection, china(1, 5, 10, year=2027))
    assert "提车1周年" in (await told(database))[him]


async def test_who_must_not_have_his_birthday_is_not_wished_a_happy_one(
    scene: Scene, database: Database
):
    him = await owner_of(scene, birthday=("solar", 7, 1))
    leaf = {"kind": "none", "of": [{"kind": "birthday", "within_days": 0}]}
    rule = rule_of(json.dumps(leaf))

    async def found(tx: Tx) -> str:
        kept = await audiences.make(tx, "staff:a", "今天", rule)
        (one,) = await ByAudience(0.0).sample(tx, kept.id, 5)
        assert one.owner_id == him
        return one.occasion

    assert await database.run(found) == ""
