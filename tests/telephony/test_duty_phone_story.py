"""The whole service: a rescue is opened at the desk, nobody opens the offer, the phone takes it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from callcenter import hotline
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import RoutingSettings, Settings
from callcenter.telephony.prompts.voice import Voice
from tests.conftest import Server
from tests.forked import PROCESSES
from tests.service import Service, confirm_place, eventually, open_rescue, running
from tests.telephony.exchange import Exchange

DUTY_PHONE = "+8613900000001"
ROUTING = RoutingSettings(offer_lifetime_s=90, duty_phone_after_s=2)


def hotline_process(settings: Settings) -> None:
    asyncio.run(hotline.serve(settings))


@pytest.fixture
async def house(
    server: Server,
    dbname: str,
    database: Database,
    intake: Intake,
    exchange: Exchange,
    tmp_path: Path,
) -> AsyncIterator[Service]:
    """Web and worker here, the hotline a process of its own beside the switch."""
    if Voice.of_this_machine().program is None:
        pytest.skip("no espeak-ng: nothing is spoken here")
    (tmp_path / "asterisk").mkdir()
    (tmp_path / "asterisk" / "run").symlink_to(exchange.asterisk.folder)
    settings = exchange.asterisk.settings
    async with running(
        database, intake, routing=ROUTING, data_dir=tmp_path, asterisk=settings
    ) as it:
        of_its_own = it.settings.model_copy(
            update={"database_url": SecretStr(server.app_dsn(dbname))}
        )
        process = PROCESSES.Process(target=hotline_process, args=(of_its_own,))
        process.start()
        yield it
        assert process.pid is not None
        os.kill(process.pid, signal.SIGTERM)
        await asyncio.to_thread(process.join, 30)
        assert process.exitcode == 0


async def test_the_duty_phone_takes_the_rescue(house: Service, exchange: Exchange):
    carrier = await exchange.carrier()
    await house.station("A", 1, duty_phone=DUTY_PHONE)
    agent = await house.agent()
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    call = await carrier.next_call()
    call.answer()
    await call.until("up")
    assert not (await call.hear(3)).is_silent
    call.press("1")

    async def is_taken() -> bool:
        return bool((await agent.get(f"/api/v1/tickets/{ticket['id']}"))["stage"] == "assigned")

    await eventually(is_taken)
    await call.until("over")

    async def told() -> bool:
        timeline = await agent.get(f"/api/v1/tickets/{ticket['id']}/timeline")
        calls = [e for e in timeline["events"] if e["kind"].startswith("duty_phone.")]
        outcome = [e["facts"].get("duty_outcome") for e in calls]
        return outcome == [None, None, "accepted"]

    await eventually(told)
    said = (await agent.get("/api/v1/messages", ticket_id=ticket["id"]))["items"]
    to_station = [
        (one["channel"], one["purpose"]) for one in said if one["purpose"].startswith("station_")
    ]
    assert sorted(to_station) == [("text", "station_by_phone"), ("text", "station_offer")]
