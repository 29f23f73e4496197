"""Loops that must not end before their process does: the guards, the heartbeat, the feed."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from callcenter.db.retry import RETRYABLE

log = structlog.get_logger()


async def recurring(name: str, turn: Callable[[], Awaitable[object]], *, pause_s: float) -> None:
    """Take a turn, pause, and so on until cancelled; a turn that fails costs that turn only.

    What may pass by itself is a line in the log, all else comes with its traceback.
    """
    while True:
        try:
            await turn()
        except RETRYABLE as failure:
            log.warning("turn_missed", loop=name, error=repr(failure))
        # Nobody waits for these loops: one that ended of a bug would be missed by nobody either.
        except Exception:
            log.exception("turn_failed", loop=name)
        await asyncio.sleep(pause_s)
