"""Whether what somebody answers to a text message means that he wants no more, and of what.
Pure."""

import re
import unicodedata
from enum import StrEnum

from callcenter.customers.consents.model import Channel
from callcenter.customers.consents.trouble import speaks_of_trouble


class Refusal(StrEnum):
    """How surely a text is one. `word`: a word alone that means nothing else; `likely`: a sentence,
    or a word that may be about something else, so that a person reads it, too."""

    WORD = "word"
    LIKELY = "likely"


_ALONE = frozenset(
    {
        *("TD", "T", "R", "0000", "TUIDING", "退订", "退", "拒收", "取消订阅", "停止"),
        *("STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "OPTOUT", "REVOKE"),
        *("回T", "回TD", "回复T", "回复TD", "回T退订", "回复TD退订", "TD退订", "T退订"),
    }
)
"""The whole message but for signs and spaces, in capitals."""
_ALONE_MAYBE = frozenset({"取消", "CANCEL", "N"})
"""As above; but an appointment may be meant, or the answer to a question."""
_ENDS = r"(?=$|\s|了|啦|吧|呀|啊)"
_WHAT_COMES = (
    r"(?:短信|信息|消息|微信|彩信|邮件|广告|垃圾|推销|推送|促销|营销|骚扰|通知|优惠|活动|问卷|调查"
    r"|东西)"
)
_NOT = (
    # "Whether to", "not yet": nobody refuses by them. Behind other signs 别 ends a word.
    r"(?:(?:(?<![特分区个级性差识告辨鉴离送甄派类国职拜永阔久惜道话作临有])|(?<=[这那]个))别"
    r"|(?<!要)不要|不准|不许|停止|甭)"
    r"(?<!先别)(?<!先不要)(?<!现在别)(?<!现在不要)(?<!暂时别)(?<!暂时不要)"
    r"(?:再|老是?|总是?|一直|天天)*(?:给我们?|向我们?|对我们?|跟我们?|往我这里?)?(?:再|老是?|总是?)*"
)
_SEND = (
    r"发送?(?:给我们?)?(?:(?:这|那|此|任何|那么多|这么多|什么)(?:些|种|类|样)?)?(?:\S{0,4}的)?"
    rf"(?:{_WHAT_COMES}|来|{_ENDS}|我(?:短信|消息|{_ENDS}))"
)
_RING = rf"打(?:骚扰|推销|这种|这些)?(?:电话|过来|来|{_ENDS}|给我|我(?:的?电话|手机|{_ENDS}))"
_DISTURB = rf"(?:打扰|骚扰|联系(?:我|本人|{_ENDS}))"
_OTHER = r"(?:来电|致电|推送|推销)"
_WANTED = rf"(?:你们|贵|这|此|任何|类似|{_WHAT_COMES}|电话|来电|{_ENDS})"
_NEVER_AGAIN_ZH = re.compile(
    r"(?<!不)(?<!不要)(?<!别)(?<!不想)(?<!不会)(?<!没)(?<!没有)"
    r"退订(?!金|单|车|货|购|房|票|机|酒店|座|餐|保养|套餐|保险|会员|服务费)"
    rf"|(?:^|\s|我要?|请|全部)拒收(?=$|\s|{_WHAT_COMES}|你们|此|这)|取消订阅|别烦我"
    r"|(?<!开)(?<!启)(?<!启用)(?<!开了)(?<!启用了)勿打?扰(?!模式)"
    rf"|{_NOT}(?:{_SEND}|{_RING}|{_DISTURB}|{_OTHER})"
    rf"|(?:不用|不必|不需要)(?:再|给我们?)*发送?(?:给我们?)?{_WHAT_COMES}"
    rf"|拒绝(?:再)?(?:接收|收到?)?(?:任何|一切|此类|这类)?{_WHAT_COMES}"
    rf"|不(?:想|愿|愿意)(?:再)?(?:收到{_WANTED}|接到{_WANTED}|接你?们?的?电话)"
)
_NO_LIMIT = (
    r"(?! (?:before|until|till|after|at|between|while|today|tonight|yet|right now|now|"
    r"in the (?:morning|evening)))"
)
_SENDING = r"(?:texting|calling|messaging|phoning|contacting|e ?mailing|spamming|bothering)"
_NEVER_AGAIN_EN = re.compile(
    r"(?<!got )(?<!had )(?<!have )(?<!heard )(?<!received )(?<!get )(?<!were )"
    r"\bno more (?:calls?|texts?|messages?)\b"
    r"|^no (?:more )?(?:calls?|texts?|messages?|e ?mails?)(?: please)?$"
    r"|^leave me alone(?: please)?$"
    r"|\b(?:do not|don't) (?:send me|want|wish to (?:get|receive)) (?:any|these|your|more)\b.*"
    r"\b(?:calls?|texts?|messages?|e ?mails?)\b"
    r"|\b(?:do not|don't) send (?:me |us )?(?:any |more |these |your )*"
    r"(?:texts|messages|sms|e ?mails)\b|\btake me off (?:your|the|this) \w* ?list\b"
    r"|(?<!not )(?<!n't )(?<!never )\b(?:unsubscribe|opt(?:ed)?[ -]?out)\b"
    r"|\b(?:do not|don't|never) (?:ever )?(?:contact|text|call|message) "
    rf"(?:me|us|this number)\b{_NO_LIMIT}"
    r"|\bdo not (?:contact|text|call|message)(?: again| anymore| any more)?$"
    r"|\bremove me(?: from (?:your|the|this|all) \w*(?: ?list| ?database)s?\b|(?: please)?$)"
    rf"|(?<!not )(?<!n't )(?<!never )\b(?:stop|quit) {_SENDING}(?: (?:and|or) {_SENDING})?"
    r" (?:me|us|this number)\b"
    r"|^(?:please )?stop(?: it| all| now| please| messages?| all messages?"
    rf"| {_SENDING}(?: (?:and|or) {_SENDING})?(?: please)?"
    r"| sending (?:me|us|texts?|messages?|these|this|any|more|sms|spam|ads|e ?mails?)\b.*)?$",
    re.IGNORECASE,
)
_CALLS = re.compile(
    rf"{_RING}|电话|来电|致电|接到|\bcall(?:s|ing|ed)?\b|\bphon(?:e|es|ing)\b", re.IGNORECASE
)
_ALL = re.compile(
    rf"勿打?扰|{_NOT}(?:打扰|骚扰(?!{_WHAT_COMES}|电话)|联系)"
    r"|\b(?:not|n't|never|stop) (?:ever )?(?:contact(?:ing)?|bothering)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[^\w\s']+|_")


def refusal_in(text: str) -> Refusal | None:
    """Whether he wants no more: "TD", "退订", "STOP", or a sentence that says so.

    In doubt a sentence is one: whoever asks how to unsubscribe wants it. One that only has such a
    word in it (stop by, cancel my appointment) is none, and none is one that speaks of a breakdown.
    """
    plain = _plain(text)
    whole = plain.replace(" ", "").upper()
    if whole in _ALONE:
        return Refusal.WORD
    if speaks_of_trouble(text):
        return None
    return Refusal.LIKELY if whole in _ALONE_MAYBE or _says_so(plain) else None


def speaks_of_both(text: str) -> bool:
    """A sentence that would be a refusal if it did not speak of a breakdown: whatever was asked,
    only a person can tell."""
    return speaks_of_trouble(text) and _says_so(_plain(text))


def _says_so(plain: str) -> bool:
    return bool(_NEVER_AGAIN_ZH.search(plain) or _NEVER_AGAIN_EN.search(plain))


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
