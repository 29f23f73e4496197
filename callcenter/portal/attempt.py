"""A form's verb: done, or refused in words on the same page, with nothing written."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from callcenter.errors import CallCenterError
from callcenter.web.call import Call
from callcenter.web.pages import Pages

T = TypeVar("T")

CODES = {
    "state": ("offer_", "booking_"),
    "stage": ("stage_", "dispatch_", "tow_stage_"),
    "to": ("stage_", "dispatch_"),
    "why": ("reason_", "not_there_"),
    "doubts": ("doubt_",),
}
"""Facts of refusals that are codes, and where their words stand in the catalogue."""


@dataclass(frozen=True)
class Refused:
    """Why not, in the caller's language, and the status to answer with."""

    words: str
    status: int


async def attempt(call: Call, verb: Awaitable[T]) -> T | Refused:
    """What the verb answers, or why it was refused.

    A savepoint takes back what a refused verb has begun; the page is rendered all the same.
    """
    try:
        async with call.tx.connection.transaction():
            return await verb
    except CallCenterError as refusal:
        return Refused(_in_words(call, refusal), refusal.status)


def _in_words(call: Call, refusal: CallCenterError) -> str:
    words = call.part(Pages).words[call.language]

    def word(name: str, code: str) -> str:
        keys = (prefix + code for prefix in CODES[name])
        return next((words[key] for key in keys if key in words), code)

    def say(name: str, value: str) -> str:
        if name not in CODES:
            return value
        separator = "、" if call.language == "zh" else ", "
        return separator.join(word(name, code) for code in value.split(", "))

    return refusal.message(call.language, say)
