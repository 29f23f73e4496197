"""The invariants hold over an ordinary rescue, and each can be seen to break."""

from typing import Any

import pytest

from tests.races.invariants import violations
from tests.service import Service, confirm_place, offer_for, open_rescue

# What is done to the rows, and the words it is found by.
BREAKAGES = {
    "update offers set state = 'declined'": "dispatch of an offer that is declined",
    "insert into offers (id, ticket_id, station_id, place_id, round, rung, distance_m, made_by,"
    " expires_at) select gen_random_uuid(), ticket_id, station_id, place_id, 9, rung, 1, 'x',"
    " now() from offers": "open offer of a rescue that a station holds",
    "update tickets set stage = 'en_route'": "ticket en_route while its dispatch is accepted",
    "update dispatches set ended_at = now()": "rescue assigned that nobody holds",
    "update dispatches set ended_at = now();"
    " update tickets set stage = 'dispatching'": "ended ladder of a rescue that is dispatching",
    "update ladders set ended_at = null": "live ladder of a rescue that is assigned",
    "update ladders set ended_at = null; update dispatches set ended_at = now();"
    " update tickets set stage = 'dispatching'; delete from pgqueuer;"
    " delete from alarms": "rescue dispatching without a next step",
    "delete from pgqueuer": "live dispatch without a clock",
    "delete from pgqueuer; delete from dispatches; delete from offers; delete from ladders;"
    " update tickets set stage = 'opened'": "rescue opened that nobody will look at",
    "insert into alarms (id, kind, ticket_id, reason) select gen_random_uuid(),"
    " 'rescue_nobody_left', id, 'x' from tickets": "alarm rescue_nobody_left of a rescue",
    "update offers set ended_at = expires_at": "offer accepted after its end",
    "insert into events (id, kind, actor, facts)"
    " select gen_random_uuid(), 'offer.ended', 'x', facts from events"
    " where kind = 'offer.accepted'": "offer that ended twice",
    "delete from dispatches": "offer accepted without a dispatch",
    "drop index one_station_per_rescue; drop index one_rescue_per_truck;"
    " alter table dispatches drop constraint dispatches_offer_id_key;"
    " insert into dispatches (id, ticket_id, offer_id, station_id, truck_id, eta_at)"
    " select gen_random_uuid(), ticket_id, offer_id, station_id, truck_id, eta_at"
    " from dispatches": "two stations hold one rescue",
}


async def test_an_ordinary_rescue_breaks_nothing_and_what_is_broken_is_found(
    service: Service, owner: Any
):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    ticket = await open_rescue(agent)
    assert await violations(owner) == []
    await confirm_place(agent, ticket["id"])
    assert await violations(owner) == []
    offer = await offer_for(station, ticket["id"])
    assert await violations(owner) == []
    await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 20})
    assert await violations(owner) == []
    for sabotage, found in BREAKAGES.items():
        undo = owner.transaction()
        await undo.start()
        await owner.execute(sabotage)
        broken = await violations(owner)
        await undo.rollback()
        if not any(found in words for words in broken):
            pytest.fail(f"{sabotage}: {broken}")
