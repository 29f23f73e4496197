"""Our TwiML and our signatures held against the carrier's own library, where it is installed."""

import string
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.calls.queue.model import Urgency
from callcenter.telephony.flow import acts as a
from callcenter.telephony.flow.model import NO_XML
from callcenter.telephony.twiml.document import Addresses, document
from callcenter.telephony.twiml.signature import is_signed, signature

REASON = "the carrier's library is not installed (pip install twilio): nothing is held against it"
voice: Any = pytest.importorskip("twilio.twiml.voice_response", reason=REASON)
validator: Any = pytest.importorskip("twilio.request_validator", reason=REASON)

PLAYED = a.Spoken(text="好", language="zh", ours=True)
SOUNDS = {PLAYED: "https://care.example.cn/carriers/sounds/1.wav"}
HEARD, LEFT = "https://care.example.cn/heard/", "https://care.example.cn/left?a=1&b=2"
ADDRESSES = Addresses(
    heard=lambda sequence: f"{HEARD}{sequence}",
    left=LEFT,
    groups={"far": "sip:far@example.cn;x=<1>", "near": "tel:+862488881234"},
)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
SAID = TEXT.filter(lambda text: NO_XML.search(text) is None)
WORD = st.text(string.ascii_lowercase, min_size=1, max_size=8)
SPOKEN = st.just(PLAYED) | st.builds(a.Spoken, text=SAID, language=st.sampled_from(["zh", "en"]))
SPEAK = st.builds(a.Speak, spoken=SPOKEN)
ASK = st.builds(
    a.Ask,
    step=WORD,
    sequence=st.integers(1, 30),
    prompts=st.lists(SPOKEN, min_size=1, max_size=3),
    keys=st.just("0123"),
    timeout_s=st.integers(1, 30),
    barge_in=st.booleans(),
)
TAKE = st.builds(
    a.TakeMessage,
    step=WORD,
    sequence=st.integers(1, 30),
    prompt=SPOKEN,
    most_s=st.integers(5, 600),
)
GROUP = st.sampled_from(["desk", "far", "near"])
QUEUE = st.builds(
    a.EnterQueue,
    group=GROUP,
    urgency=st.sampled_from(Urgency),
    language=st.just("zh"),
    skills=st.just([]),
)
HAND = st.builds(a.HandOver, number=st.none(), group=GROUP) | st.builds(
    a.HandOver, number=st.just("+862488881234"), group=st.none()
)


def by_the_library(acts: a.Acts) -> str:
    """The same acts in the carrier's own words."""
    response = voice.VoiceResponse()
    first, before = list(acts), list[a.Spoken]()
    if first and isinstance(first[-1], a.Ask) and first[-1].barge_in:
        # What a key may cut short is said where keys are heard.
        while len(first) > 1 and isinstance(said := first[-2], a.Speak) and not said.whole:
            before.insert(0, said.spoken)
            del first[-2]
    for act in first:
        _add(response, act, before)
    return str(response)


def _add(response: Any, act: a.Act, before: list[a.Spoken]) -> None:
    if isinstance(act, a.Speak):
        _say(response, act.spoken)
    elif isinstance(act, a.Ask):
        where = f"{HEARD}{act.sequence}"
        gather = voice.Gather(
            input="dtmf",
            num_digits=1,
            timeout=act.timeout_s,
            finish_on_key="",
            action_on_empty_result=True,
            action=where,
            method="POST",
        )
        for spoken in (*before, *act.prompts):
            _say(gather if act.barge_in else response, spoken)
        response.append(gather)
        response.redirect(where, method="POST")
    elif isinstance(act, a.TakeMessage):
        where = f"{HEARD}{act.sequence}"
        _say(response, act.prompt)
        how = {"max_length": act.most_s, "timeout": 5, "play_beep": True}
        response.record(action=where, method="POST", finish_on_key="#", **how)
        response.redirect(where, method="POST")
    elif isinstance(act, a.EnterQueue):
        _group(response, act.group)
    elif isinstance(act, a.HandOver) and act.number is None:
        _group(response, act.group or "")
    elif isinstance(act, a.HandOver):
        response.dial(action=LEFT, method="POST").number(act.number)
    else:
        response.hangup()


def _say(parent: Any, spoken: a.Spoken) -> None:
    if spoken in SOUNDS:
        parent.play(SOUNDS[spoken])
    else:
        parent.say(spoken.text, language={"zh": "zh-CN", "en": "en-US"}[spoken.language])


def _group(response: Any, group: str) -> None:
    if group == "desk":
        response.enqueue(group, action=LEFT, method="POST")
        return
    dial = response.dial(action=LEFT, method="POST")
    where = ADDRESSES.groups[group]
    if where.startswith("sip:"):
        dial.sip(where)
    else:
        dial.number(where.removeprefix("tel:"))


def same(one: str, other: str) -> bool:
    """Whatever the order of attributes."""
    return ElementTree.canonicalize(one) == ElementTree.canonicalize(other)


@given(acts=st.tuples(SPEAK, st.one_of(SPEAK, ASK, TAKE, QUEUE, HAND, st.just(a.Close()))))
@settings(max_examples=300)
def test_any_acts_are_written_as_the_library_writes_them(acts: a.Acts) -> None:
    assert same(document(acts, ADDRESSES, SOUNDS).decode(), by_the_library(acts))


def test_a_call_that_is_told_nothing_is_hung_up() -> None:
    response = voice.VoiceResponse()
    response.hangup()
    assert same(document((), ADDRESSES, SOUNDS).decode(), str(response))


FIELDS = st.dictionaries(TEXT, TEXT, max_size=6)


@given(key=TEXT, path=TEXT, fields=FIELDS)
@settings(max_examples=300)
def test_what_the_library_signs_is_believed_and_what_we_sign_it_believes(
    key: str, path: str, fields: dict[str, str]
) -> None:
    url = f"https://care.example.cn/carriers/{path}"
    theirs = validator.RequestValidator(key)
    assert is_signed(key, url, fields, theirs.compute_signature(url, fields))
    assert signature(key, url, fields) == theirs.compute_signature(url, fields)
    assert not is_signed(key + "x", url, fields, theirs.compute_signature(url, fields))
    assert not is_signed(key, url + "x", fields, theirs.compute_signature(url, fields))
