"""Whether a survey goes on from the editions that were published before. Pure.

Answers of all editions are counted by code. A code that has asked something else, or an option that
has said something else, would turn the answers there are into answers to what was never asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from callcenter.outbound.surveys.faults import Fault, SurveyFault
from callcenter.outbound.surveys.model import (
    Matrix,
    Multiple,
    Number,
    Question,
    Scored,
    Single,
    Survey,
    bounds,
)
from callcenter.outbound.surveys.parts import BothWords, Option

F = SurveyFault
Editions = Mapping[int, Survey]
"""What was published, by its number."""


@dataclass(frozen=True)
class UsedCodes:
    """Codes that published editions have used: of questions, each with those of its options, rows
    and columns; and of quotas."""

    questions: Mapping[str, list[str]]
    quotas: list[str]


def used_codes(published: Iterable[Survey]) -> UsedCodes:
    """None of them is given to something new."""
    questions: dict[str, set[str]] = {}
    quotas: set[str] = set()
    for survey in published:
        quotas |= {quota.code for quota in survey.quotas}
        for question in survey.questions:
            options = (one.code for part in options_of(question).values() for one in part)
            questions.setdefault(question.code, set()).update(options)
    return UsedCodes({code: sorted(used) for code, used in questions.items()}, sorted(quotas))


def options_of(question: Question) -> dict[str, tuple[Option, ...]]:
    """What can be chosen, by the part of the question that it stands in."""
    if isinstance(question, Single | Multiple):
        return {"options": question.options}
    if isinstance(question, Matrix):
        return {"rows": question.rows, "columns": question.columns}
    return {}


def of_earlier(survey: Survey, published: Editions) -> Iterator[Fault]:
    """A fault for each question whose code has asked for something else, and for each option whose
    code has said something else. New words for the same question are none."""
    for question in survey.questions:
        asked = {
            number: edition.by_code[question.code]
            for number, edition in published.items()
            if question.code in edition.by_code
        }
        others = {n: old for n, old in asked.items() if _asks_another(old, question)}
        if others:
            number, old = next(iter(others.items()))
            yield _fault(F.WAS_ANOTHER_QUESTION, question.code, number, old.words)
        else:
            yield from _of_options(question, asked)


def _of_options(question: Question, asked: Mapping[int, Question]) -> Iterator[Fault]:
    for part, options in options_of(question).items():
        for option in options:
            for number, old in asked.items():
                said = {one.code: one.words for one in options_of(old)[part]}.get(option.code)
                if said and _says_another(said, option.words):
                    name = option.code
                    yield _fault(F.OPTION_WAS_ANOTHER, question.code, number, said, name=name)
                    break


def _asks_another(old: Question, new: Question) -> bool:
    """Another type, another scale, one turned round, or another unit."""
    if type(old) is not type(new):
        return True
    if isinstance(old, Scored) and isinstance(new, Scored):
        return bounds(old) != bounds(new) or _is_turned(old, new)
    if isinstance(old, Number) and isinstance(new, Number):
        return _says_another(old.unit, new.unit)
    return False


def _is_turned(old: Scored, new: Scored) -> bool:
    """What the lowest score meant is what the highest means now, in one language or both."""
    for language in ("zh", "en"):
        low, high = _plain(old.low_words.of(language)), _plain(old.high_words.of(language))
        ends = _plain(new.low_words.of(language)), _plain(new.high_words.of(language))
        if low != high and ends == (high, low):
            return True
    return False


def _says_another(old: BothWords, new: BothWords) -> bool:
    """In neither language what it was: a better word in one of them is no other option. What had
    no words yet may get some."""
    was, now = [[_plain(words.of(one)) for one in ("zh", "en")] for words in (old, new)]
    return any(was) and all(before != after for before, after in zip(was, now, strict=True))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _fault(code: SurveyFault, at: str, edition: int, was: BothWords, **about: str) -> Fault:
    said = {"edition": str(edition), "was_zh": was.zh, "was_en": was.en}
    return Fault(code, at, said | about)
