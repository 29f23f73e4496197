"""The scene of a telephone test: callers, desk phones, the carrier, and our side of the calls."""

import asyncio
import contextlib
from pathlib import Path
from types import TracebackType

import aiohttp

from callcenter.telephony.asterisk.ari import Ari
from callcenter.telephony.asterisk.ari_socket import Replaced
from callcenter.telephony.asterisk.process import AsteriskProcess
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.switch import Conversation
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.sound import write_prompt

HOTLINE = "4001"
PATIENCE_S = 30


class Exchange:
    """Everything opened here is closed at the end of the test."""

    def __init__(self, asterisk: AsteriskProcess, session: aiohttp.ClientSession) -> None:
        self.asterisk = asterisk
        self.ari: Ari = asterisk.ari(session)
        self._phones: list[UserAgent] = []
        self.serving: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Exchange":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for phone in self._phones:
            phone.close()
        for channel in await self.ari.get("/channels"):
            await self.ari.delete(f"/channels/{channel['id']}")
        for task in self.serving:
            await self.stop(task)
        for bridge in await self.ari.get("/bridges"):
            await self.ari.delete(f"/bridges/{bridge['id']}")

    @property
    def recordings(self) -> Path:
        return self.asterisk.folder / "spool" / "recording"

    async def phone(self, user: str, password: str = "", port: int = 0) -> UserAgent:
        """A user agent, not registered."""
        opened = await UserAgent(user, self.asterisk.settings.sip_port, password).open(port)
        self._phones.append(opened)
        return opened

    async def caller(self, number: str = "13912345678") -> UserAgent:
        """Somebody outside, whose calls the carrier brings."""
        return await self.phone(number)

    async def carrier(self) -> UserAgent:
        """Where our calls to the outside arrive."""
        trunk = self.asterisk.settings.trunk
        assert trunk is not None
        return await self.phone("carrier", port=int(trunk.address.partition(":")[2]))

    async def desk(self, extension: str) -> UserAgent:
        """A desk phone, registered."""
        phone = await self.phone(extension, self.asterisk.passwords.of(extension))
        assert await phone.register() == 200
        return phone

    async def serve(self, conversation: Conversation) -> AsteriskSwitch:
        """Our service is there, and this is what it does with each call."""
        switch = AsteriskSwitch(
            self.ari, self.asterisk.settings.application, self.recordings, conversation
        )
        task = asyncio.create_task(switch.serve())
        self.serving.append(task)
        await until(switch.is_listening)
        return switch

    async def die(self) -> None:
        """Our service is gone, without a word to anybody."""
        for task in self.serving:
            await self.stop(task)
        self.serving.clear()

    async def stop(self, task: "asyncio.Task[None]") -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Replaced):
            await task

    def prompt(self, name: str, *hertz: float, seconds: float = 1.0) -> Path:
        """A prompt that can be told by its tones."""
        path = self.asterisk.folder / "sounds" / name
        return write_prompt(path, *hertz, seconds=seconds)


async def until(event: asyncio.Event) -> None:
    """Raises TimeoutError after 30 s."""
    async with asyncio.timeout(PATIENCE_S):
        await event.wait()


async def until_none(switch: AsteriskSwitch) -> None:
    """Until no call is going on; raises TimeoutError after 30 s."""
    async with asyncio.timeout(PATIENCE_S):
        while switch.calls:
            await asyncio.sleep(0.02)
