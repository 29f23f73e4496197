"""A bad answer after a rescue or a complaint becomes a complaint that a person takes up, once.

The rating of the owner's page and the survey's question marked as it are one and the same: given
there it is taken over here, given here it is written there, and opens what it opens there.

A campaign that goes by an audience asks about no ticket by name: a bad answer there is about the
owner's last rescue or complaint that was closed not long before he was asked, if there is one.
"""

import contextlib
from datetime import timedelta
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys.answer import Answer
from callcenter.outbound.surveys.events import SurveyFollowedUp
from callcenter.outbound.surveys.model import Csat, Question
from callcenter.outbound.surveys.repository import SQL
from callcenter.outbound.surveys.response import Response, Via, first_bad
from callcenter.outbound.surveys.said import follow_up_words, said_words
from callcenter.staff import alarms
from callcenter.tickets import owner_words, repository, service
from callcenter.tickets.errors import NothingToRate, RatedAlready
from callcenter.tickets.model import Kind, Ticket

ASKED_ABOUT = (Kind.RESCUE, Kind.COMPLAINT)
LATELY = timedelta(days=30)
"""Closed so long before he was asked, a bad answer may be about it."""
ANSWERED_BADLY = "survey_answered_badly"


async def take_over_rating(tx: Tx, found: Response) -> bool:
    """What the owner has said on his own page already is not asked again; a bad rating's ticket is
    this response's, too. Whether an answer was taken over."""
    if found.ticket_id is None or found.answers:
        return False
    rating = await SQL.rating_of_ticket(tx.connection, ticket_id=found.ticket_id)
    if rating is None:
        return False
    if rating["follow_up_id"]:
        await SQL.keep_opened_ticket(tx.connection, id=found.id, ticket_id=rating["follow_up_id"])
    question = next((one for one in found.survey.questions if _is_rating(one)), None)
    if question is None:
        return False
    await SQL.keep_answer(
        tx.connection,
        response_id=found.id,
        question=question.code,
        value=Answer(score=rating["score"]).as_json(),
        channel=Via.WEB.value,
    )
    await SQL.count_path(tx.connection, response_id=found.id, path=[question.code])
    return True


async def rate(tx: Tx, actor: str, found: Response, question: str) -> None:
    """The answer to the question marked so is the rescue's rating, unless there is one."""
    asked, said = found.survey.by_code[question], found.answers[question]
    if found.ticket_id is None or not _is_rating(asked) or said.score is None:
        return
    ticket = await repository.get(tx, found.ticket_id)
    if ticket.kind is not Kind.RESCUE:
        return
    with contextlib.suppress(NothingToRate, RatedAlready):
        await owner_words.rate(tx, actor, ticket, said.score, said.words)
    rating = await SQL.rating_of_ticket(tx.connection, ticket_id=ticket.id)
    if rating and rating["follow_up_id"]:
        await _keep(tx, actor, found, rating["follow_up_id"], ticket.id, question)


async def open_ticket(tx: Tx, actor: str, found: Response) -> None:
    """The complaint out of the first bad answer, with what was said; an owner who has one out of
    this response already has no second."""
    question = first_bad(found.survey, found.stands.path, found.answers)
    if question is None or await _has_ticket(tx, found.id):
        return
    about = await _asked_about(tx, found)
    if about is None or about.kind not in ASKED_ABOUT:
        return
    opened = await _complaint(tx, actor, found, about)
    await _keep(tx, actor, found, opened.id, about.id, question)
    await alarms.raise_alarm(
        tx,
        kind=ANSWERED_BADLY,
        ticket_id=opened.id,
        reason=question,
        drill=opened.drill,
    )


async def write_all_down(tx: Tx, actor: str, found: Response) -> None:
    """At the end the ticket has all that was said, also what came after the bad answer."""
    opened = await _has_ticket(tx, found.id)
    if opened is not None:
        await service.write_note(tx, actor, opened, said_words(found))


async def _asked_about(tx: Tx, found: Response) -> Ticket | None:
    """The ticket of the response; where it has none, the one that was closed last (of the car that
    he was asked about, or of no known car)."""
    ticket_id = found.ticket_id or await SQL.closed_last(
        tx.connection,
        owner_id=found.owner_id,
        vehicle_id=found.vehicle_id,
        kinds=[kind.value for kind in ASKED_ABOUT],
        since=found.opened_at - LATELY,
    )
    return None if ticket_id is None else await repository.get(tx, ticket_id)


async def _complaint(tx: Tx, actor: str, found: Response, about: Ticket) -> Ticket:
    return await service.open_ticket(
        tx,
        actor,
        kind=Kind.COMPLAINT,
        particulars={"category": "service"},
        drill=about.drill,
        owner_id=found.owner_id or about.owner_id,
        vehicle_id=found.vehicle_id or about.vehicle_id,
        caller_name=about.caller_name,
        caller_phone=about.caller_phone,
        language=found.language,
        summary=follow_up_words(found, number=about.number),
    )


async def _keep(
    tx: Tx, actor: str, found: Response, ticket_id: UUID, asked_about: UUID, question: str
) -> None:
    if not await SQL.keep_opened_ticket(tx.connection, id=found.id, ticket_id=ticket_id):
        return
    fact = SurveyFollowedUp(
        response_id=found.id,
        survey_id=found.survey_id,
        ticket_id=ticket_id,
        asked_about=asked_about,
        question=question,
    )
    await record(tx, fact, actor=actor, ticket_id=ticket_id)


async def _has_ticket(tx: Tx, response_id: UUID) -> UUID | None:
    found: UUID | None = await SQL.opened_ticket_of(tx.connection, id=response_id)
    return found


def _is_rating(question: Question) -> bool:
    return isinstance(question, Csat) and question.is_rating
