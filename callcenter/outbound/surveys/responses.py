"""The verbs of who is asked: a response is opened, answered one question at a time, and ends.

Whoever writes has locked the response: two tabs, an agent and a phone wait for each other.
"""

import json
from dataclasses import replace
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.surveys import about, follow_up, quotas, repository
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.errors import QuestionNotAsked, ResponseOver, SurveyNotOpen
from callcenter.outbound.surveys.events import SurveyAnswered, SurveyCompleted, SurveyEnded
from callcenter.outbound.surveys.fitting import fitting
from callcenter.outbound.surveys.repository import SQL
from callcenter.outbound.surveys.response import Response, ResponseState, SurveyState, Via
from callcenter.outbound.surveys.walk import Standing, standing


async def open_response(
    tx: Tx,
    survey_id: UUID,
    *,
    owner_id: UUID | None = None,
    vehicle_id: UUID | None = None,
    ticket_id: UUID | None = None,
    touch_id: UUID | None = None,
    language: str = "zh",
) -> Response:
    """Somebody may answer the newest edition from now on. For one touch, and for one ticket in one
    survey, it is always the same response.

    Raises SurveyNotFound, SurveyNotOpen.
    """
    if (await repository.get(tx, survey_id)).state is not SurveyState.OPEN:
        raise SurveyNotOpen
    number, survey = await repository.edition(tx, survey_id)
    known = await about.facts_of(tx, owner_id, vehicle_id, ticket_id)
    codes = about.codes_of(known, await about.today_of(tx))
    asked = {"touch_id": touch_id, "ticket_id": ticket_id}
    row = await SQL.insert_response(
        tx.connection,
        id=new_id(),
        survey_id=survey_id,
        edition=number,
        owner_id=owner_id,
        vehicle_id=vehicle_id,
        language=language,
        about=json.dumps(codes, ensure_ascii=False),
        next_question=standing(survey, {}, codes).next,
        lives_days=survey.lives_days,
        **asked,
    )
    if row is None:
        row = await SQL.response_asked_before(tx.connection, survey_id=survey_id, **asked)
    found = await repository.response(tx, row["id"], locked=True)
    if await follow_up.take_over_rating(tx, found):
        await _go_on(tx, "system", await repository.response(tx, found.id), answered=False)
    return await repository.response(tx, found.id)


async def answer(
    tx: Tx, actor: str, response_id: UUID, question: str, said: Answer, via: Via
) -> Response:
    """One answer: the question's that is next, or of one asked before; the last word counts.

    What is asked next, whether that was all and whether there is still room in the quotas follows
    from it. Raises ResponseOver, SurveyNotOpen, QuestionNotAsked, AnswerRefused.
    """
    found = await repository.response(tx, response_id, locked=True)
    _check_takes_answers(found)
    if question not in (*found.stands.path, found.stands.next):
        raise QuestionNotAsked
    fits = fitting(found.survey.by_code[question], said)
    begins = found.answered_at is None
    found = await _keep(tx, found, question, fits, via)
    fact = SurveyAnswered(
        response_id=found.id,
        survey_id=found.survey_id,
        touch_id=found.touch_id,
        question=question,
        channel=via.value,
        first=begins,
    )
    await record(tx, fact, actor=actor, ticket_id=found.ticket_id)
    await follow_up.rate(tx, actor, found, question)
    await follow_up.open_ticket(tx, actor, found)
    await _go_on(tx, actor, found)
    return await repository.response(tx, response_id)


def _check_takes_answers(found: Response) -> None:
    if found.state is not ResponseState.OPEN or found.is_late:
        raise ResponseOver
    if found.survey_state is not SurveyState.OPEN:
        raise SurveyNotOpen


async def _keep(tx: Tx, found: Response, question: str, said: Answer, via: Via) -> Response:
    kept = replace(
        found,
        answers={**found.answers, question: said},
        via={**found.via, question: via},
    )
    await SQL.keep_answer(
        tx.connection,
        response_id=found.id,
        question=question,
        value=said.as_json(),
        channel=via.value,
    )
    await SQL.count_path(tx.connection, response_id=found.id, path=list(kept.stands.path))
    return kept


async def _go_on(tx: Tx, actor: str, found: Response, *, answered: bool = True) -> None:
    stands = found.stands
    wanted = quotas.wanted(found, stands)
    if not await quotas.keep_places(tx, found, wanted):
        await _end(tx, actor, found, ResponseState.OVER_QUOTA)
    elif stands.ending is None:
        await SQL.go_on(tx.connection, id=found.id, next_question=stands.next, answered=answered)
    else:
        await _end_by_itself(tx, actor, found, stands, wanted)


async def _end_by_itself(
    tx: Tx, actor: str, found: Response, stands: Standing, wanted: list[str]
) -> None:
    assert stands.ending is not None
    to = ResponseState(stands.ending.value)
    if to is ResponseState.COMPLETE:
        await quotas.confirm(tx, found, wanted)
    else:
        await quotas.give_back_all(tx, found.survey_id, found.id)
    await _end(tx, actor, found, to)


async def _end(tx: Tx, actor: str, found: Response, to: ResponseState) -> None:
    answered = to is not ResponseState.EXPIRED
    ended = await SQL.end_response(tx.connection, id=found.id, to=to.value, answered=answered)
    if ended is None:
        return
    whose = {
        "response_id": found.id,
        "survey_id": found.survey_id,
        "touch_id": found.touch_id,
    }
    ends = SurveyEnded(state=to.value, **whose)
    fact = SurveyCompleted(**whose) if to is ResponseState.COMPLETE else ends
    await record(tx, fact, actor=actor, ticket_id=found.ticket_id)
    await follow_up.write_all_down(tx, actor, found)


async def expire(tx: Tx, response_id: UUID) -> None:
    """Its time is over: what was answered is kept, its places are others'."""
    found = await repository.response(tx, response_id, locked=True)
    if found.state is ResponseState.OPEN and found.is_late:
        await quotas.give_back_all(tx, found.survey_id, found.id)
        await _end(tx, "system", found, ResponseState.EXPIRED)
