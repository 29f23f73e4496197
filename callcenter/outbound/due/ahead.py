"""Work in a row of steps: each makes its next piece while the step behind it is at work."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import TypeVar

T = TypeVar("T")


async def one_ahead(pieces: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """The same pieces in the same order; at most one more is made than was asked for. What fails in
    making one fails here."""
    async with contextlib.aclosing(pieces):
        coming = asyncio.create_task(_next(pieces))
        try:
            while piece := await coming:
                coming = asyncio.create_task(_next(pieces))
                yield piece[0]
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)


async def _next(pieces: AsyncGenerator[T, None]) -> tuple[T] | None:
    try:
        return (await anext(pieces),)
    except StopAsyncIteration:
        return None
