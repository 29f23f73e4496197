"""Ctrl-C: heard at every moment, while it is being set up too."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

INTERRUPTED = 130


def stop_on_signals(say: Callable[[], None]) -> asyncio.Event:
    """Set by SIGINT or SIGTERM, which ask for a graceful end; a second one does not wait for it.

    No child is left behind by that: the kernel tells them that their parent has died.
    """
    stop = asyncio.Event()

    def told() -> None:
        if stop.is_set():
            os._exit(INTERRUPTED)
        say()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told)
    return stop


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The work's answer; None when it was told to stop first, once the work has cleaned up."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if stop.is_set():
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return None
    return await working
