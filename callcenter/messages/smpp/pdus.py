"""What goes out over SMPP: a text as one submit_sm, or as segments that the phone puts together."""

import re

from aiosmpplib import NPI, TON, BindTransceiver, GSM7BitCodec, OptionalParam, PhoneNumber, SubmitSm
from aiosmpplib.state import USER_MESSAGE_REFERENCE
from aiosmpplib.utils import split_sms_udh

from callcenter.messages.model import CarrierRefused, Message, Part
from callcenter.sender_settings import SmppSettings

HEADER = 16
HAS_SEGMENT_HEADER = 0x40
GSM, UCS2 = "gsm0338", "ucs2"
LONGEST = {GSM: 160, UCS2: 70}
_NUMBER = re.compile(r"\+?\d{3,15}")


def bind_body(settings: SmppSettings) -> bytes:
    """bind_transceiver without its header."""
    bind = BindTransceiver(
        system_id=settings.system_id,
        password=settings.password.get_secret_value(),
        system_type=settings.system_type,
        interface_version=0x34,
    )
    return bytes(bind.pdu())[HEADER:]


def submit_bodies(settings: SmppSettings, message: Message) -> list[bytes]:
    """The submit_sm of each part, without its header. Raises CarrierRefused when no phone can be
    reached by that number."""
    if not _NUMBER.fullmatch(message.recipient):
        raise CarrierRefused(f"not a number for text messages: {message.recipient[-4:]}")
    alphabet = _alphabet(message.body)
    segments = _segments(settings, message, alphabet)
    return [
        _submit(settings, message, Part(message.id, number), alphabet, segment).pdu()[HEADER:]
        for number, segment in enumerate(segments, start=1)
    ]


def count_parts(settings: SmppSettings, message: Message) -> int:
    """How many submit_sm it takes."""
    return len(_segments(settings, message, _alphabet(message.body)))


def _alphabet(text: str) -> str:
    try:
        encoded, _ = GSM7BitCodec.get_codec_info().encode(text)
    except UnicodeEncodeError:
        return UCS2
    # A sign of two septets may be cut in two between segments.
    return GSM if len(encoded) == len(text) else UCS2


def _segments(settings: SmppSettings, message: Message, alphabet: str) -> list[bytes | None]:
    """None: the text as it is."""
    units = len(message.body.encode("utf-16-be")) // 2
    if settings.long_texts == "payload" or units <= LONGEST[alphabet]:
        return [None]
    return [*split_sms_udh(message.body, alphabet, message.id.int >> 16 & 0xFF)]


def _submit(
    settings: SmppSettings, message: Message, part: Part, alphabet: str, segment: bytes | None
) -> SubmitSm:
    text = message.body
    is_whole = segment is None and len(text.encode("utf-16-be")) // 2 > LONGEST[alphabet]
    submit = SubmitSm(
        short_message="" if is_whole else text,
        message_payload=text if is_whole else "",
        source=PhoneNumber(settings.source, TON(settings.source_ton), NPI(settings.source_npi)),
        destination=_phone(message.recipient),
        esm_class=HAS_SEGMENT_HEADER if segment else 0,
        registered_delivery=1,
        encoding=alphabet,
        optional_params=[OptionalParam(USER_MESSAGE_REFERENCE, part.reference)],
    )
    if segment:
        submit.set_encoded_message(segment)
    return submit


def _phone(number: str) -> PhoneNumber:
    kind = TON.INTERNATIONAL if number.startswith("+") else TON.UNKNOWN
    return PhoneNumber(number.removeprefix("+"), kind, NPI.ISDN)
