"""What a call is told, as a VoiceXML 2.1 document. Pure: sounds and addresses are handed in.

One form says what is to be said and waits for one thing. `error` leads to the fallback in the same
document, so that it needs nothing of us: we may be what has failed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from callcenter.telephony.flow.acts import (
    Acts,
    Ask,
    EnterQueue,
    HandOver,
    Speak,
    Spoken,
    TakeMessage,
)

LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
KEYS = "0123456789*#"
PAUSE_ENDS_S = 5
"""So long a pause ends a message."""
RINGS_S = 60
"""So long a transfer may ring."""

Sounds = Mapping[Spoken, str]


@dataclass(frozen=True)
class Addresses:
    """Where the browser goes on: what it heard to wait N, and the end of the call or transfer.

    `groups`: where a group's agents are reached; `fallback`: who is called when nothing else is
    left, "tel:..." or "".
    """

    heard: Callable[[int], str]
    left: str
    groups: Mapping[str, str]
    fallback: str


def document(acts: Acts, addresses: Addresses, sounds: Sounds) -> bytes:
    """What there is to do now. A call that is told nothing is over."""
    root, form = _begun(addresses)
    said = SubElement(form, "block")
    for act in acts:
        if isinstance(act, Speak):
            _prompt(said, act.spoken, sounds, bargein=not act.whole)
        elif isinstance(act, Ask):
            _ask(form, act, addresses, sounds)
        elif isinstance(act, TakeMessage):
            _take_message(form, act, addresses, sounds)
        elif isinstance(act, EnterQueue):
            _to_group(form, act.group, addresses)
        elif isinstance(act, HandOver):
            _hand_over(form, act, addresses)
        else:
            SubElement(said, "disconnect")
    if not acts:
        SubElement(said, "exit")
    return _text(root)


def entry(began: str) -> bytes:
    """The document an IVR is pointed at: it tells us who calls, and is told how to go on."""
    root = _root()
    form = SubElement(root, "form", id="entry")
    # Platforms without this variable send an empty word: such a caller is anonymous.
    caller = "session.connection && session.connection.remote ? session.connection.remote.uri : ''"
    SubElement(form, "var", name="caller", expr=caller)
    _submit(SubElement(form, "block"), began, "caller")
    return _text(root)


def fallback(number: str, left: str) -> bytes:
    """To the desk phones that ring when a call can go nowhere else; without any it ends."""
    root = _root()
    form = SubElement(root, "form", id="fallback")
    if number:
        _transfer(form, number, left)
    else:
        SubElement(SubElement(form, "block"), "disconnect")
    return _text(root)


def _begun(addresses: Addresses) -> tuple[Element, Element]:
    root = _root()
    gone = SubElement(root, "catch", event="connection.disconnect")
    SubElement(gone, "var", name="outcome", expr="'hangup'")
    _submit(gone, addresses.left, "outcome")
    failed = SubElement(root, "catch", event="error")
    form = SubElement(root, "form", id="call")
    if addresses.fallback:
        SubElement(failed, "goto", next="#fallback")
        last = SubElement(root, "form", id="fallback")
        # Whatever fails here, too: nothing is tried again.
        SubElement(SubElement(last, "catch", event="error"), "exit")
        leg = SubElement(last, "transfer", name="outcome", dest=addresses.fallback)
        leg.attrib |= {"bridge": "true", "connecttimeout": f"{RINGS_S}s"}
    else:
        SubElement(failed, "exit")
    return root, form


def _ask(form: Element, act: Ask, addresses: Addresses, sounds: Sounds) -> None:
    field = SubElement(form, "field", name="key")
    # "#" is a key like the others, and one key is the whole of an answer.
    SubElement(field, "property", name="termchar", value="")
    SubElement(field, "property", name="timeout", value=f"{act.timeout_s}s")
    grammar = SubElement(field, "grammar", mode="dtmf", version="1.0", root="one_key")
    grammar.attrib["type"] = "application/srgs+xml"
    choice = SubElement(SubElement(grammar, "rule", id="one_key", scope="public"), "one-of")
    for key in KEYS:
        SubElement(choice, "item").text = key
    for spoken in act.prompts:
        _prompt(field, spoken, sounds, bargein=act.barge_in)
    heard = addresses.heard(act.sequence)
    for event in ("noinput", "nomatch"):
        silence = SubElement(field, event)
        SubElement(silence, "var", name="nothing", expr="''")
        _submit(silence, heard, "nothing")
    _submit(SubElement(field, "filled"), heard, "key")


def _take_message(form: Element, act: TakeMessage, addresses: Addresses, sounds: Sounds) -> None:
    record = SubElement(form, "record", name="message", beep="true", dtmfterm="true")
    record.attrib |= {"maxtime": f"{act.most_s}s", "finalsilence": f"{PAUSE_ENDS_S}s"}
    record.attrib["type"] = "audio/x-wav"
    _prompt(record, act.prompt, sounds, bargein=False)
    heard = addresses.heard(act.sequence)
    silence = SubElement(record, "noinput")
    SubElement(silence, "var", name="nothing", expr="''")
    _submit(silence, heard, "nothing")
    # Who hangs up has said all: what he said comes along.
    gone = SubElement(record, "catch", event="connection.disconnect")
    SubElement(gone, "var", name="outcome", expr="'hangup'")
    for parent, names in ((gone, "message outcome"), (SubElement(record, "filled"), "message")):
        _submit(parent, heard, names).attrib["enctype"] = "multipart/form-data"


def _hand_over(form: Element, act: HandOver, addresses: Addresses) -> None:
    if act.number is None:
        _to_group(form, act.group or "", addresses)
    else:
        _transfer(form, f"tel:{act.number}", addresses.left)


def _to_group(form: Element, group: str, addresses: Addresses) -> None:
    if where := addresses.groups.get(group):
        _transfer(form, where, addresses.left)
    else:
        # The IVR that called us knows the group itself.
        SubElement(SubElement(form, "block"), "exit", expr=f"'{group}'")


def _transfer(form: Element, where: str, left: str) -> None:
    leg = SubElement(form, "transfer", name="outcome", dest=where, bridge="true")
    leg.attrib["connecttimeout"] = f"{RINGS_S}s"
    _submit(SubElement(leg, "filled"), left, "outcome")


def _prompt(parent: Element, spoken: Spoken, sounds: Sounds, *, bargein: bool) -> None:
    prompt = SubElement(parent, "prompt", bargein="true" if bargein else "false")
    prompt.attrib["xml:lang"] = LANGUAGES[spoken.language]
    if spoken in sounds:
        # What stands within is said when the file cannot be fetched.
        SubElement(prompt, "audio", src=sounds[spoken]).text = spoken.text
    else:
        prompt.text = spoken.text


def _submit(parent: Element, where: str, names: str) -> Element:
    return SubElement(parent, "submit", next=where, method="post", namelist=names)


def _root() -> Element:
    names = {"version": "2.1", "xmlns": "http://www.w3.org/2001/vxml", "xml:lang": "zh-CN"}
    return Element("vxml", names)


def _text(root: Element) -> bytes:
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text
