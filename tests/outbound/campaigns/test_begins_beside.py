"""While a large campaign begins what is under way goes on, and none of it has to be done in the
seconds that other statements have."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from callcenter.db import database as database_module
from callcenter.db.database import Database
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.leaves.of_owner import BirthdaySoon
from callcenter.outbound.audiences.model import AllOf
from callcenter.outbound.campaigns import first_touches, occasions, repository, runs
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.touches import service as touch_verbs
from tests.outbound.campaigns.large import OWNERS, Slow, all_runs, large, spoken_to, write
from tests.outbound.campaigns.life import AllCars, campaign, his_car

CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
BLINDLY = pytest.mark.parametrize("blind", [False, pytest.param(True, id="control", marks=CONTROL)])
DUE = "update campaigns set next_run_at = now()"
CLAIMED = """
update touches set state = 'claimed', claimed_by = 'me', claimed_at = now()
where id = (select min(id::text)::uuid from touches) returning id
"""
SLOW_TO_WRITE = """
create function takes_its_time() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.4); return case tg_op when 'DELETE' then old else new end; end $$;
create trigger slow_touch before insert on touches for each row execute function takes_its_time();
create trigger slow_member before delete or update on run_members
    for each row execute function takes_its_time();
"""
BORN_TODAY = """
update owners set birthday_calendar = 'solar', birthday_month = extract(month from t.day),
    birthday_day = extract(day from t.day)
from (select (now() at time zone 'Asia/Shanghai')::date as day) t
"""
PATIENCE_S = 1.5
"""Three rows can be written in it, and five not."""


@BLINDLY
async def test_a_touch_of_an_earlier_run_begins_while_the_next_is_frozen(
    database: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """An agent's F2, the dialler's next call. The control holds the campaign as it begins."""
    await large(database, monkeypatch)
    await runs.begin_due(database, AllCars())
    async with database.transaction() as tx:
        touch_id: UUID = await tx.connection.fetchval(CLAIMED)
    await write(database, DUE)
    if blind:
        monkeypatch.setattr(runs, "get", repository.lock)
    slow = Slow()
    beginning = asyncio.create_task(runs.begin_due(database, slow))
    await slow.under_way.wait()
    begins = database.run(lambda tx: touch_verbs.begin(tx, touch_id, by="me"))
    pressed = asyncio.create_task(begins)
    done, _ = await asyncio.wait({pressed}, timeout=2)
    slow.goes_on.set()
    assert await beginning == 1
    assert await pressed is not None
    assert done


@pytest.fixture
async def hurried(
    database: Database, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Database]:
    """Each touch and each member left out takes its time; a statement has not enough for all."""
    monkeypatch.setattr(database_module, "COMMAND_TIMEOUT_S", PATIENCE_S)
    monkeypatch.setattr(database_module, "RETRY_BUDGET_S", 0.5)
    await owner.execute(SLOW_TO_WRITE)
    impatient = await Database.open(database.dsn)
    yield impatient
    await impatient.close()


@BLINDLY
async def test_more_touches_than_one_statement_can_write_are_written(
    database: Database, hurried: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    await large(database, monkeypatch)
    if blind:
        monkeypatch.setattr(first_touches, "AT_ONCE", OWNERS + 1)
    assert await runs.begin_due(hurried, AllCars()) == 1
    assert len(await spoken_to(database)) == OWNERS


@BLINDLY
async def test_so_many_may_be_left_out_again_that_it_takes_long(
    database: Database, hurried: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """Everybody was in the run before."""
    await large(database, monkeypatch)
    await runs.begin_due(hurried, AllCars())
    await write(database, DUE)
    if blind:
        monkeypatch.setattr(runs, "Patient", lambda connection: connection)
    assert await runs.begin_due(hurried, AllCars()) == 1
    assert [run.left_out for run in await all_runs(database)] == [{}, {"again_too_soon": OWNERS}]


@BLINDLY
async def test_the_days_of_so_many_may_be_kept_with_them_that_it_takes_long(
    database: Database, hurried: Database, monkeypatch: pytest.MonkeyPatch, blind: bool
) -> None:
    """Everybody has his birthday today."""
    async with database.transaction() as tx:
        audience = await audiences.make(
            tx, "test", "今天", AllOf(of=(BirthdaySoon(within_days=0),))
        )
    for number in range(OWNERS):
        await his_car(database, f"+861380013800{number}")
    await write(database, BORN_TODAY)
    await campaign(database, CampaignKind.RECALL, audience_id=audience.id)
    if blind:
        monkeypatch.setattr(occasions, "Patient", lambda connection: connection)
    assert await runs.begin_due(hurried, ByAudience(0.0)) == 1
    async with database.reading() as tx:
        kept = await tx.connection.fetch("select reason ->> 'occasion' as kept from run_members")
    assert [row["kept"] for row in kept] == ["birthday"] * OWNERS
