"""What a switch tells of a call: past-tense facts, each about one leg. Pure.

A call has legs: the caller's, and one for everybody who is dialled for it.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Ending(StrEnum):
    """Why a leg is over, as far as people care."""

    NORMAL = "normal"
    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    UNKNOWN_NUMBER = "unknown_number"
    UNREACHABLE = "unreachable"
    LOST = "lost"


@dataclass(frozen=True)
class Cause:
    """`q850`: the telephone network's code (16 is a normal hang-up; 0 not told), `sip`: the status
    that came with it, if one did."""

    q850: int = 0
    sip: int | None = None

    @property
    def ending(self) -> Ending:
        """Both codes in one word."""
        if self.sip in _BY_SIP:
            return _BY_SIP[self.sip]
        return _BY_Q850.get(self.q850, Ending.UNREACHABLE if self.q850 else Ending.NORMAL)


NORMAL = Cause(16)
LOST = Cause(-1)
"""It was not there any more when we looked again: nobody has told why."""

_BY_SIP = {
    486: Ending.BUSY,
    600: Ending.BUSY,
    603: Ending.DECLINED,
    404: Ending.UNKNOWN_NUMBER,
    604: Ending.UNKNOWN_NUMBER,
    480: Ending.NO_ANSWER,
    408: Ending.NO_ANSWER,
}
_BY_Q850 = {
    -1: Ending.LOST,
    1: Ending.UNKNOWN_NUMBER,
    16: Ending.NORMAL,
    17: Ending.BUSY,
    18: Ending.NO_ANSWER,
    19: Ending.NO_ANSWER,
    21: Ending.DECLINED,
    27: Ending.UNREACHABLE,
    28: Ending.UNKNOWN_NUMBER,
    31: Ending.NORMAL,
    127: Ending.NORMAL,
}


@dataclass(frozen=True)
class Rang:
    """Somebody rings, unanswered yet. `from_phone`: one of our own phones dials."""

    leg: str
    caller: str
    dialled: str
    from_phone: bool = False


@dataclass(frozen=True)
class Adopted:
    """A call that was going on when we came (back), or rang in that very moment: these legs and
    bridges of it live, the caller's first. What it was in the middle of, the switch does not
    know."""

    legs: tuple[str, ...]
    bridges: tuple[str, ...]
    caller: str
    dialled: str


@dataclass(frozen=True)
class Ringing:
    """A leg that we dialled rings at the other end."""

    leg: str


@dataclass(frozen=True)
class Answered:
    """A leg that we dialled is there and can be spoken to."""

    leg: str


class Heard(StrEnum):
    """What a leg that has answered sounds like."""

    PERSON = "person"
    MACHINE = "machine"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Recognised:
    """Who has answered was listened to (`LiveCall.recognise`)."""

    leg: str
    heard: Heard


@dataclass(frozen=True)
class Silent:
    """A leg has fallen silent, or has spoken longer than anybody waits (`LiveCall.outlast`)."""

    leg: str


@dataclass(frozen=True)
class Key:
    """A key of the leg's keypad was pressed, and let go after so long."""

    leg: str
    key: str
    held_ms: int


@dataclass(frozen=True)
class Played:
    """A prompt is over or was stopped. Not `whole`: it could not be played."""

    leg: str
    playback: str
    whole: bool


@dataclass(frozen=True)
class Recorded:
    """A recording is on disk; None instead of its path when it failed."""

    recording: str
    path: Path | None
    seconds: float


@dataclass(frozen=True)
class Left:
    """A leg is over. `by_us`: we hung up."""

    leg: str
    cause: Cause
    by_us: bool


@dataclass(frozen=True)
class TransferAsked:
    """A phone's own transfer key: hand whom I speak with on to this number. It is still to be done,
    and the phone waits to hear how it went (`LiveCall.tell_transfer`)."""

    leg: str
    to: str


Signal = (
    TransferAsked
    | Rang
    | Adopted
    | Ringing
    | Answered
    | Recognised
    | Silent
    | Key
    | Played
    | Recorded
    | Left
)
