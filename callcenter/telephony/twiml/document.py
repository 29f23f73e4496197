"""What a call is told, as TwiML. Pure: the sounds and addresses are handed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

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

LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
SILENCE_ENDS_S = 5
"""So long a pause ends a message."""


@dataclass(frozen=True)
class Addresses:
    """Where the carrier goes on: what it heard to wait N, and the end of a queue or transfer.

    `groups`: addresses of agents for whom the carrier has no queue of its own.
    """

    heard: Callable[[int], str]
    left: str
    groups: Mapping[str, str]


Sounds = Mapping[Spoken, str]
"""Texts that are played as a file, and the file's address."""


def document(acts: Acts, addresses: Addresses, sounds: Sounds) -> bytes:
    """One <Response>. A call that is told nothing is over."""
    response = Element("Response")
    for act in _with_keys(acts):
        if isinstance(act, Speak):
            _speak(response, act.spoken, sounds)
        elif isinstance(act, Ask):
            _ask(response, act, addresses, sounds)
        elif isinstance(act, TakeMessage):
            _take_message(response, act, addresses, sounds)
        elif isinstance(act, EnterQueue):
            _to_group(response, act.group, addresses)
        elif isinstance(act, HandOver):
            _hand_over(response, act, addresses)
        else:
            SubElement(response, "Hangup")
    if not acts:
        SubElement(response, "Hangup")
    return _text(response)


def _with_keys(acts: Acts) -> Acts:
    """What is said just before a question becomes a part of it: keys are heard in a gather only."""
    if not acts or not isinstance(ask := acts[-1], Ask) or not ask.barge_in:
        return acts
    first = next(
        (at for at in range(len(acts) - 1) if all(map(_may_be_cut, acts[at:-1]))), len(acts) - 1
    )
    before = [act.spoken for act in acts[first:-1] if isinstance(act, Speak)]
    return (*acts[:first], ask.model_copy(update={"prompts": [*before, *ask.prompts]}))


def _may_be_cut(act: Act) -> bool:
    return isinstance(act, Speak) and not act.whole


def fallback(number: str, left: str) -> bytes:
    """To the desk phones that ring when a call can go nowhere else; without any it ends."""
    response = Element("Response")
    if number:
        dial = SubElement(response, "Dial", action=left, method="POST")
        SubElement(dial, "Number").text = number
    else:
        SubElement(response, "Hangup")
    return _text(response)


def _speak(parent: Element, spoken: Spoken, sounds: Sounds) -> None:
    if spoken in sounds:
        SubElement(parent, "Play").text = sounds[spoken]
    else:
        SubElement(parent, "Say", language=LANGUAGES[spoken.language]).text = spoken.text


def _ask(response: Element, act: Ask, addresses: Addresses, sounds: Sounds) -> None:
    heard = addresses.heard(act.sequence)
    gather = Element("Gather", input="dtmf", numDigits="1", timeout=str(act.timeout_s))
    gather.attrib |= {"finishOnKey": "", "actionOnEmptyResult": "true"}
    gather.attrib |= {"action": heard, "method": "POST"}
    # A key cuts short what stands within, and nothing before it.
    for spoken in act.prompts:
        _speak(gather if act.barge_in else response, spoken, sounds)
    response.append(gather)
    _silence(response, heard)


def _take_message(
    response: Element, act: TakeMessage, addresses: Addresses, sounds: Sounds
) -> None:
    heard = addresses.heard(act.sequence)
    _speak(response, act.prompt, sounds)
    record = SubElement(response, "Record", action=heard, method="POST", finishOnKey="#")
    record.attrib |= {"maxLength": str(act.most_s), "timeout": str(SILENCE_ENDS_S)}
    record.attrib |= {"playBeep": "true"}
    _silence(response, heard)


def _silence(response: Element, heard: str) -> None:
    """Carriers that do not call the action when nothing was heard come by here."""
    SubElement(response, "Redirect", method="POST").text = heard


def _hand_over(response: Element, act: HandOver, addresses: Addresses) -> None:
    if act.number is None:
        _to_group(response, act.group or "", addresses)
        return
    dial = SubElement(response, "Dial", action=addresses.left, method="POST")
    SubElement(dial, "Number").text = act.number


def _to_group(response: Element, group: str, addresses: Addresses) -> None:
    where = addresses.groups.get(group)
    if where is None:
        queue = SubElement(response, "Enqueue", action=addresses.left, method="POST")
        queue.text = group
        return
    dial = SubElement(response, "Dial", action=addresses.left, method="POST")
    is_sip = where.startswith("sip:")
    SubElement(dial, "Sip" if is_sip else "Number").text = where.removeprefix("tel:")


def _text(response: Element) -> bytes:
    text: bytes = tostring(response, encoding="utf-8", xml_declaration=True)
    return text
