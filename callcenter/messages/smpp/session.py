"""One bound session: requests go out numbered, answers find who waits for them."""

import asyncio
import struct
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import structlog

from callcenter.messages.model import Part
from callcenter.messages.smpp.heard import Reported, read_receipt, read_words, readable

log = structlog.get_logger()

HEADER = struct.Struct("!IIII")
LONGEST_PDU = 70_000
MOST_RECEIPTS_AT_ONCE = 8
ANSWER = 0x80000000
GENERIC_NACK, BIND_TRANSCEIVER, SUBMIT_SM, DELIVER_SM = 0x80000000, 0x09, 0x04, 0x05
UNBIND, ENQUIRE_LINK = 0x06, 0x15
OK, UNKNOWN_COMMAND, TRY_AGAIN, UNKNOWN_ERROR = 0x00, 0x03, 0x64, 0xFF


class Pdu(NamedTuple):
    """One protocol data unit."""

    command: int
    status: int
    number: int
    body: bytes


class Answer(NamedTuple):
    """What the centre said to a submit_sm."""

    status: int
    provider_id: str


class SessionLost(ConnectionError):
    """The line broke before the answer: it may have been sent."""


@dataclass(frozen=True)
class Desk:
    """Who is told of what comes without being waited for: receipts, answers that are late, and
    what a number has written."""

    reported: Callable[[Reported], Awaitable[None]]
    answered_late: Callable[[Part, Answer], Awaitable[None]]
    written: Callable[[str, str], Awaitable[None]]


@dataclass
class Session:
    """Over an open line that is bound already."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    desk: Desk
    heard_at: float = 0.0
    _waiting: dict[int, tuple[asyncio.Future[Answer], Part]] = field(default_factory=dict)
    _number: int = 1
    _telling: set[asyncio.Task[None]] = field(default_factory=set)
    _room: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(MOST_RECEIPTS_AT_ONCE)
    )

    async def submit(self, body: bytes, part: Part) -> Answer:
        """Send and wait. Raises SessionLost; an answer that comes when nobody waits any more is
        told to the desk."""
        number = self._next()
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer, part
        self.write(SUBMIT_SM, OK, number, body)
        try:
            await self.writer.drain()
            return await answer
        except ConnectionError as failure:
            raise SessionLost(str(failure)) from failure
        finally:
            # By this it is known, when the answer comes, that nobody waits for it any more.
            answer.cancel()

    async def listen(self) -> None:
        """Until the line ends. Raises what ended it, after everybody who waits was told."""
        self.heard_at = asyncio.get_running_loop().time()
        try:
            while True:
                pdu = await read_pdu(self.reader)
                self.heard_at = asyncio.get_running_loop().time()
                self._hear(pdu)
                if pdu.command == UNBIND:
                    raise SessionLost("the centre has unbound")
        finally:
            for answer, _ in self._waiting.values():
                if not answer.done():
                    answer.set_exception(SessionLost("no answer before the line was lost"))
            self._waiting.clear()

    def enquire(self) -> None:
        """Ask whether the centre is there; any word from it is an answer."""
        self.write(ENQUIRE_LINK, OK, self._next(), b"")

    def write(self, command: int, status: int, number: int, body: bytes) -> None:
        """One PDU, buffered."""
        self.writer.write(HEADER.pack(HEADER.size + len(body), command, status, number) + body)

    async def close(self) -> None:
        """Say good-bye where that is possible still, and finish what receipts are under way."""
        if not self.writer.is_closing():
            self.write(UNBIND, OK, self._next(), b"")
        self.writer.close()
        if self._telling:
            await asyncio.wait(self._telling)

    def _next(self) -> int:
        self._number = self._number % 0x7FFFFFFF + 1
        return self._number

    def _hear(self, pdu: Pdu) -> None:
        if pdu.command in (SUBMIT_SM | ANSWER, GENERIC_NACK):
            self._answered(pdu)
        elif pdu.command == DELIVER_SM:
            self._beside(self._deliver(pdu))
        elif pdu.command in (ENQUIRE_LINK, UNBIND):
            self.write(pdu.command | ANSWER, OK, pdu.number, b"")
        elif not pdu.command & ANSWER:
            self.write(GENERIC_NACK, UNKNOWN_COMMAND, pdu.number, b"")

    def _answered(self, pdu: Pdu) -> None:
        if pdu.number not in self._waiting:
            return
        answer, part = self._waiting.pop(pdu.number)
        is_refused = pdu.command == GENERIC_NACK
        status = (pdu.status or UNKNOWN_ERROR) if is_refused else pdu.status
        provider_id = readable(pdu.body.split(b"\0", 1)[0])
        said = Answer(status, provider_id)
        if not answer.done():
            answer.set_result(said)
        else:
            self._beside(self._answered_late(part, said))

    async def _deliver(self, pdu: Pdu) -> None:
        """Acknowledged when it is on disk: what we cannot keep now, the centre sends again."""
        status = OK
        async with self._room:
            try:
                receipt = read_receipt(pdu.body)
                if receipt is not None:
                    await self.desk.reported(receipt)
                elif (words := read_words(pdu.body)) is not None:
                    await self.desk.written(*words)
            except ValueError as failure:
                log.warning("smpp_receipt_unreadable", error=str(failure))
            except Exception as failure:
                log.warning("smpp_receipt_not_kept", error=repr(failure))
                status = TRY_AGAIN
        if not self.writer.is_closing():
            self.write(DELIVER_SM | ANSWER, status, pdu.number, b"\0")

    async def _answered_late(self, part: Part, answer: Answer) -> None:
        try:
            await self.desk.answered_late(part, answer)
        # It stays unknown, as it is; its receipt may still come.
        except Exception as failure:
            log.warning("smpp_late_answer_not_kept", error=repr(failure))

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


async def read_pdu(reader: asyncio.StreamReader) -> Pdu:
    """The next one; raises ValueError for what cannot be SMPP, EOFError at the end."""
    length, command, status, number = HEADER.unpack(await reader.readexactly(HEADER.size))
    if not HEADER.size <= length <= LONGEST_PDU:
        raise ValueError(f"a PDU of {length} bytes")
    return Pdu(command, status, number, await reader.readexactly(length - HEADER.size))
