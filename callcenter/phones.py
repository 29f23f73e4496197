"""Telephone numbers: however people write them, one form inside; masked for who need not see them.

The form is E.164, `+8613800138000`. Two kinds of number have none and keep what finds them:

- behind a switchboard: the extension follows as RFC 3966 has it, `+862488881234;ext=801`. A
  caller's display never shows it, so owners are looked up by the line alone (`line_of`);
- China's short service numbers, which no other country can dial: the bare digits, `12122`.
"""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers

from callcenter.errors import CallCenterError

HOME = "CN"
EXTENSION = ";ext="
KEPT_OF_A_CARRIER = 200
"""Characters of what a carrier says that are kept, when it is more or other than a number."""

_ABROAD = r"(?:\+86|0086|86)?"
# Any eleven digits of this shape: new prefixes are given out before a library knows them.
_MOBILE = re.compile(rf"{_ABROAD}0?(1[3-9]\d{{9}})")
_SHORT = re.compile(rf"{_ABROAD}(1(?:1\d|2[0-2])|1[0-2]\d{{3,4}}|9[56]\d{{3,6}})")
# A short number of another town is dialled with its area code: 024-12345.
_HOTLINE = re.compile(r"\+86(?:[48]00\d{7}|(?:10|2\d|[3-9]\d\d)?(?:1[0-2]\d{3}|9[56]\d{3,6}))")
_EXTENSION = re.compile(
    r"(?P<line>.*\d\)?)\s*(?:;ext=|ext\.?|x|#|转|轉|分机)[\s:.]*(?P<extension>\d{1,6})",
    re.IGNORECASE,
)
# A dash may begin an extension only behind a whole landline: 024-8888-1234 has none.
_DASHED = re.compile(
    rf"(?P<line>\(?{_ABROAD}[\s-]?\(?0?[1-9]\d{{1,2}}\)?[\s-]?\d{{3,4}}[\s-]?\d{{4}})"
    r"\s*-\s*(?P<extension>\d{1,6})"
)
_URI = re.compile(r"(?:.*<)?\s*(?:sips?|tel):(?P<user>[^@;>]+).*", re.IGNORECASE | re.DOTALL)
_FILLING = re.compile(r"[\s().-]")
_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc]")
_LONG_RUN = re.compile(r"\d(?:[\s().-]?\d){6,}")


class BadPhone(CallCenterError):
    """This is no telephone number."""

    code = "phone_unreadable"
    status = 422
    message_zh = "电话号码看不懂。例:138 1234 5678、024-8888 1234、400-800-8888、+852 2345 6789。"
    message_en = "The phone number cannot be read. Example: 138 1234 5678, 024-8888 1234, +44 ..."


class Caller(NamedTuple):
    """Who a carrier says is calling: the number, and its words where they say more or other."""

    number: str | None
    words: str | None


def e164(text: str) -> str:
    """The one form of a number as people write it; without a country it is Chinese.

    Spaces, dashes, dots, slashes, parentheses, full-width signs, +86 / 0086 / 86, area codes, 400
    and 800 numbers, extensions (`-801`, `转801`, `ext 801`) and short service numbers are read.
    Raises BadPhone.
    """
    plain = _plain(text)
    bare = _FILLING.sub("", plain)
    if mobile := _MOBILE.fullmatch(bare):
        return f"+86{mobile[1]}"
    if short := _SHORT.fullmatch(bare):
        return short[1]
    if found := _EXTENSION.fullmatch(plain) or _DASHED.fullmatch(plain):
        return f"{e164(found['line'])}{EXTENSION}{found['extension']}"
    return _parsed(f"+{plain[2:]}" if plain.startswith("00") else plain)


def caller_of(text: str | None) -> Caller:
    """What a carrier sends: a number, a SIP or tel address, `anonymous`, nothing, nonsense."""
    if not text or not text.strip():
        return Caller(None, None)
    address = _URI.fullmatch(text)
    user = address["user"] if address else text
    try:
        return Caller(e164(user), None)
    except BadPhone:
        return Caller(None, text.strip()[:KEPT_OF_A_CARRIER])


def line_of(number: str) -> str:
    """The number without its extension: what a caller's display shows."""
    return number.partition(EXTENSION)[0]


def extension_of(number: str) -> str:
    """The extension behind a switchboard, or nothing."""
    return number.partition(EXTENSION)[2]


def is_anybodys(number: str) -> bool:
    """A hotline or short service number: who calls from it is not known by it."""
    return not number.startswith("+") or _HOTLINE.fullmatch(number) is not None


def takes_texts(number: str) -> bool:
    """Whether a text message to this number can be read: a mobile's, here or abroad."""
    if not number.startswith("+") or extension_of(number):
        return False
    if _MOBILE.fullmatch(number):
        return True
    kind = phonenumbers.number_type(phonenumbers.parse(number))
    mobile = phonenumbers.PhoneNumberType
    return bool(kind in (mobile.MOBILE, mobile.FIXED_LINE_OR_MOBILE))


def masked(number: str) -> str:
    """138****5678: enough to recognise, too little to call. A short service number is nobody's."""
    if _SHORT.fullmatch(number):
        return number
    local = line_of(number).removeprefix("+86")
    if len(local.lstrip("+")) < 7:
        return "****"
    extension = extension_of(number)
    return f"{local[:3]}****{local[-4:]}" + (f"-{extension}" if extension else "")


def masked_words(words: str) -> str:
    """A carrier's words with what may be a number masked in them."""
    return _LONG_RUN.sub(lambda run: f"{run[0][:3]}****", words)


def _plain(text: str) -> str:
    """Full-width signs made narrow, every dash a dash, marks of the writing direction left out."""
    if text.isascii():
        return text.replace("/", " ").strip()
    narrow = unicodedata.normalize("NFKC", _DASHES.sub("-", text))
    shown = "".join(sign for sign in narrow if unicodedata.category(sign) != "Cf")
    return shown.replace("/", " ").strip()


def _parsed(plain: str) -> str:
    try:
        number = phonenumbers.parse(plain, HOME)
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    if not phonenumbers.is_possible_number(number) or number.extension:
        raise BadPhone
    written = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if not phonenumbers.is_valid_number(number) and not _HOTLINE.fullmatch(written):
        raise BadPhone
    return written
