"""What a carrier has to do now, in words of no carrier. Kept beside the call's position."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from callcenter.calls.queue.model import Urgency
from callcenter.telephony.flow.model import Language, Part

WAIT_MINUTES = "{wait_minutes}"


class Spoken(Part):
    """One text in the caller's language. `ours`: never by the carrier's voice; `step` says it."""

    text: str
    language: Language
    ours: bool = False
    step: str = ""


class Speak(Part):
    """Say it to its end, then go on. `whole`: no key cuts it short. `notice`: that the call is
    recorded; who knows that it is not leaves it out."""

    kind: Literal["speak"] = "speak"
    spoken: Spoken
    whole: bool = False
    notice: bool = False


class Ask(Part):
    """Say it and wait for one of the keys, `timeout_s` long when it is said.

    `step` and `sequence` name this wait: what is heard to it comes back with them.
    """

    kind: Literal["ask"] = "ask"
    step: str
    sequence: int
    prompts: list[Spoken]
    keys: str
    timeout_s: int
    barge_in: bool


class TakeMessage(Part):
    """Record what the caller says, until # or for so many seconds."""

    kind: Literal["take_message"] = "take_message"
    step: str
    sequence: int
    prompt: Spoken
    most_s: int


class TextLink(Part):
    """Send the location link. The house does this itself: no carrier sees it."""

    kind: Literal["text_link"] = "text_link"
    step: str
    sequence: int
    language: Language


class EnterQueue(Part):
    """The call waits for a person from now on; the flow has let it go."""

    kind: Literal["enter_queue"] = "enter_queue"
    group: str
    urgency: Urgency
    language: Language
    skills: list[str]
    step: str = ""


class HandOver(Part):
    """The call goes to a number outside, or to the phones of a group."""

    kind: Literal["hand_over"] = "hand_over"
    number: str | None
    group: str | None
    step: str = ""


class Close(Part):
    """Hang up."""

    kind: Literal["close"] = "close"
    step: str = ""


Act = Annotated[
    Speak | Ask | TakeMessage | TextLink | EnterQueue | HandOver | Close,
    Field(discriminator="kind"),
]
Acts = tuple[Act, ...]
WAITS = (Ask, TakeMessage, TextLink)
LETS_GO = (EnterQueue, HandOver, Close)

_ACTS: TypeAdapter[Acts] = TypeAdapter(Acts)


def acts_text(acts: Acts) -> str:
    """As they are stored."""
    return _ACTS.dump_json(acts).decode()


def acts_of(text: str) -> Acts:
    """As `acts_text` has written them."""
    return _ACTS.validate_json(text)


def spoken_in(acts: Acts) -> list[Spoken]:
    """Every text that is to be said."""
    found: list[Spoken] = []
    for act in acts:
        if isinstance(act, Speak):
            found.append(act.spoken)
        elif isinstance(act, Ask):
            found += act.prompts
        elif isinstance(act, TakeMessage):
            found.append(act.prompt)
    return found
