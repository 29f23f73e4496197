"""A whole rehearsal against the running service; and with the guard gone it must count the harm."""

from datetime import timedelta

import asyncpg
import pytest

from callcenter.cli.machine_tokens import REHEARSES
from callcenter.db.database import Database
from callcenter.places.gazetteer import Gazetteer
from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.run import NothingToPlay, rehearse
from callcenter.rehearsal.tally import Tally
from callcenter.settings import RoutingSettings
from callcenter.simulation.api import Api
from callcenter.simulation.behaviour import Tempo
from callcenter.staff import tokens
from tests.service import Service, running

QUICK = Tempo(think_s=(0.1, 0.6), compression=2000, on_site_s=(0.1, 0.2), line_lost_s=(0.3, 0.6))
ALWAYS_TWO = RoutingSettings(
    offer_lifetime_s=2.5, acceptance_deadline_s=20, danger_acceptance_deadline_s=20
)

# Taken out: that a rescue has one holder, that rivals are withdrawn, that the ticket moves on.
# And every rescue is urgent, so that several stations are asked, who all answer at one moment.
NO_GUARD = """
drop index one_station_per_rescue;
create function leave_open() returns trigger language plpgsql as
    $$ begin if new.state = 'withdrawn' then return null; end if; return new; end $$;
create trigger leave_open before update on offers for each row execute function leave_open();
create function stay() returns trigger language plpgsql as
    $$ begin if new.stage = 'assigned' then new.stage = 'dispatching'; end if; return new; end $$;
create trigger stay before update on tickets for each row execute function stay();
create function hurry() returns trigger language plpgsql as
    $$ begin new.expressway = true; new.priority = 1; return new; end $$;
create trigger hurry before insert on tickets for each row execute function hurry();
"""


AT_ONE_MOMENT = Tempo(think_s=(0.4, 0.4), compression=2000)


async def play(
    service: Service, rescues: int, patience_s: float, tempo: Tempo = QUICK
) -> tuple[Tally, Referee]:
    async with service.database.transaction() as tx:
        token = await tokens.create_machine_token(
            tx, name="rehearsal", scopes=REHEARSES, lifetime=timedelta(hours=1)
        )
    async with Api(str(service.server.make_url("")), token) as api:
        return await rehearse(
            api,
            rescues,
            show=lambda tally, referee: None,
            between_s=0.1,
            tempo=tempo,
            patience_s=patience_s,
        )


async def simulated_network(service: Service) -> None:
    for number in range(8):
        trucks = [["flatbed", "winch", "wheel_lift"]] * 6
        await service.station(f"S{number}", number * 2.0, trucks=trucks, simulated=True)


async def test_every_rescue_ends_and_nothing_is_broken(database: Database, gazetteer: Gazetteer):
    async with running(database, gazetteer, routing=ALWAYS_TWO) as service:
        await simulated_network(service)
        tally, referee = await play(service, 25, 60)
    told = tally.as_json(referee)
    assert told["closed"] == 25
    assert referee.is_content
    assert all(told[what] > 0 for what in ("declined", "expired", "handed_back", "line_lost"))
    for times in ("location_to_offer_ms", "offer_to_accept_s"):
        assert 0 < told[times]["p50"] <= told[times]["p90"] <= told[times]["p99"]
    assert len(tally.location_to_offer_ms) == 25


async def test_two_holders_would_be_counted(
    database: Database, gazetteer: Gazetteer, owner: asyncpg.Connection
):
    await owner.execute(NO_GUARD)
    every_offer_twice = ALWAYS_TWO.model_copy(update={"urgent_parallel_offers": 3})
    async with running(database, gazetteer, routing=every_offer_twice) as service:
        await simulated_network(service)
        _, referee = await play(service, 30, 4, AT_ONE_MOMENT)
    assert referee.double_held > 0
    assert not referee.is_content


async def test_a_lost_ticket_would_be_counted(
    database: Database, gazetteer: Gazetteer, owner: asyncpg.Connection
):
    async with running(database, gazetteer, routing=ALWAYS_TWO) as service:
        await simulated_network(service)
        await owner.execute(
            "create function forget() returns trigger language plpgsql as $$ begin "
            "update tickets set number = 'x' || number where id = new.id; return null; end $$;"
            "create trigger forget after update on tickets for each row "
            "when (new.stage = 'closed' and old.stage <> 'closed') execute function forget()"
        )
        _, referee = await play(service, 3, 30)
    assert referee.lost == 3


async def test_real_stations_are_never_rehearsed_with(service: Service):
    await service.station("REAL", 1)
    with pytest.raises(NothingToPlay):
        await play(service, 1, 5)
