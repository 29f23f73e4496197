"""The port to a telephone switch: calls that ring, and all that can be done with one.

One coroutine per call, the conversation, takes the call's signals one after another; so nothing of
one call happens at the same time, and none waits for another. Every verb answers whether the leg
was still there (False or ""): whoever is on the phone may hang up at any moment.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar, overload

from callcenter.telephony.signals import Signal

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


@dataclass(frozen=True)
class Phone:
    """One of our own phones, by its extension."""

    extension: str


@dataclass(frozen=True)
class Outside:
    """A number reached over the carrier's line."""

    number: str


class Ear(StrEnum):
    """Whom a supervisor who listens also speaks to: nobody, or the agent alone."""

    LISTEN = "listen"
    WHISPER = "whisper"


class CallOver(Exception):
    """Nobody is left to speak to."""


class LiveCall(Protocol):
    """A call that is going on. A media name is a file without its ending: /prompts/zh/menu."""

    id: str

    @property
    def legs(self) -> Sequence[str]:
        """Those that are there, in the order in which they came."""

    @overload
    async def next(self, /, *, leg: str | None = None, within_s: float | None = None) -> Signal: ...
    @overload
    async def next(
        self, kind: type[A], /, *, leg: str | None = None, within_s: float | None = None
    ) -> A: ...
    @overload
    async def next(
        self,
        kind: type[A],
        other: type[B],
        /,
        *,
        leg: str | None = None,
        within_s: float | None = None,
    ) -> A | B: ...
    @overload
    async def next(
        self,
        kind: type[A],
        other: type[B],
        third: type[C],
        /,
        *,
        leg: str | None = None,
        within_s: float | None = None,
    ) -> A | B | C: ...
    async def next(
        self, *kinds: type[Any], leg: str | None = None, within_s: float | None = None
    ) -> Any:
        """The next signal; with `kinds` or `leg` the next of these, the others wait. Raises
        TimeoutError after `within_s`, CallOver when nothing can come any more."""

    def tell(self, signal: Any) -> None:
        """News of the house for the conversation, behind the signals that are there already."""

    async def ring_back(self, leg: str) -> bool:
        """Let the caller hear that it rings."""

    async def answer(self, leg: str) -> bool:
        """Take the call: from now on it costs, and keys are heard."""

    async def hang_up(self, leg: str, *, busy: bool = False) -> bool:
        """End this leg, answered or not."""

    async def play(self, where: str, media: Sequence[Path]) -> str:
        """Play these one after another, to a leg or to all in a bridge; the playback's name, told
        again in `Played`."""

    async def stop_playing(self, playback: str) -> bool:
        """Cut a prompt short."""

    async def music(self, leg: str, *, on: bool) -> bool:
        """Music on hold."""

    async def mute(self, leg: str, *, on: bool) -> bool:
        """Whether the others do not hear this leg."""

    async def press(self, leg: str, keys: str) -> bool:
        """Send keys to the far end of this leg."""

    async def dial(
        self, whom: Phone | Outside, *, shown: str, ring_s: float, name: str = ""
    ) -> str:
        """Ring somebody for this call; the new leg. `shown`: the number he sees, with `name`.
        `Ringing`, then `Answered` or `Left` follow."""

    async def recognise(self, leg: str) -> bool:
        """Listen whether a person or a machine has answered; until `Recognised` says so nothing
        else is done with this leg."""

    async def outlast(self, leg: str) -> bool:
        """Let a machine finish its greeting; until `Silent` nothing else is done with this leg."""

    async def bridge(self, *legs: str) -> str:
        """A new bridge with these legs, who now hear each other; music and prompts of theirs end.
        A leg that was in another bridge leaves that."""

    async def join(self, bridge: str, leg: str) -> bool:
        """One more in the bridge: a conference."""

    async def leave(self, bridge: str, leg: str) -> bool:
        """Out of the bridge, still on the line, in silence: play or hold follows."""

    async def close(self, bridge: str) -> bool:
        """The bridge is no more; its legs live on, in silence."""

    async def record(self, where: str) -> str:
        """Record a leg or a bridge, until it is stopped or over; the recording's name."""

    async def stop_recording(self, recording: str) -> bool:
        """It is on disk when `Recorded` says so."""

    async def mute_recording(self, recording: str, *, on: bool) -> bool:
        """Silence in the place of what is said, for as long as this is on."""

    async def listen(self, supervisor: str, agent: str, ear: Ear) -> str:
        """The supervisor's leg hears what the agent's hears and says; with WHISPER the agent hears
        him, nobody else does. The bridge that ends it when it is closed."""

    async def tell_transfer(self, leg: str, *, done: bool) -> bool:
        """How the transfer went that this phone asked for: done, it is off the line; else it speaks
        on."""

    async def give_back(self, leg: str) -> bool:
        """To the fallback queue of desk phones: nobody here can go on with this caller."""


Conversation = Callable[[LiveCall], Awaitable[None]]
"""What happens with a call. Legs that are left when it ends are hung up; when it fails, the caller
is given back."""
