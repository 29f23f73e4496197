"""A touch by call: claimed for him it is promised to, begun, settled, promised anew."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.dialling.by_campaign import CampaignTouches
from callcenter.outbound.model import Outcome, Touch, Way
from callcenter.outbound.touches.ports import nothing_follows
from tests.outbound.conftest import TUESDAY
from tests.outbound.scene import Scene, stop_clock
from tests.outbound.test_by_message import words

CALLS = CampaignTouches(words, nothing_follows)
ME, ANOTHER = new_id(), new_id()
STAFF = """
insert into staff_users (id, login, name, role, password_hash) values ($1, 'me', 'me', 'agent', '')
"""


async def claimed(
    database: Database, staff_id: UUID | None = ME, campaigns: list[UUID] | None = None
) -> list[Touch]:
    async def some(tx: Tx) -> Sequence[Touch]:
        return await CALLS.claim(
            tx, Way.AGENT_CALL, "me", 5, campaigns=campaigns, staff_id=staff_id
        )

    # A claim takes from each bucket in turn: of two owners in one bucket the second comes later.
    found: list[Touch] = []
    while more := await database.run(some):
        found += more
    return found


async def test_a_promised_call_is_made_by_whom_it_was_promised_by_and_not_before(
    scene: Scene, database: Database
) -> None:
    await scene.campaign(await scene.add_owners(1), way=Way.AGENT_CALL)
    (touch,) = await claimed(database)
    assert await database.run(lambda tx: CALLS.sending(tx, touch.id, "me"))
    then = TUESDAY + timedelta(hours=4)
    await scene.connection.execute(STAFF, ME)
    await database.run(
        lambda tx: CALLS.outcome(tx, touch.id, Outcome.CALL_BACK, words="下午再说", staff_id=ME)
    )
    await database.run(lambda tx: CALLS.promise(tx, touch.id, ME, then))
    assert await claimed(database) == []
    await stop_clock(scene.connection, then)
    assert await claimed(database, ANOTHER) == await claimed(database, None) == []
    (again,) = await claimed(database)
    assert (again.promised_to, again.attempt) == (ME, 2)
    row = await scene.connection.fetchrow(
        "select state, words, outcome from contact_ledger where touch_id = $1", touch.id
    )
    assert row is not None
    assert tuple(row) == ("said", "下午再说", "call_back")


async def test_only_of_the_campaigns_that_are_asked_for(scene: Scene, database: Database) -> None:
    await scene.campaign(await scene.add_owners(2), way=Way.AGENT_CALL)
    wanted = await scene.campaign(await scene.add_owners(2), way=Way.AGENT_CALL)
    found = await claimed(database, campaigns=[wanted])
    assert {touch.campaign_id for touch in found} == {wanted}


async def test_what_was_not_dialled_is_due_again_and_what_is_lost_is_not(
    scene: Scene, database: Database
) -> None:
    await scene.campaign(await scene.add_owners(2), way=Way.AGENT_CALL)
    back, lost = await claimed(database)
    await database.run(lambda tx: CALLS.give_back(tx, back.id, "not_dialled"))
    await database.run(lambda tx: CALLS.sending(tx, lost.id, "me"))
    await database.run(lambda tx: CALLS.unknown(tx, lost.id, "line_lost"))
    assert [touch.id for touch in await claimed(database)] == [back.id]
    assert await scene.reasons() == {("claimed", ""), ("unknown", "line_lost")}
