"""The voice of one call: A-law and keys (RFC 4733) in RTP over UDP, both ways."""

import asyncio
import os
import struct
import time

import numpy as np

from tests.telephony.sip.sound import FRAME, SILENCE, Heard, from_alaw, to_alaw

PCMA, EVENTS = 8, 101
KEYS = "0123456789*#ABCD"
FRAME_S = 0.02
PRESSED_FRAMES, END_PACKETS, PAUSE_FRAMES = 4, 3, 3


class Rtp(asyncio.DatagramProtocol):
    """Sends a packet each 20 ms from the moment that the other side is known."""

    def __init__(self) -> None:
        self.keys_heard = ""
        self._heard = bytearray()
        self._last_key = b""
        self._says: np.ndarray | None = None
        self._said = 0
        self._keys: list[str] = []
        self._far: tuple[str, int] | None = None
        self._sending: asyncio.Task[None] | None = None
        self._ssrc = os.urandom(4)
        self._number = self._stamp = 0
        self.line: asyncio.DatagramTransport | None = None

    async def open(self) -> int:
        """Its port."""
        loop = asyncio.get_running_loop()
        self.line, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", 0)
        )
        return int(self.line.get_extra_info("sockname")[1])

    def send_to(self, far: tuple[str, int]) -> None:
        """Where the other side listens."""
        self._far = far
        if self._sending is None:
            self._sending = asyncio.create_task(self._send())

    def close(self) -> None:
        """No more."""
        if self._sending is not None:
            self._sending.cancel()
        if self.line is not None:
            self.line.close()

    def say(self, samples: np.ndarray | None) -> None:
        """Over and over, until something else is said; None is silence."""
        self._says, self._said = samples, 0

    def press(self, keys: str) -> None:
        """One after another, each for 80 ms."""
        self._keys += keys

    async def hear(self, seconds: float) -> Heard:
        """What is heard in the time that begins now."""
        self._heard.clear()
        await asyncio.sleep(seconds)
        return from_alaw(bytes(self._heard))

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        kind = data[1] & 127
        if kind == PCMA:
            self._heard += data[12:]
        elif kind == EVENTS and data[4:8] != self._last_key:
            self._last_key = data[4:8]
            self.keys_heard += KEYS[data[12]]

    async def _send(self) -> None:
        due = time.monotonic()
        rest = PAUSE_FRAMES
        while True:
            if self._keys and rest <= 0:
                due = await self._press(self._keys.pop(0), due)
                rest = PAUSE_FRAMES
            self._packet(PCMA, self._frame())
            self._stamp += FRAME
            rest -= 1
            due += FRAME_S
            await asyncio.sleep(max(0, due - time.monotonic()))

    async def _press(self, key: str, due: float) -> float:
        for at in range(1, PRESSED_FRAMES + 1):
            self._event(key, at, is_end=False, is_first=at == 1)
            due += FRAME_S
            await asyncio.sleep(max(0, due - time.monotonic()))
        for _ in range(END_PACKETS):
            self._event(key, PRESSED_FRAMES, is_end=True, is_first=False)
        self._stamp += FRAME * PRESSED_FRAMES
        return due

    def _event(self, key: str, frames: int, *, is_end: bool, is_first: bool) -> None:
        body = struct.pack("!BBH", KEYS.index(key), 0x80 * is_end | 10, FRAME * frames)
        self._packet(EVENTS | 0x80 * is_first, body)

    def _frame(self) -> bytes:
        if self._says is None:
            return SILENCE
        piece = np.take(self._says, range(self._said, self._said + FRAME), mode="wrap")
        self._said = (self._said + FRAME) % len(self._says)
        return to_alaw(piece)

    def _packet(self, kind: int, body: bytes) -> None:
        head = struct.pack("!BBHI", 0x80, kind, self._number & 0xFFFF, self._stamp)
        self.line.sendto(head + self._ssrc + body, self._far)
        self._number += 1
