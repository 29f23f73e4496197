"""A bad answer after a rescue or a complaint becomes one complaint, and goes with the rating."""

import asyncio
from uuid import UUID

import pytest

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import follow_up, ready_made, repository, responses
from callcenter.outbound.surveys.errors import ResponseOver
from callcenter.outbound.surveys.response import ResponseState
from callcenter.tickets import owner_words
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Kind, Stage, Ticket
from tests.outbound.surveys.cast import published, question, says, survey

PLAIN = survey(
    question("csat", "all", bad_up_to=2),
    question("nps", "again", bad_up_to=3),
    question("text", "more"),
)


async def ended(tx: Tx, kind: Kind = Kind.RESCUE) -> Ticket:
    """A ticket whose work is over."""
    ticket = await ticket_verbs.open_ticket(
        tx, "test", kind=kind, particulars={}, caller_phone="+8613800138000", caller_name="王先生"
    )
    await tx.connection.execute(
        "update tickets set stage = $2 where id = $1", ticket.id, Stage.RESOLVED.value
    )
    return await tickets.get(tx, ticket.id)


async def complaints(tx: Tx, but: UUID) -> list[Ticket]:
    found = await tickets.queue(tx, limit=50)
    return [one for one in found if one.kind is Kind.COMPLAINT and one.id != but]


@pytest.mark.parametrize("kind", [Kind.RESCUE, Kind.COMPLAINT])
async def test_a_bad_answer_opens_one_ticket_with_what_was_said(database: Database, kind: Kind):
    async with database.transaction() as tx:
        survey_id = await published(tx, PLAIN)
        ticket = await ended(tx, kind)
        response = (await responses.open_response(tx, survey_id, ticket_id=ticket.id)).id
        await says(tx, response, "all", score=1, words="太慢了")
        (complaint,) = await complaints(tx, ticket.id)
        await says(tx, response, "all", score=2)
        await says(tx, response, "again", score=0)
        found = await says(tx, response, "more", text="请回电")
        assert found.state is ResponseState.COMPLETE
        assert [one.id for one in await complaints(tx, ticket.id)] == [complaint.id]
        assert found.opened_ticket_id == complaint.id
        assert ticket.number in complaint.summary
        assert "太慢了" in complaint.summary
        assert f"/console/surveys/{survey_id}/responses/{response}" in complaint.summary
        assert (complaint.caller_phone, complaint.caller_name) == ("+8613800138000", "王先生")
        notes = await tx.connection.fetch(
            "select words from ticket_notes where ticket_id = $1", complaint.id
        )
        assert ["请回电" in note["words"] for note in notes] == [True]
        alarms = await tx.connection.fetch("select kind, ticket_id from alarms")
        assert [(a["kind"], a["ticket_id"]) for a in alarms] == [
            (follow_up.ANSWERED_BADLY, complaint.id)
        ]


async def test_of_many_bad_answers_at_one_moment_one_opens_it(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, PLAIN)
    for _ in range(5):
        async with database.transaction() as tx:
            ticket = await ended(tx)
            response = (await responses.open_response(tx, survey_id, ticket_id=ticket.id)).id
            await says(tx, response, "all", score=5)
            await says(tx, response, "again", score=10)
            before = len(await complaints(tx, ticket.id))

        async def tab(code: str, score: int, response: UUID = response) -> None:
            async with database.transaction() as tx:
                await says(tx, response, code, score=score)

        tabs = [(code, score) for score in (1, 2, 1) for code in ("all", "again")]
        await asyncio.gather(*(tab(*said) for said in tabs))
        async with database.transaction() as tx:
            assert len(await complaints(tx, ticket.id)) == before + 1


@pytest.mark.xfail(strict=True, raises=AssertionError)
async def test_control_without_the_lock_several_open_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(repository.SQL, "lock_response", repository.SQL.read_response)
    await test_of_many_bad_answers_at_one_moment_one_opens_it(database)


async def test_good_answers_and_other_tickets_open_nothing(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, PLAIN)
        rescue, enquiry = await ended(tx), await ended(tx, Kind.ENQUIRY)
        for ticket, score in ((rescue, 5), (enquiry, 1)):
            response = (await responses.open_response(tx, survey_id, ticket_id=ticket.id)).id
            await says(tx, response, "all", score=score)
        response = (await responses.open_response(tx, survey_id)).id
        await says(tx, response, "all", score=1)
        assert await complaints(tx, rescue.id) == []


async def test_the_rating_and_the_survey_are_one_whichever_comes_first(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, ready_made.ready_made("after_rescue"))
        # On the owner's page first: it is not asked again, and its complaint is the survey's.
        rated = await ended(tx)
        await owner_words.rate(tx, "link", rated, 1, "太慢")
        found = await responses.open_response(tx, survey_id, ticket_id=rated.id)
        assert found.stands.next == "in_time"
        assert found.answers["overall"].score == 1
        (complaint,) = await complaints(tx, rated.id)
        assert found.opened_ticket_id == complaint.id
        await says(tx, found.id, "in_time", choice="never")
        assert len(await complaints(tx, rated.id)) == 1
        # In the survey first: it stands on the page, and one complaint came of it.
        fresh = await ended(tx)
        found = await responses.open_response(tx, survey_id, ticket_id=fresh.id)
        found = await says(tx, found.id, "overall", score=2)
        rating = await tickets.SQL.rating_of(tx.connection, ticket_id=fresh.id)
        assert rating["score"] == 2
        assert rating["follow_up_id"] == found.opened_ticket_id
        assert len(await complaints(tx, rated.id)) == 2
        # Rated well there, and something was bad all the same.
        happy = await ended(tx)
        await owner_words.rate(tx, "link", happy, 5, "")
        found = await responses.open_response(tx, survey_id, ticket_id=happy.id)
        assert found.opened_ticket_id is None
        found = await says(tx, found.id, "in_time", choice="never")
        assert found.opened_ticket_id is not None
        assert len(await complaints(tx, rated.id)) == 3


async def test_a_response_that_is_over_opens_nothing_any_more(database: Database):
    async with database.transaction() as tx:
        survey_id = await published(tx, survey(question("csat", "all", bad_up_to=2)))
        ticket = await ended(tx)
        response = (await responses.open_response(tx, survey_id, ticket_id=ticket.id)).id
        await says(tx, response, "all", score=5)
        with pytest.raises(ResponseOver):
            await says(tx, response, "all", score=1)
        assert await complaints(tx, ticket.id) == []
