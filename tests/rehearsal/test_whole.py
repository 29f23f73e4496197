"""A whole rehearsal against the running service; and with the guard gone it must count the harm."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from callcenter.cli.machine_tokens import REHEARSES
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.rehearsal import referee as referees
from callcenter.rehearsal.cli import INVARIANT_BROKEN, TOKEN_FILE
from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.run import NothingToPlay, Show, rehearse
from callcenter.rehearsal.tally import Tally
from callcenter.settings import RoutingSettings
from callcenter.simulation.api import Api
from callcenter.simulation.behaviour import Tempo
from callcenter.staff import tokens
from tests.forked import callcenter
from tests.races.sabotage import (
    NO_OFFER_EXPIRES,
    RIVALS_STAY_OPEN,
    WITHOUT_STATION_INDEX,
    guarded_or_not,
)
from tests.service import Service, running

QUICK = Tempo(think_s=(0.1, 0.6), compression=2000, on_site_s=(0.1, 0.2), line_lost_s=(0.3, 0.6))
ALWAYS_TWO = RoutingSettings(
    offer_lifetime_s=2.5, acceptance_deadline_s=20, danger_acceptance_deadline_s=20
)

# Besides: the ticket does not move on, so that its next acceptance is not refused for that. And
# every rescue is urgent, so that several stations are asked, who all answer at one moment.
ALL_ARE_ASKED_ON = """
create function stay() returns trigger language plpgsql as
    $$ begin if new.stage = 'assigned' then new.stage = 'dispatching'; end if; return new; end $$;
create trigger stay before update on tickets for each row execute function stay();
create function hurry() returns trigger language plpgsql as
    $$ begin new.expressway = true; new.priority = 1; return new; end $$;
create trigger hurry before insert on tickets for each row execute function hurry();
"""
CLOSED_TICKETS_ARE_LOST = """
create function forget() returns trigger language plpgsql as $$ begin
    update tickets set number = 'x' || number where id = new.id;
    return null;
end $$;
create trigger forget after update on tickets for each row
    when (new.stage = 'closed' and old.stage <> 'closed') execute function forget();
"""
AT_ONE_MOMENT = Tempo(think_s=(0.4, 0.4), compression=2000)
NOBODY_ANSWERS = Tempo(think_s=(300, 300))


class Counted(Exception):
    """The harm was seen: no need to play on."""


async def rehearsal_token(service: Service) -> str:
    async with service.database.transaction() as tx:
        return await tokens.create_machine_token(
            tx, name="rehearsal", scopes=REHEARSES, lifetime=timedelta(hours=1)
        )


async def play(
    service: Service,
    rescues: int,
    patience_s: float,
    tempo: Tempo = QUICK,
    show: Show = lambda tally, referee: None,
) -> tuple[Tally, Referee]:
    async with Api(str(service.server.make_url("")), await rehearsal_token(service)) as api:
        return await rehearse(
            api,
            rescues,
            show=show,
            between_s=0.1,
            tempo=tempo,
            patience_s=patience_s,
        )


async def simulated_network(service: Service) -> None:
    for number in range(8):
        trucks = [["flatbed", "winch", "wheel_lift"]] * 6
        await service.station(f"S{number}", number * 2.0, trucks=trucks, simulated=True)


@pytest.mark.timeout(240)
async def test_every_rescue_ends_and_nothing_is_broken(
    database: Database, intake: Intake, monkeypatch: pytest.MonkeyPatch
):
    # A machine that stands still for a moment is no broken invariant.
    monkeypatch.setattr(referees, "GRACE_S", 10)
    async with running(database, intake, routing=ALWAYS_TWO) as service:
        await simulated_network(service)
        tally, referee = await play(service, 25, patience_s=120)
    told = tally.as_json(referee)
    assert told["closed"] == 25
    assert referee.is_content
    assert all(told[what] > 0 for what in ("declined", "expired", "handed_back", "line_lost"))
    for times in ("location_to_offer_ms", "offer_to_accept_s"):
        assert 0 < told[times]["p50"] <= told[times]["p90"] <= told[times]["p99"]
    assert len(tally.location_to_offer_ms) == 25


@pytest.mark.timeout(240)
async def test_two_holders_would_be_counted(
    database: Database, intake: Intake, owner: asyncpg.Connection
):
    await owner.execute(WITHOUT_STATION_INDEX + RIVALS_STAY_OPEN + ALL_ARE_ASKED_ON)
    # Long lifetimes: on a busy machine the second answer must not come behind its deadline.
    several_at_once = RoutingSettings(offer_lifetime_s=30, urgent_parallel_offers=3)

    def until_counted(tally: Tally, referee: Referee) -> None:
        if referee.double_held:
            assert not referee.is_content
            raise Counted

    async with running(database, intake, routing=several_at_once) as service:
        await simulated_network(service)
        with pytest.raises(Counted):
            await play(service, 30, 60, AT_ONE_MOMENT, show=until_counted)


@guarded_or_not(NO_OFFER_EXPIRES)
@pytest.mark.parametrize("routing", [ALWAYS_TWO], ids=["short"])
async def test_no_offer_is_open_behind_its_deadline(
    service: Service, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(sabotage)
    await simulated_network(service)
    _, referee = await play(service, 2, 5, NOBODY_ANSWERS)
    assert referee.overdue_offers == 0
    assert referee.is_content


@pytest.mark.timeout(240)
async def test_a_lost_ticket_is_counted_and_is_exit_status_1(
    service: Service, owner: asyncpg.Connection, tmp_path: Path
):
    await simulated_network(service)
    await owner.execute(CLOSED_TICKETS_ARE_LOST)
    (tmp_path / TOKEN_FILE).write_text(await rehearsal_token(service))
    where = ["--data-dir", str(tmp_path), "--url", str(service.server.make_url(""))]
    command = ["rehearse", "--rescues", "1", "--json", *where]
    said = await asyncio.to_thread(callcenter, *command, patience_s=200)
    told = json.loads(said.stdout)
    assert (told["lost"], told["double_held"], told["overdue_offers"]) == (1, 0, 0)
    assert said.returncode == INVARIANT_BROKEN


async def test_real_stations_are_never_rehearsed_with(service: Service):
    await service.station("REAL", 1)
    with pytest.raises(NothingToPlay):
        await play(service, 1, 5)
