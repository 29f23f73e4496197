"""Whether an answer fits its question: refused with what to do, in both languages. Pure."""

from collections.abc import Callable
from datetime import date
from typing import Any

from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.errors import AnswerRefused
from callcenter.outbound.surveys.fits import option_codes
from callcenter.outbound.surveys.model import (
    Ces,
    Csat,
    Day,
    FreeText,
    Matrix,
    Multiple,
    Nps,
    Number,
    Question,
    Scale,
    Scored,
    Single,
    bounds,
)
from callcenter.outbound.surveys.parts import OTHER

FIELDS: dict[type[Any], str] = {
    Single: "choice",
    Multiple: "choices",
    Scale: "score",
    Nps: "score",
    Csat: "score",
    Ces: "score",
    FreeText: "text",
    Number: "number",
    Day: "day",
    Matrix: "rows",
}


def fitting(question: Question, answer: Answer) -> Answer:
    """The answer as it is kept; raises AnswerRefused."""
    if answer.passed or _is_empty(question, answer):
        if question.required:
            raise refused("请先回答这一题。", "Please answer this question first.")
        return Answer(passed=True)
    own = FIELDS[type(question)]
    value = getattr(answer, own)
    if value is None:
        raise refused("答案的形式不适合这一题。", "This is no answer to this question.")
    return Answer(**{own: CHECKS[own](question, value, answer), "words": answer.words.strip()})


def refused(why_zh: str, why_en: str) -> AnswerRefused:
    """In both languages."""
    return AnswerRefused(why_zh=why_zh, why_en=why_en)


def _is_empty(question: Question, answer: Answer) -> bool:
    if isinstance(question, FreeText):
        return answer.text is not None and not answer.text.strip()
    given = answer.model_dump(exclude_defaults=True, exclude={"words"})
    return not any(value not in (None, (), {}) for value in given.values())


def _choice(question: Question, choice: str, answer: Answer) -> str:
    if choice not in option_codes(question):
        raise refused("请从列出的选项中选择。", "Please choose one of the options.")
    _check_other({choice}, answer)
    return choice


def _choices(question: Question, choices: tuple[str, ...], answer: Answer) -> tuple[str, ...]:
    assert isinstance(question, Multiple)
    codes = option_codes(question)
    if not {*choices} <= {*codes}:
        raise refused("请从列出的选项中选择。", "Please choose among the options.")
    chosen = tuple(code for code in codes if code in choices)
    most = question.at_most or len(codes)
    if not question.at_least <= len(chosen) <= most:
        fewest = question.at_least
        raise refused(
            f"请选择 {fewest} 到 {most} 项。", f"Please choose between {fewest} and {most}."
        )
    _check_other({*chosen}, answer)
    return chosen


def _check_other(chosen: set[str], answer: Answer) -> None:
    if OTHER in chosen and not answer.words.strip():
        raise refused("选择“其他”时请写几个字。", 'Please fill in what "other" is.')


def _score(question: Question, score: int, answer: Answer) -> int:
    assert isinstance(question, Scored)
    low, high = bounds(question)
    if not low <= score <= high:
        raise refused(
            f"请给出 {low} 到 {high} 之间的分数。", f"Please give a score from {low} to {high}."
        )
    return score


def _number(question: Question, number: float, answer: Answer) -> float:
    assert isinstance(question, Number)
    low, high = question.low, question.high
    if (low is not None and number < low) or (high is not None and number > high):
        raise refused(
            f"数字应{_span_zh(low, high)}。", f"The number must be {_span_en(low, high)}."
        )
    if round(number, question.decimals) != number:
        n = question.decimals
        raise refused(
            f"最多 {n} 位小数。" if n else "请填写整数。",
            f"No more than {n} decimals, please." if n else "A whole number, please.",
        )
    return number


def _span_zh(low: object, high: object) -> str:
    if low is None:
        return f"不超过 {_plain(high)}"
    return f"不少于 {_plain(low)}" if high is None else f"在 {_plain(low)} 到 {_plain(high)} 之间"


def _span_en(low: object, high: object) -> str:
    if low is None:
        return f"at most {_plain(high)}"
    return f"at least {_plain(low)}" if high is None else f"from {_plain(low)} to {_plain(high)}"


def _plain(bound: object) -> str:
    return f"{bound:g}" if isinstance(bound, float) else str(bound)


def _day(question: Question, day: date, answer: Answer) -> date:
    assert isinstance(question, Day)
    first, last = question.not_before, question.not_after
    if (first and day < first) or (last and day > last):
        raise refused(
            f"日期应{_span_zh(first, last)}。", f"The date must be {_span_en(first, last)}."
        )
    return day


def _text(question: Question, text: str, answer: Answer) -> str:
    assert isinstance(question, FreeText)
    most = question.max_length
    if len(text.strip()) > most:
        raise refused(f"最多 {most} 个字。", f"No more than {most} characters, please.")
    return text.strip()


def _rows(question: Question, rows: dict[str, str], answer: Answer) -> dict[str, str]:
    assert isinstance(question, Matrix)
    wanted = [row.code for row in question.rows]
    if not {*rows} <= {*wanted} or not {*rows.values()} <= {*option_codes(question)}:
        raise refused("请从列出的选项中选择。", "Please choose among the options.")
    if question.required and {*rows} != {*wanted}:
        raise refused("请每一行都选一项。", "Please choose one in each row.")
    return {code: rows[code] for code in wanted if code in rows}


CHECKS: dict[str, Callable[[Any, Any, Answer], Any]] = {
    "choice": _choice,
    "choices": _choices,
    "score": _score,
    "number": _number,
    "day": _day,
    "text": _text,
    "rows": _rows,
}
