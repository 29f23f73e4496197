"""A survey on a telephone: what is said, which keys mean what, and the answer they make. Pure.

A matrix is asked row by row, so a question is a list of prompts and its answer a list of presses.
Keys for more than one digit end with #; where an optional question may be passed over, * does so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.filling import filled
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
from callcenter.outbound.surveys.parts import BothWords, Option

PASS = "*"
END = "#"
MOST_NUMBER_KEYS = 12
MOST_KEYED_OPTIONS = 9


@dataclass(frozen=True)
class Prompt:
    """`words` are spoken; `keys` says what each key means (empty: a number is typed). After `most`
    keys, or #, the answer is whole; fewer than `fewest` are none."""

    words: str
    keys: Mapping[str, str]
    fewest: int = 1
    most: int = 1


def asked_by_keys(question: Question) -> bool:
    """Whether keys can answer it at all; free words cannot, nor a tenth option."""
    if isinstance(question, Matrix):
        return len(question.columns) <= MOST_KEYED_OPTIONS
    if isinstance(question, Single | Multiple):
        return len(question.options) <= MOST_KEYED_OPTIONS
    return not isinstance(question, FreeText)


def prompts_of(question: Question, facts: Mapping[str, str], language: str) -> list[Prompt]:
    """What is said for this question, in order; nothing for one that keys cannot answer."""
    if not asked_by_keys(question):
        return []
    asked = filled(question.words, facts, language)
    if isinstance(question, Matrix):
        keys = keys_of(question.columns)
        menu = _menu(question.columns, keys, language)
        passing = _passing(question, language)
        rows = [filled(row.words, facts, language) for row in question.rows]
        rows[0] = _joined(asked, rows[0])
        return [Prompt(_joined(row, menu, passing), keys) for row in rows]
    return [_prompt(question, asked, language)]


def _prompt(question: Question, asked: str, language: str) -> Prompt:
    passing = _passing(question, language)
    if isinstance(question, Single | Multiple):
        keys = keys_of(question.options)
        menu = _menu(question.options, keys, language)
        if isinstance(question, Single):
            return Prompt(_joined(asked, menu, passing), keys)
        ends = _said(language, "可以多选,按井号结束。", "Press as many as apply, then pound.")
        return Prompt(_joined(asked, menu, ends, passing), keys, most=len(keys))
    if isinstance(question, Scored):
        return _scored(question, asked, passing, language)
    if isinstance(question, Day):
        how = _said(
            language,
            "请按八位年月日,例如 20260501。",
            "Please key in year, month and day as eight digits.",
        )
        return Prompt(_joined(asked, how, passing), {}, fewest=8, most=8)
    point = _said(language, "小数点按星号,", "Star is the decimal point. ")
    ends = _said(language, "按井号结束。", "End with pound.")
    has_point = isinstance(question, Number) and question.decimals > 0
    return Prompt(
        _joined(asked, (point if has_point else "") + ends, passing if not has_point else ""),
        {},
        most=MOST_NUMBER_KEYS,
    )


def _passing(question: Question, language: str) -> str:
    return "" if question.required else _said(language, "不想回答请按星号。", "To skip press star.")


def _scored(question: Scored, asked: str, passing: str, language: str) -> Prompt:
    low, high = bounds(question)
    how = _said(language, f"请按 {low} 到 {high} 打分", f"Press a number from {low} to {high}")
    two = _said(language, ",按井号结束", ", then pound") if high > 9 else ""
    ends = [
        _said(language, f"{score} 表示{words.zh}", f"{score} means {words.en}")
        for score, words in ((low, question.low_words), (high, question.high_words))
        if words.of(language)
    ]
    stop = _said(language, "。", ". ")
    said = _said(language, ",", ", ").join([how + two, *ends]) + stop.strip()
    keys = {str(score): str(score) for score in range(low, high + 1)}
    return Prompt(_joined(asked, said, passing), keys, most=len(str(high)))


def keys_of(options: Sequence[Option]) -> dict[str, str]:
    """Key -> option; one without a key of its own has that of its place."""
    own = {option.key for option in options if option.key}
    free = (str(n) for n in range(1, 10) if str(n) not in own)
    keyed = ((option.key or next(free, ""), option.code) for option in options)
    return {key: code for key, code in keyed if key}


def _menu(options: Sequence[Option], keys: Mapping[str, str], language: str) -> str:
    texts = {option.code: option.words for option in options}
    none = BothWords()
    said = [
        _said(
            language,
            f"{texts.get(code, none).zh}请按 {key}",
            f"For {texts.get(code, none).en} press {key}",
        )
        for key, code in keys.items()
    ]
    return ";".join(said) + "。" if language == "zh" else "; ".join(said) + "."


def answer_of_keys(question: Question, presses: Sequence[str]) -> Answer:
    """The answer out of what was pressed at each prompt; raises AnswerRefused in words that can be
    spoken. Of an optional matrix each row may be passed over; with none left it is passed over."""
    if isinstance(question, Matrix):
        keys = keys_of(question.columns)
        pairs = zip(question.rows, presses, strict=False)
        rows = {
            row.code: _meant(keys, press)
            for row, press in pairs
            if question.required or press != PASS
        }
        return fitting(question, Answer(rows=rows))
    if PASS in presses and not question.required:
        return PASSED
    return fitting(question, _of_one(question, presses[0].rstrip(END) if presses else ""))


def _of_one(question: Question, press: str) -> Answer:
    if isinstance(question, Single):
        return Answer(choice=_meant(keys_of(question.options), press))
    if isinstance(question, Multiple):
        keys = keys_of(question.options)
        return Answer(choices=tuple(_meant(keys, key) for key in press))
    if isinstance(question, Day):
        return Answer(day=_day(press))
    if isinstance(question, Number):
        if not re.fullmatch(r"\d+(\*\d+)?", press):
            raise _wrong()
        return Answer(number=float(press.replace(PASS, ".")))
    if not re.fullmatch(r"\d{1,2}", press):
        raise _wrong()
    return Answer(score=int(press))


def _day(press: str) -> date:
    try:
        return date.fromisoformat(press if re.fullmatch(r"\d{8}", press) else "")
    except ValueError:
        raise _wrong() from None


def _meant(keys: Mapping[str, str], press: str) -> str:
    if press not in keys:
        raise _wrong()
    return keys[press]


def _wrong() -> AnswerRefused:
    return refused("没有这个按键。", "This key means nothing here.")


def _said(language: str, zh: str, en: str) -> str:
    return en if language == "en" else zh


def _joined(*texts: str) -> str:
    return " ".join(text for text in texts if text)
