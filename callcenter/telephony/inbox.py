"""The signals of one call, waiting in their order to be taken by its conversation."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from callcenter.telephony.switch import CallOver


class Inbox:
    """One writer, the switch; one reader. `is_over` says that nothing will come any more."""

    def __init__(self, is_over: Callable[[], bool]) -> None:
        self._waiting: deque[Any] = deque()
        self._is_over = is_over
        self._news = asyncio.Event()

    def put(self, signal: Any) -> None:
        """At the end."""
        self._waiting.append(signal)
        self._news.set()

    async def take(self, wanted: Callable[[Any], bool], within_s: float | None) -> Any:
        """The first wanted one; those before it stay. Raises TimeoutError and CallOver."""
        async with asyncio.timeout(within_s):
            while True:
                for signal in self._waiting:
                    if wanted(signal):
                        self._waiting.remove(signal)
                        return signal
                if self._is_over():
                    raise CallOver
                self._news.clear()
                await self._news.wait()

    def drop(self, unwanted: Callable[[Any], bool]) -> None:
        """Forget those that wait."""
        self._waiting = deque(signal for signal in self._waiting if not unwanted(signal))
