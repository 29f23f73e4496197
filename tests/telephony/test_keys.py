"""Signals taken in their order; keys collected from any mixture of them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.telephony.inbox import Inbox
from callcenter.telephony.keys import collect
from callcenter.telephony.signals import NORMAL, Key, Left, Played, Recorded, Signal
from callcenter.telephony.switch import CallOver

HERE, ELSEWHERE = "1.1", "1.1~leg-x"


class Told:
    """A call that has told all that it will tell."""

    def __init__(self, signals: list[Signal]) -> None:
        self.inbox = Inbox(is_over=lambda: False)
        self.stopped: list[str] = []
        for signal in signals:
            self.inbox.put(signal)

    async def next(
        self, *kinds: type[Any], leg: str | None = None, within_s: float | None = None
    ) -> Any:
        def wanted(signal: Signal) -> bool:
            return isinstance(signal, kinds) and getattr(signal, "leg", None) == leg

        return await self.inbox.take(wanted, 0.001)

    async def stop_playing(self, playback: str) -> bool:
        self.stopped.append(playback)
        return True


SIGNALS = st.one_of(
    st.builds(Key, leg=st.just(HERE), key=st.sampled_from("0123456789*#"), held_ms=st.just(80)),
    st.builds(Key, leg=st.just(ELSEWHERE), key=st.just("9"), held_ms=st.just(80)),
    st.builds(Played, leg=st.just(HERE), playback=st.just("other"), whole=st.booleans()),
    st.just(Recorded("r", None, 0)),
)


@given(signals=st.lists(SIGNALS, max_size=12), most=st.integers(1, 5))
def test_keys_of_this_leg_until_enough_or_the_hash(signals: list[Signal], most: int):
    pressed = "".join(one.key for one in signals if isinstance(one, Key) and one.leg == HERE)
    call = Told(signals)
    got = asyncio.run(collect(call, HERE, most=most, first_s=1, between_s=1))  # type: ignore[arg-type]
    assert got == pressed.partition("#")[0][:most]
    left_over = [one for one in signals if not isinstance(one, Key | Played)]
    for other in left_over:
        assert asyncio.run(call.inbox.take(lambda one, other=other: one == other, 1)) == other


@given(before=st.lists(SIGNALS, max_size=4))
def test_the_first_key_stops_the_prompt_once(before: list[Signal]):
    others = [one for one in before if not isinstance(one, Key)]
    call = Told([*others, Key(HERE, "3", 80), Key(HERE, "4", 80)])
    asyncio.run(collect(call, HERE, most=2, prompt="menu"))  # type: ignore[arg-type]
    assert call.stopped == ["menu"]


async def test_who_hangs_up_into_the_menu_ends_it():
    call = Told([Key(HERE, "1", 80), Left(HERE, NORMAL, False), Key(HERE, "2", 80)])
    with pytest.raises(CallOver):
        await collect(call, HERE, most=4)  # type: ignore[arg-type]


async def test_a_call_without_legs_has_nothing_more_to_tell():
    inbox = Inbox(is_over=lambda: True)
    last = Left(HERE, NORMAL, False)
    inbox.put(last)
    every: Callable[[Signal], bool] = lambda signal: True  # noqa: E731
    assert await inbox.take(every, None) == last
    with pytest.raises(CallOver):
        await inbox.take(every, None)
