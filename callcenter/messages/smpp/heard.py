"""What comes in over SMPP. Read leniently: providers add fields of their own, and a receipt that
is not understood must not end the session that carries all others."""

import re
import struct
from dataclasses import dataclass
from typing import NamedTuple

from callcenter.messages.model import DeliveryState
from callcenter.phones import BadPhone, e164, takes_texts

RECEIPTED_MESSAGE_ID, MESSAGE_STATE = 0x001E, 0x0427
USER_MESSAGE_REFERENCE, MESSAGE_PAYLOAD = 0x0204, 0x0424
KIND, IS_RECEIPT, IS_ON_ITS_WAY = 0x3C, 0x04, 0x20
UCS2 = 8
INTERNATIONAL = 1
# Of the receipt's text, and of the field that says the same.
STATES = {"DELIVRD": 2, "EXPIRED": 3, "DELETED": 4, "UNDELIV": 5, "REJECTD": 8}
NAMES = {state: name for name, state in STATES.items()}
_ID = re.compile(r"\bid:\s*(\S+)", re.IGNORECASE)
_STATE = re.compile(r"\bstat:\s*(\w+)", re.IGNORECASE)
_ERROR = re.compile(r"\berr:\s*(\w+)", re.IGNORECASE)


class Reported(NamedTuple):
    """A delivery receipt as the provider words it."""

    provider_id: str
    delivery: DeliveryState | None
    failure: str | None
    reference: int | None
    recipient: str


@dataclass(frozen=True)
class Deliver:
    """A deliver_sm, as far as it is looked at. `ton`: the type of the source's number."""

    ton: int
    source: str
    esm_class: int
    text: str
    fields: dict[int, bytes]


def read_receipt(body: bytes) -> Reported | None:
    """The receipt in this deliver_sm; None for what a person has written, and for what names no
    message. Raises ValueError when it cannot be read."""
    deliver = _deliver(body)
    if deliver.esm_class & KIND not in (IS_RECEIPT, IS_ON_ITS_WAY):
        return None
    named = _ID.search(deliver.text)
    in_text = named[1] if named and named[1].isprintable() else ""
    provider_id = readable(deliver.fields.get(RECEIPTED_MESSAGE_ID, b"")) or in_text
    if not provider_id:
        return None
    state = _state(deliver)
    reference = deliver.fields.get(USER_MESSAGE_REFERENCE)
    return Reported(
        provider_id,
        *_outcome(state, deliver.text),
        int.from_bytes(reference) if reference else None,
        number_of(deliver.ton, deliver.source),
    )


def read_words(body: bytes) -> tuple[str, str] | None:
    """Number (E.164) and words of what a person has written; None for a receipt. Raises
    ValueError."""
    deliver = _deliver(body)
    if deliver.esm_class & KIND in (IS_RECEIPT, IS_ON_ITS_WAY):
        return None
    words = deliver.text.replace("\0", "").strip()
    if not words or not deliver.source.lstrip("+").isdigit():
        return None
    return number_of(deliver.ton, deliver.source), words


def number_of(ton: int, source: str) -> str:
    """A source address as E.164. Only an international one surely begins with its country; of
    what another may be, a number that takes texts is meant. What is no number keeps its digits."""
    digits = source.lstrip("+")
    abroad = f"+{digits.removeprefix('00')}"
    if ton == INTERNATIONAL or source.startswith("+"):
        return abroad
    readings = [number for number in map(_read, (source, abroad)) if number is not None]
    return next(filter(takes_texts, readings), readings[0] if readings else f"+{digits}")


def _read(number: str) -> str | None:
    try:
        return e164(number)
    except BadPhone:
        return None


def _outcome(state: int | None, text: str) -> tuple[DeliveryState | None, str | None]:
    if state == STATES["DELIVRD"]:
        return DeliveryState.DELIVERED, None
    if state in NAMES:
        error = _ERROR.search(text)
        return DeliveryState.UNDELIVERED, f"{NAMES[state]} {error[1] if error else ''}".strip()
    return None, None


def _state(deliver: Deliver) -> int | None:
    if field := deliver.fields.get(MESSAGE_STATE):
        return field[-1]
    said = _STATE.search(deliver.text)
    return STATES.get(said[1].upper()[:7]) if said else None


def _deliver(body: bytes) -> Deliver:
    try:
        return _parsed(body)
    except (struct.error, IndexError) as failure:
        raise ValueError(f"not a deliver_sm: {failure}") from failure


def _parsed(body: bytes) -> Deliver:
    _, at = _c_string(body, 0)
    ton = body[at]
    source, at = _c_string(body, at + 2)
    _, at = _c_string(body, at + 2)
    esm_class = body[at]
    _, at = _c_string(body, at + 3)
    _, at = _c_string(body, at)
    _, _, coding, _, length = struct.unpack_from("!5B", body, at)
    at += 5
    text, at = body[at : at + length], at + length
    fields = {}
    while at + 4 <= len(body):
        tag, length = struct.unpack_from("!HH", body, at)
        fields[tag] = body[at + 4 : at + 4 + length]
        at += 4 + length
    text = text or fields.get(MESSAGE_PAYLOAD, b"")
    words = text.decode("utf-16-be" if coding == UCS2 else "latin-1", "replace")
    return Deliver(ton, readable(source), esm_class, words, fields)


def _c_string(body: bytes, at: int) -> tuple[bytes, int]:
    end = body.index(b"\0", at)
    return body[at:end], end + 1


def readable(raw: bytes) -> str:
    """A name as it is kept; empty when it holds what no name holds."""
    text = raw.rstrip(b"\0").decode("latin-1").strip()
    return text if text.isprintable() else ""
