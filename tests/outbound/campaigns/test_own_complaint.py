"""After a rescue he was asked twice and was not content: his complaint is called back about."""

from typing import Any

import pytest

from callcenter.customers.consents.model import Purpose
from callcenter.db.database import Database
from callcenter.outbound.campaigns.model import CampaignKind as Kind
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.model import Way
from callcenter.tickets.model import Kind as TicketKind
from tests.outbound.campaigns.test_after_a_ticket import asks, closes, opened
from tests.outbound.scene import Scene, claim_all

ASKED_TWICE = """
insert into contact_ledger (id, owner_id, channel, purpose, at, state, outcome)
select gen_random_uuid(), id, way, 'satisfaction', now() - interval '2 days', 'said', 'answered'
from owners, unnest(array['text', 'agent_call']) way
"""
AS_A_SURVEY = pytest.param(
    Purpose.SATISFACTION, marks=pytest.mark.xfail(strict=True, raises=AssertionError), id="control"
)


@pytest.mark.parametrize("purpose", [template(Kind.COMPLAINT_CALL_BACK).purpose, AS_A_SURVEY])
async def test_he_is_called_back_however_often_he_was_asked(
    scene: Scene, database: Database, monkeypatch: pytest.MonkeyPatch, purpose: Any
):
    usual = template(Kind.COMPLAINT_CALL_BACK).model_copy(update={"purpose": purpose})
    monkeypatch.setattr("tests.outbound.campaigns.test_after_a_ticket.template", lambda _: usual)
    await asks(database, Kind.COMPLAINT_CALL_BACK)
    complaint = await opened(database, TicketKind.COMPLAINT)
    await scene.connection.execute(ASKED_TWICE)
    await scene.connection.execute("update tickets set stage = 'closed', closed_at = now()")
    await closes(database, complaint)
    called = await claim_all(database, Way.AGENT_CALL)
    assert [one.ticket_id for one in called] == [complaint.id]


def test_asking_how_a_rescue_went_is_a_survey_and_answering_a_complaint_is_owed():
    assert template(Kind.RESCUE_FOLLOW_UP).purpose is Purpose.SATISFACTION
    assert template(Kind.COMPLAINT_CALL_BACK).purpose is Purpose.CONTRACT
