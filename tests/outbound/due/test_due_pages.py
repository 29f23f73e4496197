"""Pages of cars: unpacked as they were, handed on one ahead."""

import asyncio
import struct
from collections.abc import AsyncGenerator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.outbound.due.ahead import one_ahead
from callcenter.outbound.due.packed import unpacked

visits = st.tuples(
    st.integers(-9_000, 60_000), st.one_of(st.none(), st.integers(0, 5_000_000)), st.integers(0, 2)
)


def packed(told: list[tuple[int, int | None, int]]) -> bytes | None:
    words = [
        struct.pack(">q", day << 32 | (0 if km is None else km + 1) * 4 + kind)
        for day, km, kind in told
    ]
    return b"".join(words) or None


@settings(max_examples=60)
@given(st.lists(st.lists(visits, max_size=12), max_size=5))
def test_visits_come_out_by_car_and_day_one_for_each(
    cars: list[list[tuple[int, int | None, int]]],
) -> None:
    found = unpacked([packed(each) for each in cars])
    told = [
        (car, day, None if np.isnan(km) else int(km), kind)
        for car, day, km, kind in zip(found.car, found.day, found.km, found.kind, strict=True)
    ]
    expected = []
    for car, each in enumerate(cars):
        for day in sorted({day for day, _, _ in each}):
            same = [one for one in each if one[0] == day]
            read = [km for _, km, _ in same if km is not None]
            expected.append((car, day, max(read, default=None), min(kind for _, _, kind in same)))
    assert told == expected


async def counted(made: list[int], *, fails_at: int = 99) -> AsyncGenerator[int, None]:
    for piece in range(5):
        if piece == fails_at:
            raise RuntimeError("no more")
        made.append(piece)
        yield piece


async def test_one_piece_is_made_ahead_and_no_more() -> None:
    made: list[int] = []
    seen = []
    async for piece in one_ahead(counted(made)):
        seen.append(piece)
        for _ in range(9):
            await asyncio.sleep(0)
        assert made == list(range(min(piece + 2, 5)))
    assert seen == [0, 1, 2, 3, 4]


async def test_what_fails_ahead_fails_where_it_is_waited_for() -> None:
    ahead = one_ahead(counted([], fails_at=3))
    assert [await anext(ahead) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(RuntimeError, match="no more"):
        await anext(ahead)


async def test_who_stops_early_leaves_nothing_at_work() -> None:
    pieces = counted([])
    ahead = one_ahead(pieces)
    assert await anext(ahead) == 0
    await ahead.aclose()
    with pytest.raises(StopAsyncIteration):
        await anext(pieces)
