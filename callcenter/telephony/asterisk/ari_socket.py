"""The socket that events come over: opened again when it breaks, and given up when it is taken."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import structlog

from callcenter.telephony.asterisk.ari import WITHIN_S, Ari, SwitchRefused, SwitchUnreachable
from callcenter.telephony.asterisk.ari_events import (
    KNOWN,
    ApplicationReplaced,
    AriEvent,
    parse,
)

log = structlog.get_logger()

HEARTBEAT_S = 5.0
PAUSE_S = 0.1
LONGEST_PAUSE_S = 2.0


class Replaced(Exception):
    """Another process has opened the socket of our application. Opening it again would take it
    back and so on for ever: this one stops."""


class AriSocket:
    """One application's events, in the order in which Asterisk sends them."""

    def __init__(self, ari: Ari, application: str) -> None:
        self.ari = ari
        self.application = application

    async def follow(
        self, opened: Callable[[], Awaitable[None]], act: Callable[[AriEvent], None]
    ) -> None:
        """For ever: `opened` after each opening, since nothing of what happened before is told
        again, and `act` for each event. Raises Replaced."""
        pause = PAUSE_S
        while True:
            try:
                async for event in self._events(opened):
                    pause = PAUSE_S
                    act(event)
            except (aiohttp.ClientError, OSError, SwitchUnreachable, SwitchRefused) as failure:
                # Not its repr: of a refused handshake that holds our password.
                log.warning("ari_lost", error=f"{type(failure).__name__}: {failure}")
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    async def _events(self, opened: Callable[[], Awaitable[None]]) -> AsyncIterator[AriEvent]:
        url = self.ari.url.replace("http", "ws", 1) + "/events"
        async with asyncio.timeout(WITHIN_S):
            socket = await self.ari.session.ws_connect(
                url,
                params={"app": self.application},
                headers=self.ari.headers,
                heartbeat=HEARTBEAT_S,
            )
        try:
            wanted = {"allowed": [{"type": name} for name in KNOWN]}
            await self.ari.put(f"/applications/{self.application}/eventFilter", wanted)
            await opened()
            async for message in socket:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    continue
                try:
                    event = parse(message.data)
                except ValueError as failure:
                    log.warning("ari_event_unknown", error=str(failure)[:200])
                    continue
                if isinstance(event, ApplicationReplaced):
                    raise Replaced(self.application)
                yield event
        finally:
            await socket.close()
