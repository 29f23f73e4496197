"""Rows of surveys become models here and nowhere else."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.errors import ResponseNotFound, SurveyNotFound
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.response import Response, ResponseState, SurveyState, Via

SQL = load_queries(__file__)


@dataclass(frozen=True)
class StoredSurvey:
    """One row of `surveys`; `edition` is the newest published one."""

    id: UUID
    name: str
    state: SurveyState
    draft: Survey
    made_by: str
    made_at: datetime
    version: int
    edition: int | None


async def get(tx: Tx, survey_id: UUID) -> StoredSurvey:
    """The survey with its draft; raises SurveyNotFound."""
    row = await SQL.get_survey(tx.connection, id=survey_id)
    if row is None:
        raise SurveyNotFound
    return StoredSurvey(
        id=row["id"],
        name=row["name"],
        state=SurveyState(row["state"]),
        draft=survey_of(row["draft"]),
        made_by=row["made_by"],
        made_at=row["made_at"],
        version=row["version"],
        edition=row["edition"],
    )


async def edition(tx: Tx, survey_id: UUID, number: int | None = None) -> tuple[int, Survey]:
    """One edition (None: the newest) and its questions; raises SurveyNotFound."""
    row = await SQL.get_edition(tx.connection, survey_id=survey_id, edition=number)
    if row is None:
        raise SurveyNotFound
    return row["edition"], survey_of(row["questions"])


async def open_now(tx: Tx, ids: Collection[UUID]) -> dict[UUID, Survey]:
    """Those of these surveys that take answers, with the questions of their newest edition."""
    if not ids:
        return {}
    rows = await SQL.open_surveys(tx.connection, ids=list(ids))
    return {row["id"]: survey_of(row["questions"]) for row in rows}


async def editions(tx: Tx, survey_id: UUID) -> dict[int, Survey]:
    """All of them, newest first."""
    rows = await SQL.list_editions(tx.connection, survey_id=survey_id)
    return {row["edition"]: survey_of(row["questions"]) for row in rows}


@lru_cache(maxsize=128)
def survey_of(text: str) -> Survey:
    """The questions in a row. Editions never change: each is read once."""
    return Survey.model_validate_json(text)


async def response(tx: Tx, response_id: UUID, *, locked: bool = False) -> Response:
    """With its edition and answers; `locked` for this transaction alone. Raises
    ResponseNotFound."""
    look = SQL.lock_response if locked else SQL.read_response
    row = await look(tx.connection, id=response_id)
    if row is None:
        raise ResponseNotFound
    rows = await SQL.answers_of(tx.connection, response_id=response_id)
    return response_of(row, rows)


def response_of(row: Any, answers: Sequence[Any]) -> Response:
    """The rows as the model."""
    return Response(
        id=row["id"],
        survey_id=row["survey_id"],
        edition=row["edition"],
        survey=survey_of(row["questions"]),
        survey_state=SurveyState(row["survey_state"]),
        owner_id=row["owner_id"],
        vehicle_id=row["vehicle_id"],
        ticket_id=row["ticket_id"],
        touch_id=row["touch_id"],
        language=row["language"],
        about=json.loads(row["about"]),
        state=ResponseState(row["state"]),
        opened_at=row["opened_at"],
        answered_at=row["answered_at"],
        completed_at=row["completed_at"],
        expires_at=row["expires_at"],
        opened_ticket_id=row["opened_ticket_id"],
        is_late=row["is_late"],
        answers={one["question"]: answer_of(one["value"]) for one in answers},
        via={one["question"]: Via(one["channel"]) for one in answers},
    )


def answer_of(text: str) -> Answer:
    """An answer in a row."""
    return Answer.model_validate_json(text)
