"""A provider that takes and says nothing holds up nobody but its own messages."""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from typing import Any

import pytest

from callcenter.db.database import Database
from callcenter.db.enqueue import Job, enqueue
from callcenter.db.jobs import Work, Worker
from callcenter.messages.carriers import carriers_of
from callcenter.messages.model import Message
from callcenter.messages.sending import sender
from callcenter.messages.smpp.carrier import SmppCarrier
from tests.db.cast import with_control
from tests.messages.desk import say
from tests.messages.smpp_centre import centre
from tests.messages.test_smpp import by

TEXTS = 40
SOON_S = 2.0


async def holds_the_loop(self: SmppCarrier, message: Message) -> Sequence[str]:
    """What a library that blocks would do."""
    time.sleep(0.3)
    return ("C1",)


@with_control(send=holds_the_loop)
async def test_a_rescue_goes_on_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch, send: Any
) -> None:
    if send:
        monkeypatch.setattr(SmppCarrier, "send", send)
    done = asyncio.Event()

    async def rescue(_: Database, __: dict[str, Any]) -> None:
        done.set()

    async with centre(silent=True) as at, carriers_of(by(at), database) as lines:
        errands = {"messages.send": sender(lines), "test.rescue": rescue}
        worker = Worker(database, Work(errands=errands), heartbeat_timeout_s=5, poll_s=0.1)
        for number in range(TEXTS):
            await say(database, f"text {number}")
        working = asyncio.create_task(worker.run())
        await asyncio.sleep(0.5)
        began = time.monotonic()
        await database.run(lambda tx: enqueue(tx, [Job("test.rescue", {}, "one")]))
        try:
            async with asyncio.timeout(30):
                await done.wait()
            took = time.monotonic() - began
        finally:
            worker.stop()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait_for(working, 40)
        assert took < SOON_S
