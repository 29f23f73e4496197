"""The way from the web processes to the switch: an account for an agent's browser, its socket."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from callcenter.settings import Settings
from callcenter.telephony.agent_phones.errors import SwitchAway
from callcenter.telephony.asterisk.ari import Ari, SwitchRefused, SwitchUnreachable
from callcenter.telephony.asterisk.config import ARI_PASSWORD, ARI_USER
from callcenter.telephony.asterisk.passwords import Passwords
from callcenter.telephony.asterisk.phone_accounts import open_account

FOLDER = "asterisk"
RUN = "run"
ENDED_BY = (SwitchUnreachable, SwitchRefused, aiohttp.ClientError, TimeoutError, OSError)


def run_folder(data_dir: Path) -> Path:
    """Where the switch of this installation has its configuration and its files."""
    return data_dir / FOLDER / RUN


def spool_of(data_dir: Path) -> Path:
    """Where that switch writes what it records."""
    return run_folder(data_dir) / "spool" / "recording"


def ari_of(settings: Settings, session: aiohttp.ClientSession) -> Ari:
    """A client of that switch's ARI, with the password in its folder."""
    passwords = Passwords(_passwords(settings.data_dir))
    url = f"http://127.0.0.1:{settings.asterisk.http_port}/ari"
    return Ari(session, url, ARI_USER, passwords.of(ARI_PASSWORD))


def _passwords(data_dir: Path) -> Path:
    return run_folder(data_dir) / "passwords.json"


@dataclass(frozen=True)
class SwitchDoor:
    """`secret`: the installation's, from which the browsers' passwords are derived."""

    settings: Settings
    secret: bytes

    @property
    def is_there(self) -> bool:
        """Whether a switch was ever configured here."""
        return _passwords(self.settings.data_dir).exists()

    async def open_account(self, extension: str) -> str:
        """Let this browser register; its password. It is the same each time, so that two windows of
        one agent do not shut each other out. Raises SwitchAway."""
        password = hmac.new(self.secret, f"phone {extension}".encode(), hashlib.sha256).hexdigest()
        try:
            async with aiohttp.ClientSession() as session:
                await open_account(self._ari(session), extension, password=password)
        except ENDED_BY as failure:
            raise SwitchAway from failure
        return password

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """The switch's end of a browser's phone. Raises SwitchAway."""
        address = f"ws://127.0.0.1:{self.settings.asterisk.http_port}/ws"
        async with aiohttp.ClientSession() as session:
            try:
                opened = await session.ws_connect(address, protocols=("sip",))
            except ENDED_BY as failure:
                raise SwitchAway from failure
            async with opened:
                yield opened

    def _ari(self, session: aiohttp.ClientSession) -> Ari:
        if not self.is_there:
            raise SwitchUnreachable("there is no switch")
        return ari_of(self.settings, session)
