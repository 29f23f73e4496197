"""Callers and agents of the telephone's load: SIP user agents that say keys and no voice."""

import asyncio
import socket
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from benchmarks.installation import Installation
from callcenter.calls import contacts
from callcenter.calls.agents.model import READY
from callcenter.calls.model import Disposition
from callcenter.settings import QueueSettings
from callcenter.staff import service as staff
from callcenter.telephony.agent_phones.repository import SQL as PHONES
from tests.telephony.sip.agent import UserAgent
from tests.telephony.sip.call import SipCall
from tests.telephony.sip.rtp import Rtp

RULES = QueueSettings(ring_s=30, silence_s=3600)
SIP = 25060
KEYS = "00003"
"""Four of five want a person, one a rescue, which opens a ticket and sends two texts."""
KEY_AFTER_S, TALK_S, PATIENCE_S = 5.0, 4.0, 60.0


class Keys(Rtp):
    """A voice that says keys only and hears nothing: what a load of many calls needs, and what
    leaves the two cores to those who are measured."""

    async def open(self) -> int:
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.bind(("127.0.0.1", 0))
        return int(self.line.getsockname()[1])

    def send_to(self, far: tuple[str, int]) -> None:
        self._far = far

    def press(self, keys: str) -> None:
        self._sending = asyncio.ensure_future(self._press_all(keys))

    async def _press_all(self, keys: str) -> None:
        for key in keys:
            await self._press(key, time.monotonic())


@dataclass
class Heard:
    """When what was heard first, by call or by caller, on one clock."""

    rang: dict[str, float] = field(default_factory=dict)
    pressed: dict[str, float] = field(default_factory=dict)
    greeted: dict[UUID, float] = field(default_factory=dict)
    offered: dict[UUID, float] = field(default_factory=dict)
    key_to_prompt: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    talks: int = 0


class Floor:
    """Agents with desk phones that answer at once and hang up after their talk."""

    def __init__(self, it: Installation, heard: Heard) -> None:
        self.it, self.heard = it, heard
        self.tasks: set[asyncio.Task[None]] = set()

    async def opens(self, number: int, password: str) -> None:
        """One more agent is ready."""
        login = f"agent{number}"
        extension = str(1000 + number)
        phone = await UserAgent(extension, SIP, password).open()
        phone.on_ring = lambda call: self.later(self.talks(call))
        if await phone.register() != 200:
            raise RuntimeError(f"{extension} is not let in")

        async def work(tx: Any) -> None:
            user = await staff.create_staff(
                tx, login=login, name=login, role="agent", password="a calm night shift"
            )
            kept = {"staff_id": user.id, "kind": "desk", "extension": extension}
            await PHONES.keep_phone(tx.connection, **kept)
            await contacts.offer_myself(tx, f"staff:{user.id}", user.id, READY, RULES)

        await self.it.database.run(work)

    async def talks(self, call: SipCall) -> None:
        call.ring()
        call.answer()
        try:
            await call.until("up", "over")
            if call.state == "up":
                self.heard.talks += 1
                await asyncio.sleep(TALK_S)
                call.hang_up()
        except TimeoutError:
            self.heard.failures["agent not connected"] += 1

    async def writes_up(self, staff_id: UUID) -> None:
        said = (Disposition.INFORMATION, None)
        await self.it.database.run(
            lambda tx: contacts.wrap_up(tx, f"staff:{staff_id}", staff_id, *said, RULES)
        )

    def later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


async def calls(number: str, carrier: UserAgent, heard: Heard) -> None:
    """One caller from his ring to the end of his talk."""
    heard.rang[number] = time.perf_counter()
    call = await carrier.call("4001", shown=number)
    try:
        async with asyncio.timeout(PATIENCE_S):
            await call.until("up", "over")
            await asyncio.sleep(KEY_AFTER_S)
            heard.pressed[number] = time.perf_counter()
            call.press(KEYS[len(heard.pressed) % len(KEYS)])
            await call.until("over")
    except TimeoutError:
        heard.failures[f"caller {call.state}"] += 1
        call.hang_up()
