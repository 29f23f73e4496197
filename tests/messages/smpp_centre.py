"""A message centre on loopback that speaks SMPP 3.4, by the specification and none of the
product's code. It puts a long text together as a phone would, and misbehaves when it is told to."""

import asyncio
import contextlib
import ssl
import struct
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

BIND, SUBMIT, DELIVER, UNBIND, ENQUIRE, RESPONSE = 9, 4, 5, 6, 0x15, 0x80000000
THROTTLED, WRONG_NUMBER, OF_THE_MAKER = 0x58, 0x0B, 0x400
REFERENCE, RECEIPTED_ID, STATE, PAYLOAD = 0x0204, 0x001E, 0x0427, 0x0424


@dataclass(frozen=True)
class Submitted:
    """One submit_sm as it came."""

    id: str
    source: str
    to: str
    esm_class: int
    coding: int
    wants_receipt: bool
    octets: bytes
    fields: dict[int, bytes]

    @property
    def reference(self) -> int:
        return int.from_bytes(self.fields[REFERENCE])

    def words(self, octets: bytes) -> str:
        return octets.decode("utf-16-be" if self.coding == 8 else "ascii")


@dataclass
class Line:
    """One client's connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    is_bound: bool = False
    answers: dict[int, asyncio.Future[int]] = field(default_factory=dict)
    number: int = 1000

    def send(self, command: int, status: int, number: int, body: bytes = b"") -> None:
        self.writer.write(struct.pack("!IIII", 16 + len(body), command, status, number) + body)


@dataclass
class SmppCentre:
    """`statuses`: what the next submits are answered with, then all are taken. `silent`: takes
    and says nothing; `cuts`: takes and drops the line; `holds`: answers when it is let."""

    port: int = 0
    tls: ssl.SSLContext | None = None
    password: str = "secret"
    statuses: deque[int] = field(default_factory=deque)
    silent: bool = False
    cuts: bool = False
    holds: asyncio.Event | None = None
    taken: list[Submitted] = field(default_factory=list)
    refused: list[Submitted] = field(default_factory=list)
    binds: int = 0
    enquiries: int = 0
    lines: list[Line] = field(default_factory=list)
    serial: int = 0
    _server: asyncio.Server | None = None

    async def start(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        for line in [*self.lines]:
            line.writer.transport.abort()

    @property
    def bound(self) -> list[Line]:
        return [line for line in self.lines if line.is_bound]

    def texts(self, to: str) -> list[str]:
        """What that phone shows: segments of one reference in their order."""
        whole: list[str] = []
        long: dict[int, dict[int, bytes]] = {}
        for one in (one for one in self.taken if one.to == to):
            if PAYLOAD in one.fields:
                whole.append(one.words(one.fields[PAYLOAD]))
            elif not one.esm_class & 0x40:
                whole.append(one.words(one.octets))
            else:
                length, kind, _, reference, total, number = one.octets[:6]
                assert (length, kind) == (5, 0)
                segments = long.setdefault(reference, {})
                segments[number] = one.octets[6:]
                if len(segments) == total:
                    octets = b"".join(segments[number] for number in sorted(segments))
                    whole.append(one.words(octets))
        return whole

    async def report(self, one: Submitted, stat: str = "DELIVRD", **shape: bool) -> int:
        """A receipt on a bound line; the status it is answered with."""
        return await self._deliver(receipt(one, stat, **shape))

    async def write(self, phone: str, words: str, ton: int = 1) -> int:
        """What the owner of this phone writes, its number of this type; the status it is answered
        with."""
        octets = words.encode("utf-16-be")
        who = b"\0" + bytes([ton, 1]) + phone.encode() + b"\0" + b"\1\1" + b"1069\0"
        rest = bytes([0, 0, 0]) + b"\0\0" + bytes([0, 0, 8, 0, len(octets)])
        return await self._deliver(who + rest + octets)

    async def _deliver(self, body: bytes) -> int:
        line = self.bound[-1]
        line.number += 1
        answer = line.answers[line.number] = asyncio.get_running_loop().create_future()
        line.send(DELIVER, 0, line.number, body)
        return await asyncio.wait_for(answer, 10)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(reader, writer)
        self.lines.append(line)
        try:
            while True:
                head = await reader.readexactly(16)
                length, command, status, number = struct.unpack("!IIII", head)
                self._hear(line, command, status, number, await reader.readexactly(length - 16))
        except (OSError, EOFError):
            pass
        finally:
            self.lines.remove(line)
            writer.close()

    def _hear(self, line: Line, command: int, status: int, number: int, body: bytes) -> None:
        if command == BIND:
            self._bind(line, number, body)
        elif command == SUBMIT and line.is_bound:
            self._submit(line, number, body)
        elif command == DELIVER | RESPONSE:
            line.answers.pop(number).set_result(status)
        elif command == ENQUIRE:
            self.enquiries += 1
            if not self.silent:
                line.send(command | RESPONSE, 0, number)
        elif command == UNBIND:
            line.send(command | RESPONSE, 0, number)
            line.writer.close()

    def _bind(self, line: Line, number: int, body: bytes) -> None:
        self.binds += 1
        _, password, *_ = body.split(b"\0")
        line.is_bound = password.decode() == self.password
        line.send(BIND | RESPONSE, 0 if line.is_bound else 0x0E, number, b"centre\0")

    def _submit(self, line: Line, number: int, body: bytes) -> None:
        self.serial += 1
        one = submitted(body, f"C{self.serial:06d}")
        status = self.statuses.popleft() if self.statuses else 0
        (self.refused if status else self.taken).append(one)
        if self.cuts:
            line.writer.transport.abort()
        elif self.holds:
            asyncio.get_running_loop().create_task(self._answer_later(line, number, status, one.id))
        elif not self.silent:
            line.send(SUBMIT | RESPONSE, status, number, b"" if status else one.id.encode() + b"\0")

    async def _answer_later(self, line: Line, number: int, status: int, name: str) -> None:
        assert self.holds
        await self.holds.wait()
        with contextlib.suppress(OSError):
            line.send(SUBMIT | RESPONSE, status, number, name.encode() + b"\0")


@asynccontextmanager
async def centre(**how: object) -> AsyncIterator[SmppCentre]:
    """On a free port of loopback."""
    it = await SmppCentre(**how).start()  # type: ignore[arg-type]
    try:
        yield it
    finally:
        await it.stop()


def submitted(body: bytes, name: str) -> Submitted:
    """By section 4.4.1 of the specification."""
    at = 0

    def text() -> str:
        nonlocal at
        end = body.index(b"\0", at)
        found, at = body[at:end].decode("ascii"), end + 1
        return found

    def octets(count: int) -> bytes:
        nonlocal at
        found, at = body[at : at + count], at + count
        return found

    text()
    octets(2)
    source = text()
    octets(2)
    to = text()
    esm_class = octets(3)[0]
    text()
    text()
    receipt_wanted, _, coding, _, length = octets(5)
    message = octets(length)
    fields = {}
    while at < len(body):
        tag, size = struct.unpack("!HH", octets(4))
        fields[tag] = octets(size)
    wants = receipt_wanted & 1 == 1
    return Submitted(name, source, to, esm_class, coding, wants, message, fields)


def receipt(
    one: Submitted,
    stat: str,
    *,
    by_fields: bool = False,
    national: bool = False,
    with_reference: bool = False,
    odd: bool = False,
) -> bytes:
    """By appendix B, as text, or by the fields of 5.3.2; `national`: its number without the
    country; `odd`: with what centres add to it."""
    states = {"ENROUTE": 1, "DELIVRD": 2, "EXPIRED": 3, "UNDELIV": 5, "ACCEPTD": 6}
    said = (
        f"id:{one.id} sub:001 dlvrd:001 submit date:261126080000 done date:26112608000012"
        f" stat:{stat} err:{'0A4' if odd else '034'} text:"
    ).encode()
    message = b"" if by_fields else said
    ton, to = (2, one.to.removeprefix("86")) if national else (1, one.to)
    body = b"\0" + bytes([ton, 1]) + to.encode() + b"\0" + b"\x00\x00" + one.source.encode() + b"\0"
    body += bytes([0x04, 0, 0]) + b"\0\0" + bytes([0, 0, 0xF5 if odd else 0, 0, len(message)])
    body += message
    if by_fields:
        body += struct.pack("!HH", RECEIPTED_ID, len(one.id) + 1) + one.id.encode() + b"\0"
        body += struct.pack("!HHB", STATE, 1, states[stat])
    if with_reference:
        body += struct.pack("!HHH", REFERENCE, 2, one.reference)
    if odd:
        body += struct.pack("!HH", 0x1403, 4) + b"\xff\xfe\x00\x80"
    return body
