"""The responses of a survey as a file: a line each, a column for each question; recorded."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys.events import ResponsesExported
from callcenter.outbound.surveys.filling import filled
from callcenter.outbound.surveys.model import Question
from callcenter.outbound.surveys.repository import SQL as SURVEYS
from callcenter.outbound.surveys.repository import answer_of
from callcenter.outbound.surveys.results import reading
from callcenter.outbound.surveys.results.reading import SQL
from callcenter.outbound.surveys.results.wire import ExportQuery
from callcenter.outbound.surveys.said import answer_words
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.sheets.export import AT_ONCE, Export, china_time, filters_said
from callcenter.web.sheets.export_routes import export_routes
from callcenter.web.sheets.write import Cell

routes = Routes(tags=["surveys"])
FIRST = [
    "答卷 Response",
    "状态 State",
    "开始 Opened",
    "完成 Completed",
    "方式 Ways",
    "客户等级 Tier",
    "省份 Province",
    "车型 Model",
    "车龄 Car age",
]
FACTS = ("tier", "province", "model", "car_age")


@export_routes(routes, "/api/v1/survey-responses/export", permission=Permission.OUTBOUND_READ)
def responses_exported(call: Call, query: ExportQuery) -> Export:
    """Responses of a survey that were begun, newest first, the answers in the reader's language.

    Owners are not named. Each export is recorded.
    """
    headings: list[str] = [*FIRST]
    said = filters_said(query)
    return Export(
        "survey",
        headings,
        _pages(call.tx, query, call.language, headings),
        lambda n: ResponsesExported(rows=n, survey_id=query.survey_id, filters=said),
    )


async def _pages(
    tx: Tx, query: ExportQuery, language: str, headings: list[str]
) -> AsyncIterator[list[Sequence[Cell]]]:
    """Page by page; the headings are known once the questions are read."""
    questions = await reading.questions_of(tx, query.survey_id)
    headings += [filled(one.words, {}, language) for one in questions.values()]
    before: dict[str, Any] = {"before_at": None, "before_id": None}
    which = {"survey_id": query.survey_id, "state": query.state}
    while rows := await SURVEYS.list_responses(tx.connection, limit=AT_ONCE, **which, **before):
        ids = [row["id"] for row in rows]
        answers: dict[Any, dict[str, Any]] = {}
        for one in await SQL.answers_of_responses(tx.connection, ids=ids):
            answers.setdefault(one["response_id"], {})[one["question"]] = one
        yield [_cells(row, answers.get(row["id"], {}), questions, language) for row in rows]
        before = {"before_at": rows[-1]["opened_at"], "before_id": rows[-1]["id"]}


def _cells(
    row: Any, answers: dict[str, Any], questions: dict[str, Question], language: str
) -> Sequence[Cell]:
    known = reading.about_of(row)
    ways = sorted({one["channel"] for one in answers.values()})
    return [
        str(row["id"]),
        row["state"],
        china_time(row["opened_at"]),
        china_time(row["completed_at"]),
        ", ".join(ways),
        *(known.get(name, "") for name in FACTS),
        *(_cell(question, answers.get(code), language) for code, question in questions.items()),
    ]


def _cell(question: Question, row: Any, language: str) -> Cell:
    if row is None:
        return ""
    answer = answer_of(row["value"])
    if answer.value is not None and not answer.words:
        return float(answer.value)
    return answer_words(question, answer, language)
