"""What the page with the telephone is told, and what it says."""

from typing import Annotated, Literal

from pydantic import Field

from callcenter.calls.model import CallState, EndReason
from callcenter.calls.queue.model import PlaceState
from callcenter.telephony.flow.model import Flow, Key, Language
from callcenter.telephony.flow.wire import FlowGroup
from callcenter.web.wire import QueryModel, WireModel

Token = Annotated[str, Field(max_length=100)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Sequence = Annotated[int, Field(ge=0, le=1000)]


class MadeUpCaller(WireModel):
    """Who may be played: an owner of the demo, several who share a phone, nobody's number, or one
    who withholds it."""

    who: Literal["known", "shared", "unknown", "withheld"]
    number: str | None


class SimulatorOut(WireModel):
    """The telephone before a call. `any_number`: whether others may be typed; `voice`: whether this
    machine speaks, else the browser has to."""

    callers: list[MadeUpCaller]
    any_number: bool
    voice: bool
    flow_version: int
    flow: Flow
    groups: list[FlowGroup]


class Dialling(WireModel):
    """Who calls; null withholds the number."""

    caller: Annotated[str, Field(max_length=40)] | None = None


class WordsOut(WireModel):
    """One text that the caller hears, and the step that says it; without `sound` the browser
    speaks."""

    text: str
    language: Language
    step: str
    sound: str | None


class SayOut(WireModel):
    """Said to its end; unless `whole`, a key cuts it short."""

    kind: Literal["say"] = "say"
    words: WordsOut
    whole: bool


class AskOut(WireModel):
    """Said, and one key waited for; what is heard comes back with `sequence`."""

    kind: Literal["ask"] = "ask"
    step: str
    sequence: int
    words: list[WordsOut]
    keys: str
    timeout_s: int
    barge_in: bool


class RecordOut(WireModel):
    """A message is taken, until # or for so many seconds."""

    kind: Literal["record"] = "record"
    step: str
    sequence: int
    words: WordsOut
    most_s: int


class WaitOut(WireModel):
    """The caller waits for an agent of this group."""

    kind: Literal["wait"] = "wait"
    step: str
    group: str


class HandedOverOut(WireModel):
    """A carrier would bring the caller to this number, or to the phones of this group."""

    kind: Literal["hand_over"] = "hand_over"
    step: str
    number: str | None
    group: str | None


class CloseOut(WireModel):
    """The flow hangs up."""

    kind: Literal["close"] = "close"
    step: str


ActOut = Annotated[
    SayOut | AskOut | RecordOut | WaitOut | HandedOverOut | CloseOut, Field(discriminator="kind")
]


class ToldOut(WireModel):
    """What the telephone does now, one after the other."""

    acts: list[ActOut]


class BegunOut(ToldOut):
    """The call. Who knows its token drives it; `flow` is what it walks to its end."""

    token: str
    flow_version: int
    flow: Flow


class Pressed(WireModel):
    """A key, or null for silence, and the wait it was heard to."""

    sequence: Sequence
    key: Key | None = None


class LineOut(WireModel):
    """How the call stands. `place` is null outside the queue; `ahead` and `wait_s` while he waits;
    `agent` has picked up; `number` is where the call would have gone when it left the house."""

    state: CallState
    end_reason: EndReason | None
    place: PlaceState | None
    ahead: int | None
    wait_s: int | None
    agent: str | None
    number: str | None


class CallPath(QueryModel):
    """The call, by the token that only its page was given."""

    token: Token


class SoundPath(CallPath):
    """One text that this call was told."""

    digest: Digest


class MessagePath(CallPath):
    """The wait that the message was recorded in."""

    sequence: Sequence


class MessageQuery(QueryModel):
    """Whether he hung up behind it."""

    hung_up: bool = False
