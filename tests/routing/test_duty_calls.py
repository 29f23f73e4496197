"""Which duty phones are rung for which offers: claimed once, whoever looks at the same time."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.routing.duty import service as duty
from callcenter.routing.duty.model import DutyCall, DutyOutcome, number_for, numbers_of
from callcenter.routing.duty.promise import promised_minutes
from callcenter.routing.model import Offer
from callcenter.settings import RoutingSettings
from callcenter.stations.model import Duty
from tests.races.sabotage import CONTROL
from tests.races.scene import Scene
from tests.service import add_station

PHONE = "+8613900000001"
AT_ONCE = RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600, duty_phone_after_s=0)
WITHOUT_GUARDS = """
alter table duty_calls drop constraint duty_calls_offer_id_attempt_key;
drop index one_duty_call_per_phone;
"""


@pytest.fixture
def scene(database: Database) -> Scene:
    return Scene(database, AT_ONCE, None)  # type: ignore[arg-type]


async def an_offer(scene: Scene, code: str = "A", phone: str | None = PHONE) -> Offer:
    await scene.do(add_station, code, duty_phone=phone)
    ticket = await scene.rescue()
    return (await scene.ask(ticket))[0]


def claims(settings: RoutingSettings = AT_ONCE) -> Callable[[Tx], Awaitable[list[DutyCall]]]:
    return lambda tx: duty.claim_due(tx, settings)


@pytest.mark.parametrize(
    "sabotage", ["", pytest.param(WITHOUT_GUARDS, id="control", marks=CONTROL)]
)
async def test_of_four_who_look_at_once_one_rings(
    scene: Scene, owner: asyncpg.Connection, sabotage: str
):
    if sabotage:
        await owner.execute(sabotage)
    await an_offer(scene)
    found = await scene.together(*[claims()] * 4)
    assert sum(map(len, found)) == 1


async def test_an_offer_is_due_after_its_time_unless_it_was_opened(scene: Scene):
    offer = await an_offer(scene)
    later = AT_ONCE.model_copy(update={"duty_phone_after_s": 15})
    assert await scene.do(duty.claim_due, later) == []
    async with scene.database.transaction() as tx:
        await tx.connection.execute(
            "update offers set made_at = made_at - interval '15 seconds', seen_at = now()"
        )
    assert await scene.do(duty.claim_due, later) == []
    async with scene.database.transaction() as tx:
        await tx.connection.execute("update offers set seen_at = null")
    (call,) = await scene.do(duty.claim_due, later)
    assert (call.offer_id, call.number, call.attempt) == (offer.id, PHONE, 1)


async def test_one_phone_rings_for_one_offer_at_a_time(scene: Scene):
    """Two stations may have one phone: a tow firm with two yards."""
    await an_offer(scene)
    (first,) = await scene.do(duty.claim_due, AT_ONCE)
    await an_offer(scene, "B")
    assert await scene.do(duty.claim_due, AT_ONCE) == []
    await scene.do(duty.end, first, DutyOutcome.HUNG_UP)
    (second,) = await scene.do(duty.claim_due, AT_ONCE)
    assert second.offer_id != first.offer_id


async def test_what_nobody_heard_is_rung_once_more_after_a_pause(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
):
    await an_offer(scene)
    (first,) = await scene.do(duty.claim_due, AT_ONCE)
    await scene.do(duty.end, first, DutyOutcome.BUSY)
    assert await scene.do(duty.claim_due, AT_ONCE) == []
    monkeypatch.setattr(duty, "PAUSE_S", 0.0)
    (second,) = await scene.do(duty.claim_due, AT_ONCE)
    assert second.attempt == 2
    await scene.do(duty.end, second, DutyOutcome.NO_ANSWER)
    assert await scene.do(duty.claim_due, AT_ONCE) == []


async def test_who_was_quicker_dials(scene: Scene):
    await an_offer(scene)
    (claimed,) = await scene.do(duty.claim_due, AT_ONCE)
    ours = await scene.do(duty.take_over, claimed)
    assert await scene.do(duty.dialling, claimed, "out.1") is None
    assert await scene.do(duty.dialling, ours, "out.2") is not None
    assert await scene.do(duty.dialling, ours, "out.3") is None
    assert await scene.do(duty.take_over, ours) is None


async def test_opened_before_it_is_dialled_it_does_not_ring_and_nothing_is_told(scene: Scene):
    await an_offer(scene)
    (claimed,) = await scene.do(duty.claim_due, AT_ONCE)
    async with scene.database.transaction() as tx:
        await tx.connection.execute("update offers set seen_at = now()")
    assert await scene.do(duty.dialling, claimed, "out.1") is None
    assert await scene.do(duty.live) == []
    async with scene.database.reading() as tx:
        told = "select count(*) from events where kind like 'duty_phone.%'"
        assert await tx.connection.fetchval(told) == 0


async def test_the_story_is_told_once(scene: Scene):
    await an_offer(scene)
    (call,) = await scene.do(duty.claim_due, AT_ONCE)
    await scene.do(duty.dialling, call, "out.1")
    for _ in range(2):
        await scene.do(duty.answered, call)
    for outcome in (DutyOutcome.ACCEPTED, DutyOutcome.HUNG_UP):
        await scene.do(duty.end, call, outcome)
    async with scene.database.reading() as tx:
        rows = await tx.connection.fetch(
            "select kind, facts::jsonb ->> 'duty_outcome' as outcome from events"
            " where kind like 'duty_phone.%' order by seq"
        )
    assert [tuple(row) for row in rows] == [
        ("duty_phone.rung", None),
        ("duty_phone.answered", None),
        ("duty_phone.ended", "accepted"),
    ]


async def test_no_phone_of_a_station_that_has_none(scene: Scene):
    await an_offer(scene, phone=None)
    assert await scene.do(duty.claim_due, AT_ONCE) == []


async def test_neither_drills_nor_made_up_stations_ring(scene: Scene):
    await scene.do(add_station, "A", simulated=True, duty_phone=PHONE)
    for drill in (True, False):
        ticket = await scene.rescue(drill=drill)
        await scene.ask(ticket)
    assert await scene.do(duty.claim_due, AT_ONCE) == []
    async with scene.database.transaction() as tx:
        await tx.connection.execute("update stations set simulated = false")
        await tx.connection.execute("update tickets set drill = false")
    assert len(await scene.do(duty.claim_due, AT_ONCE)) == 1


async def test_the_roster_is_rung_first_the_station_second(scene: Scene):
    station = await scene.do(add_station, "A", duty_phone="+862488881234;ext=801")
    own = Duty(True, None, "+8613900000009", None)
    numbers = numbers_of(station, own)
    assert numbers == ["+8613900000009", "+862488881234"]
    assert [number_for(numbers, attempt) for attempt in (1, 2, 3)] == [*numbers, numbers[1]]
    assert number_for([], 1) is None


@pytest.mark.parametrize(
    ("distance_m", "measured_s", "minutes"),
    [(0, None, 10), (20_000, None, 40), (20_000, 900, 25), (1, 0.1, 15), (10**6, None, 240)],
)
def test_the_promise_is_easily_said(distance_m: float, measured_s: float | None, minutes: int):
    assert promised_minutes(distance_m, measured_s) == minutes
