"""A real Asterisk for this test worker with the phones around it, all on the loopback; the hotline
with its other carriers switched on."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from callcenter.composition import all_work
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import RoutingSettings, Settings, TelephonySettings
from callcenter.telephony.asterisk import package
from callcenter.telephony.asterisk.installation import AsteriskUnusable, Installation
from callcenter.telephony.asterisk.process import AsteriskProcess
from callcenter.telephony.duty import telling
from callcenter.telephony_settings import AsteriskSettings, TrunkSettings
from callcenter.web import installation as installation_of
from callcenter.web.links import SignedLinks
from tests.outbound.dialling.kept_touches import KeptTouches
from tests.races.scene import Scene
from tests.service import Service, running
from tests.telephony.certificate import self_made_certificate
from tests.telephony.desks import Desks
from tests.telephony.dialled import Dialled
from tests.telephony.duty_scene import DutyScene
from tests.telephony.exchange import Exchange, until
from tests.telephony.owner_scene import OwnerScene
from tests.telephony.twiml_carrier import KEY, PUBLIC

ROOT = Path(__file__).parents[2]
TELEPHONY = TelephonySettings(
    twiml_key=SecretStr(KEY),
    voicexml=True,
    fallback_number="+862400000000",
    group_addresses={"technical": "sip:technical@desk.example.cn"},
)


def free_ports(count: int) -> list[int]:
    """Free for TCP and UDP at this moment."""
    found: list[int] = []
    with contextlib.ExitStack() as held:
        while len(found) < count:
            tcp = held.enter_context(socket.socket())
            tcp.bind(("127.0.0.1", 0))
            udp = held.enter_context(socket.socket(type=socket.SOCK_DGRAM))
            with contextlib.suppress(OSError):
                udp.bind(tcp.getsockname())
                found.append(tcp.getsockname()[1])
    return found


def settings_of(folder: Path, **given: object) -> AsteriskSettings:
    """An Asterisk that nobody else hears, with free ports."""
    sip, http, https, carrier = free_ports(4)
    certificate, key = self_made_certificate(folder)
    first = 12000 + os.getpid() % 30 * 500
    base = AsteriskSettings(
        sip_port=sip,
        http_port=http,
        https_port=https,
        rtp_first=first,
        rtp_last=first + 499,
        loopback_media=True,
        tls_cert=certificate,
        tls_key=key,
        trunk=TrunkSettings(
            address=f"127.0.0.1:{carrier}", calls_from=("127.0.0.1",), asked_each_s=0
        ),
        desk_phones=("101", "102", "103"),
        browser_phones=("201", "202"),
        longest_call_s=60,
        fallback_ring_s=2,
    )
    return AsteriskSettings.model_validate(base.model_dump() | given)


def data_dir() -> Path:
    """Where set-up puts an Asterisk."""
    return ROOT / Settings().data_dir


@pytest.fixture(scope="session")
def installation() -> Installation:
    """Where it cannot be had, all tests here are skipped and say so."""
    settings = Settings()
    try:
        found = package.find(data_dir() / "asterisk", settings.asterisk_debs)
        found.version()
    except AsteriskUnusable as reason:
        pytest.skip(f"NO TELEPHONE IS TESTED: {reason}")
    return found


@pytest.fixture(scope="session")
async def asterisk(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[AsteriskProcess]:
    """One Asterisk for this test worker."""
    folder = tmp_path_factory.mktemp("asterisk")
    process = AsteriskProcess(folder, settings_of(folder), installation)
    await process.start()
    yield process
    await process.stop()


@pytest.fixture
async def exchange(asterisk: AsteriskProcess) -> AsyncIterator[Exchange]:
    """Phones and conversations on the worker's Asterisk; all is hung up after the test."""
    async with aiohttp.ClientSession() as session, Exchange(asterisk, session) as it:
        yield it


@pytest.fixture
async def desks(database: Database, exchange: Exchange, tmp_path: Path) -> AsyncIterator[Desks]:
    """The hotline is served, and hears what the house decides."""
    at = Desks.at(database, exchange, tmp_path)
    listening = asyncio.create_task(at.news.serve())
    await until(at.news.is_listening)
    await at.serve()
    yield at
    await exchange.die()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening


@pytest.fixture
async def dialled(database: Database, exchange: Exchange, tmp_path: Path) -> AsyncIterator[Dialled]:
    """A campaign runs, its owners stand behind the carrier's line; nobody dials yet."""
    touches = KeptTouches()
    await touches.begin(database)
    desks = Desks.at(database, exchange, tmp_path)
    listening = asyncio.create_task(desks.news.serve())
    await until(desks.news.is_listening)
    folder = exchange.asterisk.folder / tmp_path.name
    owners = OwnerScene(database, exchange, folder, await exchange.carrier(), touches)
    at = Dialled(desks, owners)
    yield at
    await at.die()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening


@pytest.fixture
async def hotline(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Service]:
    async with running(
        database, intake, data_dir=tmp_path, telephony=TELEPHONY, public_url=PUBLIC
    ) as it:
        yield it


@pytest.fixture
async def duty(
    database: Database, exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[DutyScene]:
    """Stations with duty phones behind the carrier's line; nobody of ours serves yet. We wait
    longer for a key than in the product: on a busy machine one is pressed slowly."""
    monkeypatch.setattr(telling, "KEY_S", 20.0)
    installed = await database.run(installation_of.ensure)
    settings = Settings(routing=RoutingSettings())
    scene = Scene(database, settings.routing, all_work(settings, SignedLinks(installed.link_key)))
    carrier = await exchange.carrier()
    at = DutyScene(scene, exchange, exchange.asterisk.folder / tmp_path.name, carrier)
    yield at
    await at.die()
