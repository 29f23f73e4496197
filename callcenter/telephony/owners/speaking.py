"""Saying something on a leg, and hearing the key that answers it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from callcenter.telephony.signals import Key, Left, Played
from callcenter.telephony.switch import CallOver, LiveCall

KEY_S = 5.0
"""How long a key is waited for behind the words."""
SAID_S = 60.0


@dataclass
class Speaking:
    """On one leg. Verbs raise CallOver when he hangs up. `heard_all`: some words were said to
    their end."""

    call: LiveCall
    leg: str
    heard_all: bool = False

    async def say(self, sounds: Sequence[Path]) -> None:
        """To its end, whatever is pressed meanwhile."""
        playback = await self.call.play(self.leg, [_name(sound) for sound in sounds])
        with suppress(TimeoutError):
            async with asyncio.timeout(SAID_S):
                while playback:
                    signal = await self.call.next(Played, Left, leg=self.leg)
                    if isinstance(signal, Left):
                        raise CallOver
                    if signal.playback == playback:
                        return

    async def ask(self, sounds: Sequence[Path]) -> str:
        """A key pressed while it is said or shortly after, "" for none."""
        said = [_name(sound) for sound in sounds]
        playback = await self.call.play(self.leg, said) if said else ""
        try:
            while True:
                patience = SAID_S if playback else KEY_S
                signal = await self.call.next(Key, Played, Left, leg=self.leg, within_s=patience)
                if isinstance(signal, Left):
                    raise CallOver
                if isinstance(signal, Key):
                    await self._silence(playback)
                    return signal.key
                if signal.playback == playback:
                    # It is over, too, when he hangs up in the middle.
                    playback, self.heard_all = "", self.heard_all or signal.whole
        except TimeoutError:
            await self._silence(playback)
            return ""

    async def keyed(self, sounds: Sequence[Path], most: int) -> str:
        """Up to so many keys, to # or to a pause; "" for none. A * alone is whole at once."""
        typed = await self.ask(sounds)
        while typed and typed != "*" and not typed.endswith("#") and len(typed) < most:
            more = await self.ask([])
            if not more:
                break
            typed += more
        return typed

    async def _silence(self, playback: str) -> None:
        if playback:
            await self.call.stop_playing(playback)


def _name(sound: Path) -> Path:
    """As a switch wants it."""
    return sound.with_suffix("")
