"""The line to the message centre: bound for as long as the worker lives, bound again after loss."""

import asyncio
import random

import structlog

from callcenter.messages.model import CarrierBusy, Part
from callcenter.messages.smpp.pdus import bind_body
from callcenter.messages.smpp.session import (
    ANSWER,
    BIND_TRANSCEIVER,
    OK,
    Answer,
    Desk,
    Session,
    read_pdu,
)
from callcenter.sender_settings import SmppSettings, client_context

log = structlog.get_logger()

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 30.0
WAIT_FOR_ROOM_S = 2.0


class BindRefused(ConnectionError):
    """The centre does not let us in."""


class SmppLink:
    """Keeps one session; `submit` is for the messages that leave meanwhile."""

    def __init__(self, settings: SmppSettings, desk: Desk) -> None:
        self.settings = settings
        self.desk = desk
        self._tls = client_context(settings.ca) if settings.tls else None
        self._session: Session | None = None
        self._bound = asyncio.Event()
        self._window = asyncio.Semaphore(settings.window)

    async def keep(self) -> None:
        """Until cancelled. The pause before the next try doubles while no session lasts."""
        loop = asyncio.get_running_loop()
        pause = FIRST_PAUSE_S
        while True:
            began = loop.time()
            try:
                await self._once()
            # Whatever ended it: texts go on.
            except Exception as failure:
                log.warning("smpp_line_lost", error=repr(failure), pause_s=pause)
            if loop.time() - began > LONGEST_PAUSE_S:
                pause = FIRST_PAUSE_S
            await asyncio.sleep(pause * random.uniform(0.7, 1.0))
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def submit(self, body: bytes, part: Part, until: float) -> Answer:
        """Raises CarrierBusy when it was not even begun; TimeoutError when there is no answer
        `until` (by the loop's clock) and SessionLost when the line broke: it may have been sent."""
        try:
            async with asyncio.timeout(WAIT_FOR_ROOM_S):
                await self._bound.wait()
                await self._window.acquire()
        except TimeoutError as failure:
            raise CarrierBusy("no room at the message centre, or no line to it") from failure
        try:
            # The line may have gone while we waited for room.
            session = self._session
            if session is None or asyncio.get_running_loop().time() >= until:
                raise CarrierBusy("no line to the message centre, or no time left")
            async with asyncio.timeout_at(until):
                return await session.submit(body, part)
        finally:
            self._window.release()

    async def _once(self) -> None:
        async with asyncio.timeout(self.settings.timeout_s):
            session = await self._open()
        enquiring = asyncio.create_task(self._enquire(session))
        self._session = session
        self._bound.set()
        log.info("smpp_bound")
        try:
            await session.listen()
        finally:
            self._bound.clear()
            self._session = None
            enquiring.cancel()
            await session.close()

    async def _open(self) -> Session:
        settings = self.settings
        reader, writer = await asyncio.open_connection(settings.host, settings.port, ssl=self._tls)
        session = Session(reader, writer, self.desk)
        try:
            session.write(BIND_TRANSCEIVER, OK, 1, bind_body(settings))
            answer = await read_pdu(reader)
            if answer.command != BIND_TRANSCEIVER | ANSWER or answer.status != OK:
                raise BindRefused(f"bind answered {answer.command:#x} status {answer.status:#x}")
        except BaseException:
            writer.close()
            raise
        return session

    async def _enquire(self, session: Session) -> None:
        """A centre that says nothing to two questions is gone, whatever the network says."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self.settings.enquire_s)
            silence = loop.time() - session.heard_at
            if silence > 2.5 * self.settings.enquire_s:
                session.writer.transport.abort()
                return
            if silence >= 0.9 * self.settings.enquire_s:
                session.enquire()
