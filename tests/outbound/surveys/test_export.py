"""The file of a survey's responses: each cell, of each kind of question."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import responses
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.response import Via
from callcenter.web.permission import Permission
from callcenter.web.sheets.read import read_sheet
from tests.outbound.surveys.cast import option, published, question, says, survey, words
from tests.service import Service

FILE = "/api/v1/survey-responses/export."
ALL = survey(
    question(
        "single", "how", words=words("怎么样", "How"), options=[option("slow"), option("fast")]
    ),
    question("multiple", "what", words=words("哪些", "What"), options=[option("a"), option("b")]),
    question("nps", "again", words=words("会推荐吗", "Again")),
    question("number", "km", words=words("多少公里", "How far"), decimals=1),
    question("date", "day", words=words("哪天", "Which day")),
    question("text", "more", words=words("{owner}还想说", "What else"), required=False),
    question(
        "matrix",
        "parts",
        words=words("分项", "Parts"),
        rows=[option("seat"), option("engine")],
        columns=[option("good"), option("bad")],
    ),
)
SAID: dict[str, dict[str, Any]] = {
    "how": {"choice": "slow", "words": "等了两小时"},
    "what": {"choices": ("a", "b")},
    "again": {"score": 9},
    "km": {"number": 12.5},
    "day": {"day": date(2026, 5, 1)},
    "more": {"text": "=1+1"},
    "parts": {"rows": {"seat": "good", "engine": "bad"}},
}
WHOLE = [
    *("slow——等了两小时", "a、b", "9", "12.5", "2026-05-01"),
    "=1+1",
    "seat:good;engine:bad",
]


async def answered(tx: Tx, of: Survey) -> tuple[UUID, UUID]:
    """By one who has answered all, on two ways, and by one who has stopped; the survey and the
    whole response."""
    survey_id = await published(tx, of)
    owner = await customers.add_owner(tx, "test", name="王芳", phones=["+8613800138000"], tier=2)
    whole = await responses.open_response(tx, survey_id, owner_id=owner.id)
    for code, said in SAID.items():
        via = Via.TEXT if code == "how" else Via.WEB
        await responses.answer(tx, "test", whole.id, code, Answer(**said), via)
    part = await responses.open_response(tx, survey_id)
    await says(tx, part.id, "how", choice="fast", via=Via.AGENT_CALL)
    await responses.open_response(tx, survey_id)
    return survey_id, whole.id


async def read(
    service: Service, survey_id: UUID, language: str = "zh", how: str = "csv", **more: str
) -> Any:
    client = await service.client([Permission.OUTBOUND_READ, Permission.PHONES_READ])
    headers = {"Accept-Language": language}
    asked = {"survey_id": str(survey_id), **more}
    async with client.session.get(FILE + how, params=asked, headers=headers) as answer:
        assert answer.status == 200
        data = await answer.read()
    # In a text of columns nothing begins as a formula would.
    assert b",=1" not in data
    sheet = read_sheet(data)
    return [sheet.headings, *(row.cells for row in sheet.rows)]


@pytest.mark.parametrize("how", ["csv", "xlsx"])
async def test_each_answer_stands_in_the_column_of_its_question(service: Service, how: str):
    async with service.database.transaction() as tx:
        survey_id, whole = await answered(tx, ALL)
    headings, *rows = await read(service, survey_id, how=how)
    assert " ".join(headings[9:]) == "怎么样 哪些 会推荐吗 多少公里 哪天 车主还想说 分项"
    by_id = {row[0]: row for row in rows}
    # Who was only invited has no line.
    assert len(rows) == 2
    found = by_id.pop(str(whole))
    assert (found[1], found[4], found[5]) == ("complete", "text, web", "2")
    assert [cell.removesuffix(".0") for cell in found[9:]] == WHOLE
    (part,) = by_id.values()
    assert (part[1], part[3], part[4]) == ("open", "", "agent_call")
    assert [*part[9:]] == ["fast", "", "", "", "", "", ""]
    assert all("王芳" not in cell and "1380013" not in cell for row in rows for cell in row)


@pytest.mark.parametrize(("state", "rows"), [("complete", 1), ("open", 1)])
async def test_only_what_is_asked_for_is_in_it_and_it_is_recorded(
    service: Service, state: str, rows: int
):
    async with service.database.transaction() as tx:
        survey_id, _ = await answered(tx, ALL)
    headings, *found = await read(service, survey_id, "en", state=state)
    assert len(found) == rows
    assert headings[9] == "How"
    async with service.database.reading() as tx:
        facts = json.loads(
            await tx.connection.fetchval("select facts from events where kind = 'survey.exported'")
        )
    assert facts["rows"] == rows


async def test_a_question_of_an_older_edition_keeps_its_column(service: Service):
    async with service.database.transaction() as tx:
        survey_id, whole = await answered(tx, ALL)
        newer = survey(question("csat", "new", words=words("新题", "New")))
        await tx.connection.execute(
            "insert into survey_editions (survey_id, edition, questions, published_by)"
            " values ($1, 2, $2, 'test')",
            survey_id,
            newer.model_dump_json(),
        )
    headings, *rows = await read(service, survey_id)
    assert headings[9:11] == ("新题", "怎么样")
    (found,) = (row for row in rows if row[0] == str(whole))
    assert [cell.removesuffix(".0") for cell in found[9:]] == ["", *WHOLE]
