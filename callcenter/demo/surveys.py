"""The demo's surveys: both that come with the program are open, one has answers to look at."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from callcenter.customers.model import Owner
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import responses, service
from callcenter.outbound.surveys.answer import PASSED, Answer
from callcenter.outbound.surveys.model import (
    Day,
    FreeText,
    Matrix,
    Multiple,
    Number,
    Question,
    Scored,
    Single,
    bounds,
)
from callcenter.outbound.surveys.ready_made import NAMES, ready_made
from callcenter.outbound.surveys.response import Via

ANSWERERS = 60
OVER_DAYS = 12
SEED = 2020
WISHES = ("高速服务区多装快充桩", "充电桩常被油车占位", "希望能预约充电", "More chargers at home")
OFTEN = (5, 4, 1, 1, 1)
"""How often the first, the second ... option is chosen."""
RESPONSE_EARLIER = """
update survey_responses set opened_at = opened_at - $2::interval,
    answered_at = answered_at - $2::interval, completed_at = completed_at - $2::interval
where id = $1
"""
ANSWERS_EARLIER = """
update survey_answers set answered_at = answered_at - $2::interval where response_id = $1
"""
WAYS = (Via.WEB, Via.WEB, Via.WEB, Via.TEXT, Via.AGENT_CALL)


async def add_surveys(tx: Tx, actor: str, owners: Sequence[Owner]) -> None:
    """Both surveys, open; of the one on charging the first owners have answered all or a part."""
    for name, title in NAMES.items():
        made = await service.draft(tx, actor, title, ready_made(name))
        await service.publish(tx, actor, made.id, made.version)
        await service.open_survey(tx, actor, made.id)
    die = random.Random(SEED)
    for owner in owners[:ANSWERERS]:
        found = await responses.open_response(
            tx,
            made.id,
            owner_id=owner.id,
            vehicle_id=owner.vehicles[0].id if owner.vehicles else None,
            language=owner.language,
        )
        left, way = die.choice((2, 4, 99, 99, 99)), die.choice(WAYS)
        while found.takes_answers and found.stands.next and left:
            question = found.survey.by_code[found.stands.next]
            said = some_answer(die, question)
            found = await responses.answer(tx, actor, found.id, question.code, said, way)
            left -= 1
        ago = timedelta(days=OVER_DAYS) * die.random()
        await tx.connection.execute(RESPONSE_EARLIER, found.id, ago)
        await tx.connection.execute(ANSWERS_EARLIER, found.id, ago)


def some_answer(die: random.Random, question: Question) -> Answer:
    """What an owner might say; some pass over what they may."""
    if not question.required and die.random() < 0.4:
        return PASSED
    if isinstance(question, Single):
        codes = [one.code for one in question.options]
        return Answer(choice=die.choices(codes, OFTEN[: len(codes)])[0])
    if isinstance(question, Multiple):
        codes = [one.code for one in question.options]
        return Answer(choices=tuple(die.sample(codes, die.randint(1, 3))))
    if isinstance(question, Matrix):
        codes = [one.code for one in question.columns]
        return Answer(rows={row.code: die.choice(codes) for row in question.rows})
    return _measured(die, question)


def _measured(die: random.Random, question: Question) -> Answer:
    if isinstance(question, Scored):
        low, high = bounds(question)
        return Answer(score=die.randint(low, high))
    if isinstance(question, Number):
        return Answer(number=float(die.randint(1, 6)))
    if isinstance(question, Day):
        return Answer(day=date(die.randint(2017, 2019), die.randint(1, 12), 1))
    assert isinstance(question, FreeText)
    return Answer(text=die.choice(WISHES))
