"""What an owner may answer by keys, and what came of it. Pure.

In every call key 9 says no to all such calls, key 8 that it is not the owner's number, and key 0
hears it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.model import Machine, OwnerCall

END_KEY, PASS_KEY = "#", "*"


class KeyAct(StrEnum):
    """What a key means. `survey`: questions follow, each answered by a key."""

    BOOK = "book"
    CALL_BACK = "call_back"
    SURVEY = "survey"
    AGAIN = "again"
    WRONG_NUMBER = "wrong_number"
    OPT_OUT = "opt_out"


OF_EVERY_CALL: Mapping[str, KeyAct] = {
    "0": KeyAct.AGAIN,
    "8": KeyAct.WRONG_NUMBER,
    "9": KeyAct.OPT_OUT,
}
"""Whatever else it asks, in the order in which they are told."""


@dataclass(frozen=True)
class Asked:
    """One thing to key in: one of `keys`, several of them, or digits where there are none. It ends
    behind `most` keys or #; * passes over what `may_pass`."""

    words: str
    keys: Sequence[str]
    most: int = 1
    may_pass: bool = False

    def takes(self, typed: str) -> bool:
        """Whether it may be an answer; the survey says whether it is one."""
        if self.may_pass and typed == PASS_KEY:
            return True
        digits = typed.rstrip(END_KEY)
        return bool(digits) and (self.most > 1 or not self.keys or digits in self.keys)


@dataclass(frozen=True)
class Question:
    """One answer out of what is keyed in, thing by thing; `code` names it in the survey."""

    code: str
    asked: Sequence[Asked]


@dataclass(frozen=True)
class KeyMenu:
    """Keys besides those of every call. Raises ValueError for one that takes theirs."""

    acts: Mapping[str, KeyAct] = field(default_factory=dict)
    machine: Machine = Machine.HANG_UP

    def __post_init__(self) -> None:
        if OF_EVERY_CALL.keys() & self.acts.keys():
            raise ValueError("8, 9 and 0 mean the same in every call")

    def act(self, key: str) -> KeyAct | None:
        """None: no choice."""
        return OF_EVERY_CALL.get(key) or self.acts.get(key)


class KeyAnswers(Protocol):
    """What the house does about keys, each in a transaction of its own that also settles the
    call: surveys, bookings and consents are other rooms'."""

    async def menu(self, tx: Tx, one: OwnerCall) -> KeyMenu:
        """Of this campaign's step."""

    async def book(self, tx: Tx, one: OwnerCall) -> None:
        """He wants an appointment: somebody arranges it with him."""

    async def call_back(self, tx: Tx, one: OwnerCall) -> None:
        """He wants to speak with a person."""

    async def opt_out(self, tx: Tx, one: OwnerCall) -> None:
        """He refuses such calls: evidence is the key."""

    async def question(self, tx: Tx, one: OwnerCall) -> Question | None:
        """The next one for him; None: nothing more is asked."""

    async def is_done(self, tx: Tx, one: OwnerCall) -> bool:
        """Whether the survey was answered to its end."""

    async def answer(
        self, tx: Tx, one: OwnerCall, question: Question, typed: Sequence[str]
    ) -> bool:
        """Kept at once: who hangs up then has answered it. False: it is none, and is asked anew."""
