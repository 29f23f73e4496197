"""What stands against a touch is found when it is claimed, and says so."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from callcenter.db.database import Database
from callcenter.outbound.model import Way
from callcenter.outbound.policies.verdict import Why
from callcenter.outbound.touches import service as touches
from callcenter.outbound.touches.claim import claim
from tests.conftest import Server
from tests.outbound.conftest import TUESDAY
from tests.outbound.scene import Scene, claim_all, stop_clock

LONG_AGO = """
update touches set claimed_at = claimed_at - interval '3 h',
    sending_at = sending_at - interval '3 h'
"""
COMPLAINT = """
insert into tickets (id, number, kind, stage, priority, owner_id, opened_by)
select gen_random_uuid(), 'T1', 'complaint', 'in_progress', 1, owner_id, 'test' from touches
"""
SAID_TWICE = """
insert into contact_ledger (id, owner_id, channel, purpose, at, state)
select gen_random_uuid(), owner_id, 'agent_call', 'satisfaction',
    timestamptz '2026-03-10 11:00+08' - days * interval '1 day', 'said'
from touches cross join unnest(array[3, 20]) days
"""


def statement(sql: str) -> Callable[[Scene], Awaitable[object]]:
    return lambda scene: scene.connection.execute(sql)


AGAINST = {
    "nothing": (statement("select 1"), ("claimed", ""), None),
    "paused": (
        statement("update campaigns set state = 'paused'"),
        ("ready", Why.PAUSED),
        TUESDAY + timedelta(hours=1),
    ),
    "stopped": (
        statement("update campaigns set state = 'stopped'"),
        ("withdrawn", Why.CAMPAIGN_OVER),
        None,
    ),
    "refused": (
        statement("update owner_reach set refused = '{satisfaction:text}'"),
        ("skipped", Why.REFUSED),
        None,
    ),
    "silent": (
        statement("update owner_reach set silent = '{text}'"),
        ("skipped", Why.SILENT),
        None,
    ),
    "marketing_without_consent": (
        statement("update touches set purpose = 'marketing'"),
        ("skipped", Why.NO_CONSENT),
        None,
    ),
    "complaint_open": (
        statement(COMPLAINT),
        ("ready", Why.HELD),
        TUESDAY + timedelta(hours=6),
    ),
    "complaint_followed_up": (
        statement(COMPLAINT + "; update touches set ticket_id = (select id from tickets)"),
        ("claimed", ""),
        None,
    ),
    "said_often_enough": (
        statement(SAID_TWICE),
        ("ready", Why.CAP),
        TUESDAY + timedelta(days=10, microseconds=1),
    ),
    "safety_goes_over_silence_and_caps": (
        statement(
            SAID_TWICE
            + "; update owner_reach set silent = '{text}'; update touches set purpose = 'safety'"
        ),
        ("claimed", ""),
        None,
    ),
    "expired": (
        statement("update touches set expires_at = timestamptz '2026-03-10 11:00+08'"),
        ("expired", Why.EXPIRED),
        None,
    ),
    "no_such_policy": (
        statement("update campaigns set policy = 'zz'"),
        ("ready", Why.POLICY_UNKNOWN),
        TUESDAY + timedelta(hours=1),
    ),
}


@pytest.mark.parametrize("against", AGAINST)
async def test_each_thing_that_stands_against_it(
    scene: Scene, database: Database, against: str
) -> None:
    prepare, expected, until = AGAINST[against]
    await scene.campaign(await scene.add_owners(1))
    await prepare(scene)
    await claim_all(database)
    row = await scene.connection.fetchrow("select state, reason, due_at from touches")
    assert row is not None
    assert (row["state"], row["reason"]) == expected
    assert until is None or row["due_at"] == until


async def test_at_night_it_waits_for_the_owners_own_morning(
    scene: Scene, server: Server, dbname: str
) -> None:
    """It is 22:00 in Urumqi's legal zone and 09:00 in New York."""
    await stop_clock(scene.connection, TUESDAY.replace(hour=22))
    here = await scene.add_owners(1, "Asia/Shanghai")
    there = await scene.add_owners(1, "America/New_York")
    await scene.campaign(here + there)
    database = await server.open(dbname)
    claimed = await claim_all(database)
    await database.close()
    assert [touch.owner_id for touch in claimed] == there
    due_at = await scene.one("select due_at from touches where owner_id = $1", here[0])
    assert due_at == TUESDAY.replace(day=11, hour=8)


async def test_one_touch_for_each_owner_in_a_batch_and_the_important_first(
    scene: Scene, database: Database
) -> None:
    await scene.add_owners(20)
    await scene.campaign(priority=7)
    first = await scene.campaign(priority=2)
    _, claimed = await database.run(lambda tx: claim(tx, Way.TEXT, "one"))
    assert {touch.campaign_id for touch in claimed} == {first}
    assert len({touch.owner_id for touch in claimed}) == len(claimed) == 20


async def test_a_claim_reserves_a_contact_and_a_lapsed_one_gives_it_back(
    scene: Scene, database: Database
) -> None:
    await scene.campaign(await scene.add_owners(1))
    (touch,) = await claim_all(database)
    assert await scene.one("select state from contact_ledger") == "reserved"
    await scene.connection.execute(LONG_AGO)
    assert await database.run(lambda tx: touches.lapse(tx, 600)) == (1, 0)
    assert await scene.one("select state from contact_ledger") == "void"
    assert await scene.states() == {"ready": 1}
    assert await database.run(lambda tx: touches.begin(tx, touch.id, by="one")) is None
    assert len(await claim_all(database, by="two")) == 1
    assert await scene.one("select count(*) from contact_ledger where state = 'reserved'") == 1


async def test_one_that_had_begun_is_unknown_and_counts(scene: Scene, database: Database) -> None:
    await scene.campaign(await scene.add_owners(1))
    (touch,) = await claim_all(database)
    await database.run(lambda tx: touches.begin(tx, touch.id, by="one"))
    await scene.connection.execute(LONG_AGO)
    assert await database.run(lambda tx: touches.lapse(tx, 600)) == (0, 1)
    assert await scene.states() == {"unknown": 1}
    assert await scene.one("select state from contact_ledger") == "unknown"
    assert await claim_all(database) == []


async def test_a_claim_begins_once_and_only_for_its_claimer(
    scene: Scene, database: Database
) -> None:
    await scene.campaign(await scene.add_owners(1))
    (touch,) = await claim_all(database)
    begun = [
        await database.run(lambda tx, by=by: touches.begin(tx, touch.id, by=by))  # type: ignore[misc]
        for by in ("another", "one", "one")
    ]
    assert [found is not None for found in begun] == [False, True, False]


async def test_what_changed_between_claim_and_begin_is_seen(
    scene: Scene, database: Database
) -> None:
    await scene.campaign(await scene.add_owners(1))
    (touch,) = await claim_all(database)
    await scene.connection.execute("update owner_reach set refused = '{satisfaction:text}'")
    found = await database.run(lambda tx: touches.begin(tx, touch.id, by="one"))
    assert found is not None
    assert found.why is Why.REFUSED
    assert await scene.reasons() == {("skipped", "refused")}
    assert await scene.one("select state from contact_ledger") == "void"


TICKS_THE_BOX = "update owners set profiling_refused = true"


@pytest.mark.parametrize(
    ("purpose", "by_habit", "said"),
    [
        ("satisfaction", True, 0),
        ("satisfaction", False, 1),
        ("safety", True, 1),
        pytest.param(
            "satisfaction",
            None,
            0,
            marks=pytest.mark.xfail(strict=True, raises=AssertionError),
            id="control",
        ),
    ],
)
async def test_who_wants_nothing_chosen_from_his_habits_since_hears_no_more_of_it(
    scene: Scene, database: Database, purpose: str, by_habit: bool | None, said: int
):
    await scene.add_owners(1)
    await scene.campaign(purpose=purpose)
    await scene.connection.execute("update campaign_runs set by_habit = $1", bool(by_habit))
    await scene.connection.execute(TICKS_THE_BOX)
    assert len(await claim_all(database)) == said
    if by_habit is not None and not said:
        assert await scene.reasons() == {("skipped", "profiling_refused")}
