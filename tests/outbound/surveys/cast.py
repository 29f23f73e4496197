"""What the tests of surveys share: questions, surveys, and people who answer."""

import json
from typing import Any
from uuid import UUID

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import responses, service
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.response import Response, Via

WORDS = {"zh": "好吗?", "en": "Is it well?"}


def words(zh: str = "好", en: str = "well") -> dict[str, str]:
    return {"zh": zh, "en": en}


def option(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "words": words(code, code), **more}


def question(kind: str, code: str = "q", **more: Any) -> dict[str, Any]:
    return {"type": kind, "code": code, "words": WORDS, **more}


def survey(*questions: dict[str, Any], **more: Any) -> Survey:
    """A survey out of questions as JSON would have them."""
    whole = {"title": words("问卷", "A survey"), "questions": list(questions), **more}
    return Survey.model_validate_json(json.dumps(whole))


async def published(tx: Tx, of: Survey, name: str = "test") -> UUID:
    """A survey that takes answers; its id."""
    made = await service.draft(tx, "test", name, of)
    await service.publish(tx, "test", made.id, made.version)
    await service.open_survey(tx, "test", made.id)
    return made.id


async def says(tx: Tx, response: UUID, code: str, *, via: Via = Via.WEB, **said: Any) -> Response:
    """One answer."""
    return await responses.answer(tx, "test", response, code, Answer(**said), via)


async def asked(database: Database, survey_id: UUID, **whom: Any) -> UUID:
    """Somebody new who may answer; the id of his response."""
    async with database.transaction() as tx:
        return (await responses.open_response(tx, survey_id, **whom)).id
