"""What becomes of the members of a run, as rows: bookings, stars, answers."""

from collections.abc import Sequence
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.surveys import service as surveys
from callcenter.outbound.surveys.model import Csat, Nps, Survey
from callcenter.outbound.surveys.parts import BothWords

WORDS = BothWords(zh="问", en="asked")
STATION = """
insert into stations (id, code, kind, name_zh, name_en, province, city_zh, city_en, address,
    lat, lon, workshop_hours, rescue_hours, duty_phone, skills, simulated)
values ($1, $2, 'dealer', $2, $2, 'LN', '', '', '', 41.8, 123.4, '24/7', '24/7', '+8624000000000',
    '{}', false)
"""
BOOKING = """
insert into service_bookings (id, station_id, vehicle_id, starts_at, wanted, state, source,
    booked_at, booked_by)
values ($1, $2, $3, now(), $4, $5, 'owner', now() - $6 * interval '1 day', 'test')
"""
TICKET = """
insert into tickets (id, number, kind, stage, priority, owner_id, opened_by)
values ($1, $2, 'rescue', 'closed', 1, $3, 'test')
"""


async def booked(
    tx: Tx, cars: Sequence[UUID], state: str, days_ago: int = 5, wanted: str = "maintenance"
) -> None:
    """Each car once, at a workshop of its own."""
    station = new_id()
    await tx.connection.execute(STATION, station, str(station)[-12:])
    rows = [(new_id(), station, car, wanted, state, days_ago) for car in cars]
    await tx.connection.executemany(BOOKING, rows)


async def gave_stars(tx: Tx, owners: Sequence[UUID], stars: int, days_ago: int = 5) -> None:
    """To a rescue of his."""
    for owner in owners:
        ticket = new_id()
        await tx.connection.execute(TICKET, ticket, str(ticket)[-12:], owner)
        await tx.connection.execute(
            "insert into ticket_ratings (ticket_id, score, rated_at)"
            " values ($1, $2, now() - $3 * interval '1 day')",
            *(ticket, stars, days_ago),
        )


async def a_survey(tx: Tx) -> UUID:
    """With a CSAT and an NPS question; open."""
    questions = (Csat(code="how", words=WORDS), Nps(code="recommend", words=WORDS))
    survey = Survey(title=WORDS, intro=WORDS, thanks=WORDS, questions=questions)
    made = await surveys.draft(tx, "test", "s", survey)
    await surveys.publish(tx, "test", made.id, made.version)
    return made.id


async def answered(
    tx: Tx, survey: UUID, owners: Sequence[UUID], scores: dict[str, int], days_ago: int = 5
) -> None:
    """Each of them says this."""
    for owner in owners:
        response = new_id()
        await tx.connection.execute(
            "insert into survey_responses (id, survey_id, edition, owner_id, language, expires_at)"
            " values ($1, $2, 1, $3, 'zh', now())",
            *(response, survey, owner),
        )
        await tx.connection.executemany(
            "insert into survey_answers (response_id, question, value, channel, answered_at)"
            " values ($1, $2, jsonb_build_object('score', $3::int), 'web',"
            " now() - $4 * interval '1 day')",
            [(response, question, score, days_ago) for question, score in scores.items()],
        )
