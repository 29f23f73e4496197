"""A survey by text message: the question as a message, and a reply such as "8" or "1 太慢了" as an
answer. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from callcenter.outbound.surveys.amounts import amount_of
from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.filling import filled
from callcenter.outbound.surveys.fits import option_codes
from callcenter.outbound.surveys.fitting import fitting, refused
from callcenter.outbound.surveys.model import (
    Day,
    FreeText,
    Matrix,
    Multiple,
    Number,
    Question,
    Scored,
    Single,
    bounds,
)
from callcenter.outbound.surveys.parts import OTHER

PASSES = frozenset({"跳过", "pass", "skip", "-"})
NUMBERS = re.compile(r"\d+")
SCORE = r"([+-]?\d+(?:[.]\d+)?)"
POINTS = r"\s*(?:分(?!钟)|points?)"
SIGNS = r"[\s,;:.、。!]*"
BEGUN = (
    r"(?:我|给|打|评|选择?|回复?|答案?|是|个|第|[iI]|say|my|the|answer|score|rate|it|is|a"
    r"|[^\w+\-]|_)*"
)
"""What may stand before a number that is an answer."""
NUMBER_FIRST = re.compile(rf"{BEGUN}{SCORE}(?:{POINTS})?{SIGNS}(.*)", re.S)
NUMBER_LAST = re.compile(
    rf"[^\d\-+]{{0,12}}?(?:(?<=[\s,;:。!]){SCORE}|{SCORE}(?={POINTS}))(?:{POINTS})?{SIGNS}()", re.S
)
"""A few words, and then nothing but the number, or so many points."""
MEASURE = re.compile(
    r"\d{3}(?!\d)|万(?![分一])|千(?!万)|k\b"
    r"|个?(?:多|半)?\s*(?:次|天(?!气)|年|个?月|日|周|星期|点(?!赞)|个?小时|分钟|公里|块|台|辆)"
    r"|(?:times?|days?|weeks?|months?|years?|hours?|minutes?|km)\b",
    re.IGNORECASE,
)
"""Behind a number it makes a length, a count or thousands of it: words about something, and no
answer."""
DATE = re.compile(r"(\d{4})\s*[-年/.]?\s*(\d{1,2})\s*[-月/.]?\s*(\d{1,2})\s*日?")


def message_of(question: Question, facts: Mapping[str, str], language: str) -> str:
    """The question as one text message with what to reply; empty for one that must be seen."""
    if isinstance(question, Matrix):
        return ""
    asked = filled(question.words, facts, language)
    return " ".join(part for part in (asked, _how(question, language)) if part)


def _how(question: Question, language: str) -> str:
    zh = language == "zh"
    if isinstance(question, Scored):
        low, high = bounds(question)
        return (
            f"请回复 {low} 到 {high} 的数字。"
            if zh
            else f"Reply with a number from {low} to {high}."
        )
    if isinstance(question, Single | Multiple):
        texts = {option.code: option.words.of(language) for option in question.options}
        if question.other:
            texts[OTHER] = question.other.of(language)
        menu = " ".join(f"{n}={texts[c]}" for n, c in enumerate(option_codes(question), start=1))
        if isinstance(question, Single):
            return f"请回复数字:{menu}" if zh else f"Reply with the number: {menu}"
        return f"可多选,请回复数字:{menu}" if zh else f"Reply with all numbers that apply: {menu}"
    if isinstance(question, Day):
        return "请回复日期,如 2026-05-01。" if zh else "Reply with a date such as 2026-05-01."
    return ""


def answer_of_text(question: Question, body: str) -> Answer:
    """The answer in a reply; what stands behind a number is kept as its words. Raises AnswerRefused
    with what to write instead."""
    text = _plain(body)
    if text.lower() in PASSES and not question.required:
        return PASSED
    return fitting(question, _read(question, text))


def is_tried(body: str) -> bool:
    """Whether somebody meant to answer with a number, though it may be none of the question's."""
    return _plain(body)[:1].isdigit()


def _plain(body: str) -> str:
    """Full-width digits and signs as their narrow ones (Unicode NFKC), outer spaces off."""
    return unicodedata.normalize("NFKC", body).strip().strip("\"'“”")


def _read(question: Question, text: str) -> Answer:
    if isinstance(question, FreeText):
        return Answer(text=text)
    if isinstance(question, Day):
        return Answer(day=_day(text))
    if isinstance(question, Number):
        return _amount(question, text)
    if isinstance(question, Multiple):
        return _choices(question, text)
    if isinstance(question, Single) and (named := _named(question, text)):
        return Answer(choice=named)
    return _number_first(question, text)


def _number_first(question: Question, text: str) -> Answer:
    match = next(
        (found for form in (NUMBER_FIRST, NUMBER_LAST) if (found := form.fullmatch(text))), None
    )
    if match is None or isinstance(question, Matrix):
        raise unreadable()
    figures, words = (part for part in match.groups() if part is not None)
    number, words = float(figures), words.strip()
    if MEASURE.match(words):
        raise unreadable()
    if number != int(number) or not 0 <= number <= 100:
        raise unreadable()
    if isinstance(question, Single):
        return Answer(choice=_nth(question, int(number)), words=words)
    return Answer(score=int(number), words=words)


def _amount(question: Number, text: str) -> Answer:
    amount = amount_of(question, text)
    if amount is None:
        raise unreadable()
    return Answer(number=amount.number, words=amount.words)


def _named(question: Single, text: str) -> str | None:
    """The option that is written out."""
    for option in question.options:
        if text.casefold() in (option.words.zh.casefold(), option.words.en.casefold()):
            return option.code
    return None


def _nth(question: Single | Multiple, number: int) -> str:
    codes = option_codes(question)
    if not 1 <= number <= len(codes):
        raise unreadable()
    return codes[number - 1]


def _choices(question: Multiple, text: str) -> Answer:
    """ "1 3", "1、3" or, with fewer than ten options, "13"; then words."""
    few = len(option_codes(question)) < 10
    head = re.match(r"[\d\s,;、.和and]*", text)
    figures = NUMBERS.findall(head[0] if head else "")
    numbers = [int(n) for figure in figures for n in (figure if few else [figure])]
    if not numbers:
        raise unreadable()
    words = text[head.end() :].strip() if head else ""
    if MEASURE.match(words):
        raise unreadable()
    return Answer(choices=tuple(dict.fromkeys(_nth(question, n) for n in numbers)), words=words)


def _day(text: str) -> date:
    match = DATE.search(text)
    try:
        year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise unreadable() from None


def unreadable() -> AnswerRefused:
    """In words that can be sent back."""
    return refused(
        "没有看懂您的回复,请回复题目里的数字。",
        "We could not read your reply. Please reply with a number.",
    )
