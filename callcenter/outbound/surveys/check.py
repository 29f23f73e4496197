"""Whether a survey fits together: everything that is wrong with it, each with where it is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from callcenter.outbound.surveys import ways
from callcenter.outbound.surveys.earlier import Editions, of_earlier
from callcenter.outbound.surveys.errors import SurveyRefused
from callcenter.outbound.surveys.faults import Fault, SurveyFault
from callcenter.outbound.surveys.fits import of_condition
from callcenter.outbound.surveys.model import (
    Day,
    GoTo,
    Matrix,
    Multiple,
    Number,
    Question,
    Scale,
    Scored,
    Single,
    Survey,
    bounds,
)
from callcenter.outbound.surveys.parts import OTHER, BothWords, Option

F = SurveyFault
NEVER: Editions = {}
FACTS = ("owner", "car", "plate", "ticket")
PLACE_HOLDER = re.compile(r"\{([^}]*)\}?|(\})")


def checked(survey: Survey, published: Editions = NEVER) -> Survey:
    """The survey as it is; raises SurveyRefused with each fault."""
    if found := faults(survey, published):
        raise SurveyRefused(found)
    return survey


def faults(survey: Survey, published: Editions = NEVER) -> list[Fault]:
    """All that is wrong, in the order of the questions; one without any may be published.
    `published`: the editions that there are, from which it must go on."""
    if not survey.questions:
        return [Fault(F.NO_QUESTIONS, "survey"), *_of_words("survey", "title", survey.title)]
    found = [*_of_words("survey", "title", survey.title), *_of_codes(survey)]
    for name in ("intro", "thanks", "screened_out", "over_quota"):
        found += _of_facts("survey", getattr(survey, name))
    for question in survey.questions:
        found += [*_of_texts(question), *_of_itself(question), *_of_targets(survey, question)]
    if not any(fault.code in (F.QUESTION_UNKNOWN, F.CODE_TWICE) for fault in found):
        found += [*_of_conditions(survey), *_of_ways(survey)]
    found += of_earlier(survey, published)
    order = {question.code: number for number, question in enumerate(survey.questions)}
    return sorted(found, key=lambda fault: order.get(fault.at, -1))


def _of_codes(survey: Survey) -> Iterator[Fault]:
    codes = [question.code for question in survey.questions]
    for name, n in [*Counter(codes).items(), *Counter(q.code for q in survey.quotas).items()]:
        if n > 1:
            yield Fault(F.CODE_TWICE, name)
    for quota in survey.quotas:
        yield from _of_words(quota.code, "title", quota.words)


def _of_words(at: str, part: str, words: BothWords) -> Iterator[Fault]:
    for language, text in (("zh", words.zh), ("en", words.en)):
        if not text.strip():
            yield Fault(F.LANGUAGE_MISSING, at, {"part": part, "language": language})
    yield from _of_facts(at, words)


def _of_facts(at: str, words: BothWords) -> Iterator[Fault]:
    for name in {match[1] or "}" for match in PLACE_HOLDER.finditer(words.zh + "\n" + words.en)}:
        if name not in FACTS:
            yield Fault(F.FACT_UNKNOWN, at, {"name": name, "known": ", ".join(FACTS)})


def _options(question: Question) -> list[tuple[Option, ...]]:
    if isinstance(question, Single | Multiple):
        return [question.options]
    return [question.rows, question.columns] if isinstance(question, Matrix) else []


def _of_texts(question: Question) -> Iterator[Fault]:
    yield from _of_words(question.code, "question", question.words)
    yield from _of_facts(question.code, question.hint)
    for options in _options(question):
        for option in options:
            yield from _of_words(question.code, option.code, option.words)
    other = getattr(question, "other", None)
    if other is not None:
        yield from _of_words(question.code, OTHER, other)


def _of_itself(question: Question) -> Iterator[Fault]:
    for options in _options(question):
        yield from _of_options(question, options)
    if _range_is_empty(question):
        yield Fault(F.RANGE_EMPTY, question.code)
    elif isinstance(question, Scored) and question.bad_up_to is not None:
        low, high = bounds(question)
        if not low <= question.bad_up_to < high:
            yield Fault(F.BAD_OUT_OF_RANGE, question.code)


def _of_options(question: Question, options: tuple[Option, ...]) -> Iterator[Fault]:
    fewest = 1 if isinstance(question, Matrix) or getattr(question, "other", None) else 2
    if len(options) < fewest:
        yield Fault(F.TOO_FEW_OPTIONS, question.code)
    for name in _twice(option.code for option in options):
        yield Fault(F.OPTION_TWICE, question.code, {"name": name})
    if any(option.code == OTHER for option in options):
        yield Fault(F.OTHER_IS_TAKEN, question.code)
    for key in _twice(option.key for option in options if option.key):
        yield Fault(F.KEY_TWICE, question.code, {"name": key})


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, n in Counter(names).items() if n > 1]


def _range_is_empty(question: Question) -> bool:
    if isinstance(question, Scale):
        return question.low >= question.high
    if isinstance(question, Number):
        return None not in (question.low, question.high) and (question.low or 0) > (
            question.high or 0
        )
    if isinstance(question, Day) and question.not_before and question.not_after:
        return question.not_before > question.not_after
    if isinstance(question, Multiple):
        most = len(question.options) + bool(question.other)
        return question.at_least > min(question.at_most or most, most)
    return False


def _of_targets(survey: Survey, question: Question) -> Iterator[Fault]:
    for branch in question.after:
        if isinstance(branch.to, GoTo) and branch.to.question not in survey.by_code:
            yield Fault(F.QUESTION_UNKNOWN, question.code, {"name": branch.to.question})


def _of_conditions(survey: Survey) -> Iterator[Fault]:
    for question in survey.questions:
        if question.only_if:
            yield from of_condition(survey, question.code, question.only_if)
        for branch in question.after:
            if branch.when:
                yield from of_condition(survey, question.code, branch.when, itself=True)
    for quota in survey.quotas:
        if quota.when:
            yield from of_condition(survey, quota.code, quota.when, anywhere=True)


def _of_ways(survey: Survey) -> Iterator[Fault]:
    circles = ways.on_a_circle(survey)
    yield from (Fault(F.GOES_ROUND, code) for code in survey.by_code if code in circles)
    there = ways.reached(survey)
    yield from (Fault(F.UNREACHABLE, code) for code in survey.by_code if code not in there)
    for code in survey.by_code:
        if code not in circles and not ways.completes_from(survey, code):
            yield Fault(F.NO_END, code)
