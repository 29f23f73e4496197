"""The row of a timer is gone: the watchdog finds the rescue that nothing will come back to."""

from uuid import UUID

import asyncpg

from callcenter.routing import by_hand
from callcenter.routing.watchdog import keep_watch
from callcenter.staff import alarms
from tests.races.invariants import violations
from tests.races.sabotage import NO_OFFER_EXPIRES, guarded_or_not
from tests.races.scene import DESK, Scene

NO_OFFER_FOR = """
create function refuse_offer() returns trigger language plpgsql as
    $$ begin raise exception 'something that nobody has foreseen'; end $$;
create trigger refuse_offer before insert on offers for each row
    when (new.ticket_id = '{0}') execute function refuse_offer();
"""


async def asked(scene: Scene) -> UUID:
    """The nearest station has the rescue's offer."""
    ticket_id = await scene.rescue()
    assert len(await scene.ask(ticket_id)) == 1
    return ticket_id


async def time_passes(owner: asyncpg.Connection) -> None:
    """A minute in which no timer has rung: their rows are gone."""
    await owner.execute("delete from pgqueuer")
    await owner.execute("update ladders set began_at = began_at - interval '10 min'")
    await owner.execute("update ladders set deadline_at = now() - interval '1 min'")
    await owner.execute(
        "update offers set made_at = made_at - interval '10 min',"
        " expires_at = now() - interval '1 min'"
    )


async def open_alarms(scene: Scene, ticket_id: UUID) -> list[tuple[str, str]]:
    found = await scene.do(alarms.listed, limit=9, only_open=True, ticket_id=ticket_id)
    return [(alarm.kind, alarm.reason) for alarm in found]


@guarded_or_not(NO_OFFER_EXPIRES)
async def test_an_offer_that_lost_its_clock_ends_and_the_next_station_is_asked(
    scene: Scene, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(sabotage)
    await scene.station("NEAR", 1)
    next_ = await scene.station("NEXT", 9)
    ticket_id = await asked(scene)
    assert await keep_watch(scene.database, scene.routing) == 0, "its clock is there"
    await time_passes(owner)
    assert await keep_watch(scene.database, scene.routing) == 1
    (offer,) = await scene.offers(ticket_id)
    assert offer.station_id == next_.id
    assert await violations(owner) == []
    assert await keep_watch(scene.database, scene.routing) == 0, "it is mended"


async def test_a_held_rescue_that_lost_its_deadline_calls_somebody(
    scene: Scene, owner: asyncpg.Connection
):
    await scene.station("NEAR", 1)
    ticket_id = await asked(scene)
    await scene.do(by_hand.hold, DESK, ticket_id, True, scene.routing)
    await time_passes(owner)
    assert await keep_watch(scene.database, scene.routing) == 1
    assert await scene.offers(ticket_id) == []
    assert await open_alarms(scene, ticket_id) == [("rescue_nobody_left", "still_nobody")]
    assert await keep_watch(scene.database, scene.routing) == 0


async def test_one_that_cannot_be_mended_is_given_to_a_person_and_the_others_are_mended(
    scene: Scene, owner: asyncpg.Connection
):
    for code, km in (("NEAR", 1), ("NEXT", 9)):
        await scene.station(code, km, trucks=2)
    stuck, other = await asked(scene), await asked(scene)
    await time_passes(owner)
    await owner.execute(NO_OFFER_FOR.format(stuck))
    assert await keep_watch(scene.database, scene.routing) == 2
    assert len(await scene.offers(other)) == 1
    assert await open_alarms(scene, stuck) == [("rescue_not_accepted", "not_mended")]
