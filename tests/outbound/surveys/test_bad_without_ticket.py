"""A bad answer in a campaign that goes by an audience is about what was closed last, or nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from callcenter.customers import service as customers
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import follow_up, responses
from callcenter.outbound.surveys.results.reading import counted
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Kind, Ticket
from tests.outbound.surveys.cast import published, question, says, survey

ASKED = survey(question("csat", "all", bad_up_to=2), question("text", "more"))


async def closed(
    tx: Tx, owner_id: UUID, kind: Kind = Kind.RESCUE, ago: timedelta = timedelta(), **more: Any
) -> Ticket:
    """A ticket of his that was closed so long ago."""
    stage = more.pop("stage", "closed")
    drill = more.pop("drill", False)
    ticket = await ticket_verbs.open_ticket(
        tx, "test", kind=kind, particulars={}, owner_id=owner_id, drill=drill, **more
    )
    await tx.connection.execute(
        "update tickets set stage = $2, closed_at = now() - $3::interval where id = $1",
        *(ticket.id, stage, ago),
    )
    return ticket


async def owner(tx: Tx) -> UUID:
    return (await customers.add_owner(tx, "test", name="王芳", phones=["13800138000"])).id


async def answers_badly(tx: Tx, owner_id: UUID, **whom: Any) -> Any:
    """As a touch of an audience asks him: about no ticket."""
    survey_id = await published(tx, ASKED)
    response = await responses.open_response(tx, survey_id, owner_id=owner_id, **whom)
    return await says(tx, response.id, "all", score=1, words="太慢了")


async def complaint_of(tx: Tx, found: Any) -> Ticket:
    assert found.opened_ticket_id is not None
    return await tickets.get(tx, found.opened_ticket_id)


async def test_it_is_about_the_rescue_or_complaint_that_was_closed_last(database: Database):
    async with database.transaction() as tx:
        his = await owner(tx)
        await closed(tx, his, ago=timedelta(days=20))
        last = await closed(tx, his, Kind.COMPLAINT, ago=timedelta(days=3))
        await closed(tx, his, Kind.ENQUIRY)
        found = await answers_badly(tx, his)
        complaint = await complaint_of(tx, found)
        assert (complaint.kind, complaint.owner_id) == (Kind.COMPLAINT, his)
        assert last.number in complaint.summary
        assert "太慢了" in complaint.summary
        asked = await tx.connection.fetchval(
            "select facts ->> 'asked_about' from events where kind = 'survey.followed_up'"
        )
        assert UUID(asked) == last.id
        assert await tx.connection.fetchval("select kind from alarms") == follow_up.ANSWERED_BADLY
        # Said worse, and said to its end: it stays one.
        await says(tx, found.id, "all", score=2)
        again = await says(tx, found.id, "more", text="请回电")
        assert again.opened_ticket_id == complaint.id
        assert again.ticket_id is None


@pytest.mark.parametrize(
    "what",
    [
        {"ago": timedelta(days=31)},
        {"kind": Kind.ENQUIRY},
        {"stage": "cancelled"},
        {"drill": True},
    ],
    ids=["long_ago", "enquiry", "cancelled", "drill"],
)
async def test_about_nothing_it_opens_nothing_and_counts_all_the_same(
    database: Database, what: dict[str, Any]
):
    async with database.transaction() as tx:
        his = await owner(tx)
        await closed(tx, his, **what)
        found = await answers_badly(tx, his)
        assert found.opened_ticket_id is None
        (first, _) = await counted(tx, found.survey_id)
        assert (first.partial.values, first.bad) == ({1: 1}, 1)


async def test_nobody_known_has_nothing_that_it_is_about(database: Database):
    """By the link that anybody may use."""
    async with database.transaction() as tx:
        await closed(tx, await owner(tx))
        survey_id = await published(tx, ASKED)
        response = await responses.open_response(tx, survey_id)
        found = await says(tx, response.id, "all", score=1)
        assert found.opened_ticket_id is None


@pytest.mark.parametrize("asked_about", ["own", "other"])
async def test_asked_about_one_car_it_is_not_about_another(database: Database, asked_about: str):
    async with database.transaction() as tx:
        his = await owner(tx)
        cars = {
            name: (await customers.add_vehicle(tx, "test", {"plate": plate})).id
            for name, plate in (("own", "辽A10001"), ("other", "辽A10002"))
        }
        rescue = await closed(tx, his, vehicle_id=cars["own"], ago=timedelta(days=1))
        found = await answers_badly(tx, his, vehicle_id=cars[asked_about])
        assert (found.opened_ticket_id is not None) is (asked_about == "own")
        if asked_about == "own":
            complaint = await complaint_of(tx, found)
            assert rescue.number in complaint.summary
            assert complaint.vehicle_id == cars["own"]


async def test_a_late_answer_is_about_what_was_closed_before_he_was_asked(database: Database):
    """Asked five days ago, when it was closed for four weeks."""
    async with database.transaction() as tx:
        his = await owner(tx)
        await closed(tx, his, ago=timedelta(days=33))
        survey_id = await published(tx, ASKED)
        response = await responses.open_response(tx, survey_id, owner_id=his)
        await tx.connection.execute(
            "update survey_responses set opened_at = now() - interval '5 days'"
        )
        found = await says(tx, response.id, "all", score=1)
        assert found.opened_ticket_id is not None
