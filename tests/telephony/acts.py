"""Acts of every kind, for the dialects."""

from callcenter.calls.queue.model import Urgency
from callcenter.telephony.flow import acts as a

ZH = a.Spoken(text="按<1>&2", language="zh")
EN = a.Spoken(text="press 1", language="en")
PLAYED = a.Spoken(text="好", language="zh", ours=True)
SOUNDS = {PLAYED: "https://care.example.cn/carriers/sounds/1.wav"}
SAID: a.Acts = (a.Speak(spoken=ZH, whole=True), a.Speak(spoken=PLAYED))


def _ask(barge_in: bool) -> a.Ask:
    return a.Ask(
        step="menu",
        sequence=1,
        prompts=[ZH, PLAYED, EN],
        keys="0123",
        timeout_s=5,
        barge_in=barge_in,
    )


def _queue(group: str) -> a.EnterQueue:
    return a.EnterQueue(group=group, urgency=Urgency.REST, language="zh", skills=[])


EVERY_KIND: list[a.Acts] = [
    (),
    (*SAID, _ask(True)),
    (*SAID, _ask(False)),
    (*SAID, a.TakeMessage(step="message", sequence=2, prompt=EN, most_s=60)),
    (*SAID, _queue("desk")),
    (_queue("far"),),
    (*SAID, a.HandOver(number="+862488881234", group=None)),
    (a.HandOver(number=None, group="far"),),
    (*SAID, a.Close()),
]
