"""A rehearsal that has not seen everything says so; what it counts, it counts once."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from typer.testing import CliRunner

from callcenter.cli.commands import app
from callcenter.rehearsal import cli
from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.rescue import play_rescue
from callcenter.rehearsal.run import BrokenOff, Show, rehearse
from callcenter.rehearsal.stage import NewsMissed, Stage
from callcenter.rehearsal.tally import Tally
from callcenter.settings import RoutingSettings
from callcenter.simulation import api as client
from callcenter.simulation.api import Api
from callcenter.simulation.behaviour import Behaviour, Tempo
from callcenter.web.feed_listener import START
from tests.forked import callcenter
from tests.service import Service, eventually, open_rescue
from tests.simulation.line import hub_of, line_to, new_token, revoke

QUICK = Tempo(think_s=(0.1, 0.3), compression=2000, on_site_s=(0.1, 0.2), line_lost_s=(0.3, 0.6))
PATIENCE_S = 60.0


@pytest.fixture
def routing() -> RoutingSettings:
    """Silence ends soon, but not before a station on a slow machine can answer."""
    return RoutingSettings(offer_lifetime_s=4)


@pytest.fixture
async def network(service: Service) -> None:
    """Eight simulated stations."""
    for number in range(8):
        trucks = [["flatbed", "winch", "wheel_lift"]] * 4
        await service.station(f"S{number}", number * 2.0, trucks=trucks, simulated=True)


@pytest.fixture
async def api(service: Service) -> AsyncIterator[Api]:
    async with Api(
        str(service.server.make_url("")), await new_token(service, rehearses=True)
    ) as it:
        yield it


async def play(
    api: Api,
    rescues: int,
    patience_s: float = PATIENCE_S,
    tempo: Tempo = QUICK,
    show: Show = lambda tally, referee: None,
) -> tuple[Tally, Referee]:
    return await rehearse(
        api,
        rescues,
        show=show,
        between_s=0.1,
        tempo=tempo,
        patience_s=patience_s,
    )


class LosesItsLineAtOnce(random.Random):
    """Of two moments to lose it always the first: before the answer."""

    def random(self) -> float:
        return 0.0


class Listening:
    """A stage that listens and keeps time, as in a rehearsal; every station does the same."""

    def __init__(self, api: Api, *behaviours: Behaviour, tempo: Tempo = QUICK):
        self.stage = Stage(api, Tally(1), Referee(), 1, tempo)
        self.stage.cards = itertools.chain(behaviours, itertools.repeat(Behaviour.ACCEPT))
        self.tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Stage:
        await self.stage.prepare()
        for work in (self.stage.listen(), self.stage.keep_time()):
            self.tasks.append(asyncio.create_task(work))
        await asyncio.wait_for(self.stage.hears.wait(), PATIENCE_S)
        return self.stage

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.stage.end()


@pytest.mark.usefixtures("network")
async def test_a_web_process_that_is_replaced_under_way_costs_time_only(service: Service, api: Api):
    playing = asyncio.create_task(play(api, 3))
    await asyncio.sleep(1)
    hub_of(service).close()
    await asyncio.sleep(2)
    hub_of(service).closing = False
    tally, referee = await playing
    assert tally.is_complete, tally.missed
    assert referee.is_content


@pytest.mark.usefixtures("network")
async def test_who_is_no_longer_allowed_to_listen_has_not_counted(service: Service):
    token = await new_token(service, rehearses=True)
    async with Api(str(service.server.make_url("")), token) as api:
        playing = asyncio.create_task(play(api, 20))
        await asyncio.sleep(1)
        await revoke(service, token)
        with pytest.raises(BrokenOff) as end:
            await asyncio.wait_for(playing, PATIENCE_S)
    assert not end.value.tally.is_complete


@pytest.mark.usefixtures("network")
async def test_a_service_that_goes_away_under_way_is_no_good_end(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client, "PATIENCE_S", 0.5)
    token = await new_token(service, rehearses=True)
    async with line_to(service, token) as (line, api):
        acknowledged = asyncio.Event()

        def show(_: Tally, referee: Referee) -> None:
            if referee.acknowledged:
                acknowledged.set()

        playing = asyncio.create_task(play(api, 3, patience_s=2, show=show))
        await asyncio.wait_for(acknowledged.wait(), PATIENCE_S)
        line.cut()
        with pytest.raises(BrokenOff) as end:
            await asyncio.wait_for(playing, PATIENCE_S)
    assert end.value.tally.missed


async def test_a_gap_in_the_news_ends_the_count(
    service: Service, api: Api, owner: asyncpg.Connection
):
    await open_rescue(await service.agent())
    listening = Listening(api)
    async with listening:
        hub_of(service).close()
        await owner.execute("truncate events cascade")
        hub_of(service).position, hub_of(service).closing = START, False
        with pytest.raises(NewsMissed):
            await asyncio.wait_for(listening.tasks[0], PATIENCE_S)


@pytest.mark.usefixtures("network")
async def test_a_rescue_that_does_not_end_is_named_and_put_away(service: Service, api: Api):
    began = time.monotonic()
    tally, referee = await play(api, 3, patience_s=0.5, tempo=Tempo(think_s=(300, 300)))
    assert time.monotonic() - began < PATIENCE_S
    assert not tally.is_complete
    agent = await service.agent()
    for ticket_id, number in referee.acknowledged.items():
        assert f"{number} did not end" in tally.missed
        stage = (await agent.get(f"/api/v1/tickets/{ticket_id}"))["stage"]
        assert stage == "cancelled", "no alarms and no busy trucks after a drill"


@pytest.mark.usefixtures("network")
async def test_who_stops_a_rehearsal_leaves_nothing_behind(service: Service, api: Api):
    agent = await service.agent()
    playing = asyncio.create_task(play(api, 20))

    async def under_way() -> Any:
        return (await agent.get("/api/v1/tickets", live="true"))["items"]

    await eventually(under_way)
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)
    for ticket in (await agent.get("/api/v1/tickets"))["items"]:
        # One whose answer never came is unknown to the rehearsal, and nobody was asked for it.
        assert ticket["stage"] in ("cancelled", "closed", "opened")


IN_TIME_OR_NOT = pytest.mark.parametrize(
    "sabotage",
    [
        pytest.param("", id="guarded"),
        # Whoever has seen the offer may answer for another hour.
        pytest.param(
            "create function wait() returns trigger language plpgsql as $$ begin"
            " new.expires_at = new.expires_at + interval '1 h'; return new; end $$;"
            "create trigger wait before update on offers for each row"
            " when (old.seen_at is null and new.seen_at is not null) execute function wait()",
            id="control",
            marks=pytest.mark.xfail(strict=True, raises=AssertionError),
        ),
    ],
)


@IN_TIME_OR_NOT
@pytest.mark.usefixtures("network")
async def test_no_station_gets_a_rescue_after_its_time(
    api: Api, owner: asyncpg.Connection, sabotage: str
):
    await owner.execute(sabotage or "select 1")
    async with Listening(api, Behaviour.LOSE_LINE) as stage:
        stage.player.chance = LosesItsLineAtOnce()
        async with asyncio.timeout(PATIENCE_S):
            await play_rescue(stage, 1)
        assert stage.tally.counts["line_lost"] == 1
        assert stage.referee.overdue_offers == 0


@pytest.mark.usefixtures("network")
async def test_an_offer_expires_once_though_the_news_of_it_comes_late(service: Service, api: Api):
    async with Listening(api, Behaviour.SILENT) as stage:
        playing = asyncio.create_task(play_rescue(stage, 1))

        async def offered() -> Any:
            return stage.tally.location_to_offer_ms

        await eventually(offered)
        hub_of(service).close()

        async def found_by_a_look() -> Any:
            return stage.tally.counts["expired"]

        await eventually(found_by_a_look, within_s=PATIENCE_S)
        hub_of(service).closing = False
        await asyncio.wait_for(playing, PATIENCE_S)
        assert stage.tally.counts["expired"] == 1
        assert stage.referee.is_content


@pytest.mark.usefixtures("network")
async def test_a_slow_answer_to_the_confirmation_loses_no_time(service: Service):
    at_once = Tempo(think_s=(0, 0), compression=2000, on_site_s=(0.1, 0.1))
    token = await new_token(service, rehearses=True)
    async with line_to(service, token) as (line, api):
        line.slow[b"/confirmation"] = 1.5
        async with Listening(api, tempo=at_once) as stage, asyncio.timeout(PATIENCE_S):
            await play_rescue(stage, 1)
            assert len(stage.tally.location_to_offer_ms) == 1
            assert len(stage.tally.offer_to_accept_s) == 1


@pytest.mark.usefixtures("network")
async def test_with_danger_the_time_runs_from_the_proposal(
    service: Service, owner: asyncpg.Connection
):
    """It confirms the place by itself; its answer comes long after the offer."""
    await owner.execute(
        "create function danger() returns trigger language plpgsql as"
        " $$ begin new.danger = true; new.priority = 0; return new; end $$;"
        "create trigger danger before insert on tickets for each row execute function danger()"
    )
    token = await new_token(service, rehearses=True)
    async with line_to(service, token) as (line, api):
        line.slow[b"/places"] = 1.5
        async with Listening(api) as stage, asyncio.timeout(PATIENCE_S):
            await play_rescue(stage, 1)
            assert len(stage.tally.location_to_offer_ms) == 1
            assert stage.tally.location_to_offer_ms[0] > 0


@pytest.mark.usefixtures("network")
async def test_the_first_acceptance_counts_though_it_is_handed_back(api: Api):
    async with Listening(api, Behaviour.DECLINE, Behaviour.HAND_BACK) as stage:
        async with asyncio.timeout(PATIENCE_S):
            await play_rescue(stage, 1)
        assert stage.tally.counts["handed_back"] == 1
        assert len(stage.tally.offer_to_accept_s) == 1


def test_that_nothing_answers_is_said_at_once(tmp_path: Path, unused_tcp_port: int):
    (tmp_path / cli.TOKEN_FILE).write_text("none")
    (tmp_path / cli.ADDRESS_FILE).write_text(f"http://127.0.0.1:{unused_tcp_port}")
    began = time.monotonic()
    said = CliRunner().invoke(app, ["rehearse", "--data-dir", str(tmp_path), "--json"])
    assert time.monotonic() - began < client.PATIENCE_S / 2
    assert said.exit_code == cli.NOT_COUNTED
    assert said.stdout == ""
    assert "没有应答" in said.stderr
    assert "Nothing answers" in said.stderr


@pytest.mark.usefixtures("network")
async def test_a_count_that_was_broken_off_is_no_success(service: Service, tmp_path: Path):
    """Everything else is allowed: only the news cannot be heard."""
    token = await new_token(service, rehearses=True)
    async with service.database.transaction() as tx:
        await tx.connection.execute(
            "update machine_tokens set scopes = array_remove(scopes, 'feed_read')"
        )
    (tmp_path / cli.TOKEN_FILE).write_text(token)
    where = ["--data-dir", str(tmp_path), "--url", str(service.server.make_url(""))]
    said = await asyncio.to_thread(callcenter, "rehearse", "--rescues", "1", "--json", *where)
    assert said.returncode == cli.NOT_COUNTED
    assert json.loads(said.stdout)["closed"] == 0
    assert "403" in said.stderr
