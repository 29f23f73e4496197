"""The steps of a call flow, as an administrator writes them. Whether they fit together: check.py.

What may be left out here (a language, a way on) is left to the check, which names the step.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from callcenter.calls.queue.model import Urgency

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["menu"])]
Key = Annotated[str, Field(pattern=r"^[0-9*#]$")]
NO_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _sayable(text: str) -> str:
    if NO_XML.search(text):
        raise ValueError("signs that no carrier's document can hold")
    return text


Speech = Annotated[str, Field(max_length=600), AfterValidator(_sayable)]
Language = Literal["zh", "en"]
MOST_STEPS = 200


class Part(BaseModel):
    """Base of all that a flow is made of."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Words(Part):
    """One text in both languages. `{wait_minutes}` in it is told by the queue."""

    zh: Speech = ""
    en: Speech = ""

    def of(self, language: Language) -> str:
        """The text in this language."""
        return self.en if language == "en" else self.zh


class Say(Part):
    """A text, by a studio recording where there is one, else by the carrier's voice.

    `whole`: nobody may press it away. `notice`: it tells that the call is recorded; our own switch
    says it only when it is, and once more later when it was pressed away.
    """

    kind: Literal["say"] = "say"
    id: Word
    words: Words
    whole: bool = False
    notice: bool = False
    next: Word | None = None


class Play(Part):
    """A sound file of ours: the studio recording of this text, else our own voice."""

    kind: Literal["play"] = "play"
    id: Word
    words: Words
    whole: bool = False
    next: Word | None = None


class Gather(Part):
    """Waits for one key. After `tries` silences or wrong keys the call goes on by itself.

    `timeout_s` counts from the end of the text; with `barge_in` a key cuts the text short. `again`
    is said before the text is repeated. Wrong keys go where silence goes unless `wrong` says where.
    """

    kind: Literal["gather"] = "gather"
    id: Word
    words: Words
    again: Words | None = None
    keys: dict[Key, Word]
    timeout_s: Annotated[int, Field(ge=1, le=30)] = 5
    tries: Annotated[int, Field(ge=1, le=5)] = 2
    barge_in: bool = True
    silence: Word | None = None
    wrong: Word | None = None


class Record(Part):
    """Takes a message of at most `most_s` seconds, or until the caller presses #."""

    kind: Literal["record"] = "record"
    id: Word
    words: Words
    most_s: Annotated[int, Field(ge=5, le=600)] = 120
    next: Word | None = None


class Enqueue(Part):
    """The call waits for one of a group who has all the skills and speaks the caller's language."""

    kind: Literal["enqueue"] = "enqueue"
    id: Word
    group: Word
    urgency: Urgency = Urgency.REST
    skills: Annotated[list[Word], Field(max_length=20)] = []


class Transfer(Part):
    """The call leaves for a number outside or for the phones of a group: one of the two."""

    kind: Literal["transfer"] = "transfer"
    id: Word
    number: Annotated[str, Field(max_length=40)] | None = None
    group: Word | None = None


class SendLink(Part):
    """A text message with the location link to the caller's number, when it can receive one."""

    kind: Literal["send_link"] = "send_link"
    id: Word
    sent: Word | None = None
    not_sent: Word | None = None


class HangUp(Part):
    """The line is closed."""

    kind: Literal["hang_up"] = "hang_up"
    id: Word


class Goto(Part):
    """On to another step."""

    kind: Literal["goto"] = "goto"
    id: Word
    next: Word | None = None


class Hours(Part):
    """Branches by opening hours in OSM syntax, with China's holidays and make-up days."""

    kind: Literal["hours"] = "hours"
    id: Word
    rule: Annotated[str, Field(max_length=300, examples=["Mo-Fr 08:00-20:00; PH off"])]
    open: Word | None = None
    closed: Word | None = None


class Switch(Part):
    """From here on the caller is spoken to in this language."""

    kind: Literal["language"] = "language"
    id: Word
    language: Language
    next: Word | None = None


Step = Annotated[
    Say | Play | Gather | Record | Enqueue | Transfer | SendLink | HangUp | Goto | Hours | Switch,
    Field(discriminator="kind"),
]
LAST = (Enqueue, Transfer, HangUp)
"""Steps that let the call go."""


class Flow(Part):
    """The whole: where a call begins, its steps, and `fallback`, the step for a call that cannot go
    on as it should: one that lets it go without another question."""

    start: Word
    fallback: Word
    steps: Annotated[list[Step], Field(min_length=1, max_length=MOST_STEPS)]

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps by their words."""
        return {step.id: step for step in self.steps}


def exits(step: Step) -> Iterator[tuple[str, str | None]]:
    """The ways out of a step: what takes one (`next`, `key 3`, `silence`), where it leads."""
    if isinstance(step, Say | Play | Record | Goto | Switch):
        yield "next", step.next
    elif isinstance(step, Gather):
        yield from ((f"key {key}", target) for key, target in step.keys.items())
        yield "silence", step.silence
        if step.wrong is not None:
            yield "wrong", step.wrong
    elif isinstance(step, SendLink):
        yield from (("sent", step.sent), ("not_sent", step.not_sent))
    elif isinstance(step, Hours):
        yield from (("open", step.open), ("closed", step.closed))


def texts(step: Step) -> Iterator[Words]:
    """What a step says."""
    if isinstance(step, Say | Play | Gather | Record):
        yield step.words
    if isinstance(step, Gather) and step.again is not None:
        yield step.again
