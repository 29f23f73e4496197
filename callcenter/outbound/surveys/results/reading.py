"""The counts of a survey's answers out of the database, as tallies."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys.model import Matrix, Nps, Question
from callcenter.outbound.surveys.repository import answer_of, editions
from callcenter.outbound.surveys.response import is_bad
from callcenter.outbound.surveys.results.tallies import Tally

SQL = load_queries(__file__)
FACTS = ("tier", "province", "model", "car_age")
UNKNOWN = ""
"""The column of those of whom it is not known."""
MOST_COLUMNS = 40


@dataclass
class Counted:
    """One question: the answers of complete responses and those of partial ones apart. `bad`: of
    both, those whose owner a person should speak with."""

    question: Question
    complete: Tally = field(default_factory=Tally)
    partial: Tally = field(default_factory=Tally)
    with_words: int = 0
    bad: int = 0


async def questions_of(tx: Tx, survey_id: UUID) -> dict[str, Question]:
    """All questions that were ever published, those of the newest edition first and as it asks
    them. Raises SurveyNotFound when none was."""
    found: dict[str, Question] = {}
    for survey in (await editions(tx, survey_id)).values():
        for question in survey.questions:
            found.setdefault(question.code, question)
    return found


async def counted(
    tx: Tx, survey_id: UUID, since: datetime | None = None, until: datetime | None = None
) -> list[Counted]:
    """Each question with what was said to it, in the order asked."""
    found = {
        code: Counted(question) for code, question in (await questions_of(tx, survey_id)).items()
    }
    rows = await SQL.answers_counted(tx.connection, survey_id=survey_id, since=since, until=until)
    for row in rows:
        if one := found.get(row["question"]):
            tally = one.complete if row["complete"] else one.partial
            said = answer_of(row["value"])
            tally.count(said, row["times"])
            one.with_words += row["with_words"]
            one.bad += row["times"] if is_bad(one.question, said) else 0
    return list(found.values())


async def crossed(
    tx: Tx, survey_id: UUID, question: Question, by: Question | str
) -> dict[str, Tally]:
    """What was said to a question, by a fact of who said it or by his answer to another; the
    columns with most answers first."""
    asked = {"survey_id": survey_id, "question": question.code}
    keys: Callable[[Any], list[str]]
    if isinstance(by, str):
        rows = await SQL.crossed_with_fact(tx.connection, fact=by, **asked)
        keys = _as_it_is
    else:
        other = by
        rows = await SQL.crossed_with_question(tx.connection, other=other.code, **asked)

        def keys(value: str | None) -> list[str]:
            return keys_of(other, value)

    found: dict[str, Tally] = {}
    for row in rows:
        for key in keys(row["key"]):
            found.setdefault(key, Tally()).count(answer_of(row["value"]), row["times"])
    most = sorted(found.items(), key=lambda one: (-one[1].answered, one[0]))
    return dict(most[:MOST_COLUMNS])


def about_of(row: Any) -> dict[str, str]:
    """The facts that were kept with a response."""
    known: dict[str, str] = json.loads(row["about"])
    return known


def _as_it_is(value: str | None) -> list[str]:
    return [value or UNKNOWN]


def keys_of(question: Question, value: str | None) -> list[str]:
    """The columns an answer belongs to: each option chosen, a score, of NPS its group."""
    answer = answer_of(value) if value else None
    if answer is None or answer.passed or isinstance(question, Matrix):
        return [UNKNOWN]
    if isinstance(question, Nps) and answer.score is not None:
        return [_group(answer.score)]
    if answer.value is not None:
        return [f"{answer.value:g}"]
    return sorted(answer.chosen()) or [UNKNOWN]


def _group(score: int) -> str:
    if score >= 9:
        return "promoter"
    return "passive" if score >= 7 else "detractor"


async def states_by_day(tx: Tx, survey_id: UUID) -> dict[date, dict[str, int]]:
    """Day -> state -> responses whose last answer came then."""
    found: dict[date, dict[str, int]] = {}
    for row in await SQL.states_by_day(tx.connection, survey_id=survey_id):
        found.setdefault(row["day"], {})[row["state"]] = row["responses"]
    return found


async def values_by_day(tx: Tx, survey_id: UUID, question: str) -> Mapping[date, Tally]:
    """Day -> the scores or numbers of the responses completed then."""
    found: dict[date, Tally] = {}
    rows = await SQL.values_by_day(tx.connection, survey_id=survey_id, question=question)
    for row in rows:
        tally = found.setdefault(row["day"], Tally())
        tally.values[row["value"]] += row["times"]
        tally.answered += row["times"]
    return found
