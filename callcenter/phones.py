"""Telephone numbers: however people write them, E.164 inside; masked for who need not see them."""

import functools
import re

import phonenumbers

from callcenter.errors import CallCenterError

HOME = "CN"
SERVICE = ("400", "800")
_WIDE = {ord("0") + 0xFEE0 + i: ord("0") + i for i in range(10)}
_WIDE |= {0xFF0B: ord("+"), 0xFF0D: ord("-"), 0x3000: ord(" "), 0xFF08: ord("("), 0xFF09: ord(")")}


class BadPhone(CallCenterError):
    """This is no telephone number."""

    code = "phone_unreadable"
    status = 422
    message_zh = "电话号码看不懂。例:138 1234 5678、024-8888 1234、400-800-8888、+852 2345 6789。"
    message_en = "The phone number cannot be read. Example: 138 1234 5678, 024-8888 1234, +44 ..."


def e164(text: str) -> str:
    """E.164 of a number as people write it: spaces, dashes, slashes, full-width digits, area
    codes, 400 and 800 numbers; without a country it is Chinese. Raises BadPhone."""
    plain = text.translate(_WIDE).replace("/", " ").strip()
    if found := _home_mobile().fullmatch(plain):
        return f"+86{found[1]}"
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    try:
        number = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise BadPhone
    if not phonenumbers.is_valid_number(number) and not _is_service(number):
        raise BadPhone
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def e164_or_none(text: str | None) -> str | None:
    """What a carrier sends may be withheld or nonsense: then the call has no number."""
    try:
        return e164(text) if text else None
    except BadPhone:
        return None


def masked(number: str) -> str:
    """138****5678: enough to recognise, too little to call."""
    local = number.removeprefix("+86")
    if len(local) < 7:
        return "****"
    return f"{local[:3]}****{local[-4:]}"


def _is_service(number: phonenumbers.PhoneNumber) -> bool:
    national = str(number.national_number)
    return number.country_code == 86 and len(national) == 10 and national.startswith(SERVICE)


@functools.cache
def _home_mobile() -> re.Pattern[str]:
    # Most callers have a Chinese mobile: the library's own pattern says so in a tenth of its time.
    rules = phonenumbers.PhoneMetadata.metadata_for_region(HOME)
    assert rules is not None
    assert rules.mobile is not None
    return re.compile(rf"(?:\+86)?({rules.mobile.national_number_pattern})")
