"""Whether what somebody answers to a text message means that he wants no more, and of what.
Pure."""

import re
import unicodedata

from callcenter.customers.consents.model import Channel

_ALONE = frozenset(
    {
        *("TD", "T", "R", "N", "0000", "TUIDING", "退订", "退", "拒收", "取消", "取消订阅", "停止"),
        *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"),
        *("回T", "回TD", "回复T", "回复TD", "回T退订", "回复TD退订", "TD退订", "T退订"),
    }
)
"""The whole message but for signs and spaces, in capitals."""
_WITHIN = re.compile(
    r"退订|拒收|取消订阅|勿打?扰"
    r"|(?:别|不要|不准|不许|停止|甭)(?:再|老是?|总是?|一直|天天)*(?:给我|向我|对我)?"
    r"(?:发|打|来电|致电|推送|骚扰|联系)"
    r"|不(?:想|愿|愿意)(?:再)?(?:收到|接到|接你?们?的?电话)|\bno more (?:calls?|texts?|messages?)\b"
    r"|\bunsubscribe\b|\bopt(?:ed)?[ -]?out\b|\bdo not (?:contact|text|call|message)\b"
    r"|\bdon'?t (?:contact|text|call|message) me\b|\bremove me\b"
    r"|^(?:please )?stop(?: it| all| now| please| messages?| (?:texting|sending|calling).*)?$",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"打(?!扰|折)|电话|来电|致电|接到|\bcall(?:s|ing|ed)?\b|\bphon(?:e|es|ing)\b", re.IGNORECASE
)
_ALL = re.compile(r"扰|联系|\bcontact(?:ing)?\b", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s']+|_")


def words_of_refusal(text: str) -> bool:
    """Whether he wants no more: "TD", "退订", "STOP", or a sentence that says so.

    In doubt it is one: whoever asks how to unsubscribe wants it. A sentence that only has such a
    word in it (stop by, cancel my appointment) is none.
    """
    plain = _plain(text)
    return plain.replace(" ", "").upper() in _ALONE or _WITHIN.search(plain) is not None


def channels_of_refusal(text: str) -> tuple[Channel, ...]:
    """What such a text silences: texts in any case, calls where he speaks of them, and all there is
    for who does not want to be disturbed."""
    plain = _plain(text)
    if _ALL.search(plain):
        return tuple(Channel)
    if _CALLS.search(plain):
        return (Channel.TEXT, Channel.CALL, Channel.AUTOMATED_CALL)
    return (Channel.TEXT,)


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", text).replace("’", "'")
    return " ".join(_SIGNS.sub(" ", narrow).split())
