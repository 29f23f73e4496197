"""An amount as people write it: 12,000, 3万公里, 30k, 1小时20分钟. What could be two numbers is
none. Pure."""

import re
from decimal import Decimal
from typing import NamedTuple

from callcenter.outbound.surveys.model import Number
from callcenter.outbound.surveys.parts import BothWords


class Amount(NamedTuple):
    """In the question's own unit, and the words behind it."""

    number: float
    words: str


MOST_DIGITS = 12
SIGNS = " ,;:.、。!"
_NUMERALS = "零〇一二两三四五六七八九十百千万亿半"
_BEFORE = re.compile(
    rf"(?:(?![负−–—{_NUMERALS}]|minus|half)[^\d+\-]){{0,12}}?(?<![.,/])(?=[+\-]?\d)", re.IGNORECASE
)
_FIGURE = re.compile(
    r"([+\-]?)(\d{1,3}([,'’ ])\d{3}(?:\3\d{3})*(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d+(?:[.,]\d+)?)(?!\d)"
)
"""Thousands by comma, apostrophe or space, or more than once by point; else one decimal sign."""
_TIMES = (
    (re.compile(r"\s?万(?![一分事])"), 10_000),
    (re.compile(r"\s?(?:千(?![米克瓦万])|k(?![a-z])|thousand\b)", re.IGNORECASE), 1_000),
    (re.compile(r"百(?![度分万])|\s?hundred\b", re.IGNORECASE), 100),
)
_MINUTES = r"(?:分钟?|minutes?|mins?|m)(?![a-z])"
_HOURS = r"(?:个?(?:小时|钟头)|hours?|hrs?|h)(?![a-z])"
_KILOMETRES = r"(?:公里|千米|kilomet(?:re|er)s?|kms?)(?![a-z])"
_FAMILIES = (_MINUTES, _HOURS, _KILOMETRES)
_SO_LONG = r"(\d{1,4}(?:\.\d{1,2})?)\s*"
_LENGTH = re.compile(
    rf"{_SO_LONG}(?:个(半)(?:小时|钟头)|{_HOURS}(?:\s*(?:and|零)?\s*{_SO_LONG}{_MINUTES}|(半))?)"
    rf"|{_SO_LONG}{_MINUTES}",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"个?(?:次|天(?!气)|年|月|日|周|星期|点(?!赞)|小时|钟头|分|刻|秒|公里|千米|里|米|块|元|角|台|辆|个"
    r"|度|升|吨|克|斤|圈|步|倍|成|%|℃)"
    r"|\b(?:times?|days?|weeks?|months?|years?|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s"
    r"|kms?|kilomet\w+|miles?|mi|met(?:re|er)s?|yuan|rmb|usd|percent|lit(?:re|er)s?|kwh"
    r"|dozen|points?)(?![a-z])",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"(?:[一每]个?|\ban? |\bper |\beach )$", re.IGNORECASE)
_POINTS = r"分(?!钟)|points?\b"
_ABOUT = r"(?:左右|上下|多|余|来|出头|以上|以内|吧|了|啊|呀|哦|呢|的?样子)*"
_ENDS = re.compile(rf"{_ABOUT}(?=$|[\s,;:.、。!?~…()])")
_UNSURE = re.compile(
    rf"\d|半|刻钟|\b(?:half|quarter|hundred|thousand|million|dozen)\b|^\W*[{_NUMERALS}]",
    re.IGNORECASE,
)
"""Behind the number: more of it, or another one."""


def amount_of(question: Number, text: str) -> Amount | None:
    """The number in `text` (NFKC) and what is said with it; None where it may be another."""
    before = _BEFORE.match(text)
    if before is None:
        return None
    at = before.end()
    return _length(question, text, at) or _counted(question, text, at)


def _counted(question: Number, text: str, at: int) -> Amount | None:
    figure = _FIGURE.match(text, at)
    number = _number(figure, question.decimals) if figure else None
    if figure is None or number is None:
        return None
    at = figure.end()
    for pattern, times in _TIMES:
        if said := pattern.match(text, at):
            number, at = number * times, said.end()
            break
    unit = _own(question).match(text, at)
    if unit is None and not _ENDS.match(text, at):
        return None
    rest = text[unit.end() if unit else at :]
    behind = re.sub(f"^{_ABOUT}", "", rest).strip(SIGNS)
    if _UNSURE.search(rest) or (unit is None and _MEASURE.match(behind)):
        return None
    return Amount(float(number), rest.strip(SIGNS))


def _length(question: Number, text: str, at: int) -> Amount | None:
    """Hours, minutes or both, of a question that asks for one of them."""
    in_minutes = _is_of(_MINUTES, question.unit)
    if not in_minutes and not _is_of(_HOURS, question.unit):
        return None
    said = _LENGTH.match(text, at)
    if said is None or _UNSURE.search(text[said.end() :]):
        return None
    hours, half, more, half_behind, alone = said.groups()
    minutes = Decimal(alone or more or 0) + Decimal(hours or 0) * 60
    minutes += 30 if half or half_behind else 0
    return Amount(float(minutes if in_minutes else minutes / 60), text[said.end() :].strip(SIGNS))


def _number(figure: re.Match[str], decimals: int) -> Decimal | None:
    sign, digits, by = figure.groups()
    if by or digits.count(".") > 1:
        if digits.startswith("0"):
            return None
        whole = digits.replace(by or ".", "")
    else:
        whole = digits.replace(",", ".")
        behind = len(whole.partition(".")[2])
        # Three behind a point are thousands to many; four behind a comma are ten thousands.
        if (behind == 3 and decimals < 3) or (behind > 3 and "," in digits):
            return None
    if sum(map(str.isdigit, whole)) > MOST_DIGITS:
        return None
    return Decimal(sign + whole)


def _own(question: Number) -> re.Pattern[str]:
    """The question's unit in any spelling; without one, points, or what its words ask for."""
    unit = question.unit
    spelt = next((one for one in _FAMILIES if _is_of(one, unit)), None)
    if spelt is None:
        named = [word for word in (unit.zh, unit.en) if word] or _asked_for(question.words)
        spelt = "|".join(rf"{re.escape(word)}(?![a-z])" for word in named)
        spelt += "" if unit.zh or unit.en else f"|{_POINTS}" if spelt else _POINTS
    return re.compile(rf"(?:多|余|来)?\s*(?:{spelt})", re.IGNORECASE)


def _asked_for(words: BothWords) -> list[str]:
    """How many times: times. Of "a week" only one is spoken of."""
    return [
        found[0]
        for text in (words.zh, words.en)
        for found in _MEASURE.finditer(text)
        if not _ONE_OF.search(text[: found.start()])
    ]


def _is_of(family: str, unit: BothWords) -> bool:
    words = (unit.zh.strip(), unit.en.strip())
    return any(re.fullmatch(family, word, re.IGNORECASE) for word in words)
