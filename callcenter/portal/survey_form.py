"""What a browser sent for one question, as an answer; what cannot be read is refused in words."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from callcenter.outbound.surveys.amounts import amount_of
from callcenter.outbound.surveys.answer import MOST_SIGNS, PASSED, Answer
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.fits import option_codes
from callcenter.outbound.surveys.fitting import refused
from callcenter.outbound.surveys.model import (
    Day,
    FreeText,
    Matrix,
    Multiple,
    Number,
    Question,
    Single,
)

PICK, ROW = "pick.", "row."
BEGINS = re.compile(r"[+-]?\d")


def answer_of_form(question: Question, form: Mapping[str, Any]) -> Answer:
    """The answer; raises AnswerRefused for what is no number, no date, no text."""
    if form["action"] == "pass":
        return PASSED
    reader: Reader = READERS.get(type(question), _scored)
    return reader(question, form)


def _scored(question: Question, form: Mapping[str, Any]) -> Answer:
    score = form["score"].strip()
    if score and not (score.isascii() and score.isdigit() and len(score) < 3):
        raise _no_number()
    return Answer(score=int(score) if score else None)


def _text(question: FreeText, form: Mapping[str, Any]) -> Answer:
    if len(form["text"]) > MOST_SIGNS:
        raise refused("文字太长,请写短一些。", "This is too long. Please shorten it.")
    return Answer(text=form["text"])


def _single(question: Single, form: Mapping[str, Any]) -> Answer:
    choice = form["choice"]
    if choice and choice not in option_codes(question):
        raise refused("请从列出的选项中选择。", "Please choose one of the options.")
    return Answer(choice=choice or None, words=_words(form))


def _multiple(question: Multiple, form: Mapping[str, Any]) -> Answer:
    picked = tuple(code for code in option_codes(question) if form.get(PICK + code))
    return Answer(choices=picked, words=_words(form))


def _matrix(question: Matrix, form: Mapping[str, Any]) -> Answer:
    codes = option_codes(question)
    sent = {row.code: form.get(ROW + row.code) for row in question.rows}
    return Answer(rows={row: str(code) for row, code in sent.items() if code in codes})


def _day(question: Day, form: Mapping[str, Any]) -> Answer:
    written = form["day"].strip()
    try:
        return Answer(day=date.fromisoformat(written) if written else None)
    except ValueError:
        raise refused(
            "请填写日期,例如 2026-05-01。", "Please give a date such as 2026-05-01."
        ) from None


def _number(question: Number, form: Mapping[str, Any]) -> Answer:
    written = unicodedata.normalize("NFKC", form["number"]).strip()
    if not written:
        return Answer()
    amount = amount_of(question, written) if BEGINS.match(written) else None
    if amount is None or amount.words:
        raise _no_number()
    return Answer(number=amount.number)


def _words(form: Mapping[str, Any]) -> str:
    """What stands in the field beside "other" counts only when that is chosen."""
    other = form["choice"] == "other" or form.get(PICK + "other")
    return str(form["words"]) if other else ""


def _no_number() -> AnswerRefused:
    return refused("请填写一个数字。", "Please give a number.")


Reader = Callable[[Any, Mapping[str, Any]], Answer]
READERS: dict[type, Reader] = {
    FreeText: _text,
    Single: _single,
    Multiple: _multiple,
    Matrix: _matrix,
    Day: _day,
    Number: _number,
}
