"""What a policy pack says of calls that find no agent counts as soon as it is in force."""

from datetime import UTC, datetime

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.pacing import Budget
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.dialling.standing import Dialled, dialled, standing
from callcenter.outbound.policies.shelf import pack
from callcenter.settings import Settings
from callcenter.telephony.owners.ringing import RINGS_S, rings_s
from callcenter.telephony.owners.words import abandoned_words
from tests.outbound.dialling.answered_before import answered_before
from tests.outbound.dialling.by_pack import by_pack
from tests.outbound.dialling.kept_touches import KeptTouches

BEGUN = datetime(2026, 11, 26, tzinfo=UTC)


async def set_so(database: Database, touches: KeptTouches, cap: float = 0.03) -> None:
    given = {"campaign_id": touches.campaign_id, "mode": "progressive", "group_name": "desk"}
    async with database.transaction() as tx:
        await SQL.keep_dialling(tx.connection, **given, cap=cap, machine="not_asked", version=0)


async def only(database: Database) -> Dialled:
    (one,) = await database.run(dialled)
    return one


async def budget(database: Database) -> Budget:
    one = await only(database)

    async def now(tx: Tx) -> Budget:
        return (await standing(tx, one)).budget

    return await database.run(now)


async def test_a_ceiling_that_comes_down_counts_for_what_was_set_before(
    database: Database, touches: KeptTouches, monkeypatch: pytest.MonkeyPatch
):
    await set_so(database, touches, cap=0.025)
    assert (await only(database)).cap == 0.025
    by_pack(monkeypatch, ceiling=0.01)
    assert (await only(database)).cap == 0.01


async def test_where_nobody_has_set_a_budget_the_ceiling_counts(
    database: Database, touches: KeptTouches, monkeypatch: pytest.MonkeyPatch
):
    by_pack(monkeypatch, ceiling=0.01)
    async with database.transaction() as tx:
        # What the dialling keeps of its own looks is no setting.
        await SQL.keep_stood(
            tx.connection,
            campaign_id=touches.campaign_id,
            mode="progressive",
            group_name="desk",
            cap=0.03,
            machine="not_asked",
            stood="{}",
        )
    assert (await only(database)).cap == 0.01


@pytest.mark.parametrize(("mode", "answered"), [("preview", 0), ("keys", 0), ("predictive", 30)])
async def test_only_calls_that_the_dialling_has_begun_for_agents_count(
    database: Database, touches: KeptTouches, mode: str, answered: int
):
    await set_so(database, touches)
    await answered_before(touches, database, 30, 0, mode=mode)
    assert (await budget(database)).answered == answered


async def test_it_is_counted_over_the_hours_of_the_pack_and_over_each_day(
    database: Database, touches: KeptTouches, monkeypatch: pytest.MonkeyPatch
):
    """Whichever leaves less."""
    await set_so(database, touches)
    await answered_before(touches, database, 40, 4, hours=48)
    await answered_before(touches, database, 60, 0, hours=1)
    today = await budget(database)
    assert (today.answered, today.abandoned, today.hours, today.is_spent) == (60, 0, 24, False)
    by_pack(monkeypatch, over_h=72)
    longer = await budget(database)
    assert (longer.answered, longer.abandoned, longer.hours, longer.is_spent) == (100, 4, 72, True)


def test_a_telephone_rings_no_shorter_than_the_pack_says():
    found = pack("uk", BEGUN).abandoned
    assert rings_s(found) == RINGS_S >= found.ring_at_least_s
    longer = found.model_copy(update={"ring_at_least_s": 40.0})
    assert rings_s(longer) == 40.0


def test_each_owner_hears_the_house_in_his_language():
    names = Settings().outbound
    house = {"zh": names.name_zh, "en": names.name_en}
    assert names.name_en in abandoned_words("en", house, "4001")
    assert names.name_zh in abandoned_words("zh", house, "4001")
    assert names.name_zh not in abandoned_words("en", house, "4001")
