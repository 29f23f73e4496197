"""Acts of the flow as the page with the telephone is told them."""

from collections.abc import Callable

from callcenter.telephony.flow.acts import (
    Act,
    Acts,
    Ask,
    EnterQueue,
    HandOver,
    Speak,
    Spoken,
    TakeMessage,
)
from callcenter.telephony.simulator.wire import (
    ActOut,
    AskOut,
    CloseOut,
    HandedOverOut,
    RecordOut,
    SayOut,
    WaitOut,
    WordsOut,
)

Sound = Callable[[Spoken], str | None]
"""The address of a text's sound; None: there is none, and none can be made."""


def told(acts: Acts, sound: Sound) -> list[ActOut]:
    """One after the other. Nothing is recorded here, and nobody is told that it is."""
    said = [act for act in acts if not (isinstance(act, Speak) and act.notice)]
    return [_told(act, sound) for act in said]


def _told(act: Act, sound: Sound) -> ActOut:
    if isinstance(act, Speak):
        return SayOut(words=_words(act.spoken, sound), whole=act.whole)
    if isinstance(act, Ask):
        own = {name: getattr(act, name) for name in AskOut.model_fields.keys() - {"kind", "words"}}
        return AskOut(words=[_words(one, sound) for one in act.prompts], **own)
    if isinstance(act, TakeMessage):
        words = _words(act.prompt, sound)
        return RecordOut(step=act.step, sequence=act.sequence, words=words, most_s=act.most_s)
    if isinstance(act, EnterQueue):
        return WaitOut(step=act.step, group=act.group)
    if isinstance(act, HandOver):
        return HandedOverOut(step=act.step, number=act.number, group=act.group)
    return CloseOut(step=getattr(act, "step", ""))


def _words(spoken: Spoken, sound: Sound) -> WordsOut:
    return WordsOut(
        text=spoken.text, language=spoken.language, step=spoken.step, sound=sound(spoken)
    )
