"""What a claim, a receipt or a desk waits for is looked up, whatever the tables have grown to."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from callcenter.messages.service import SQL as MESSAGES
from callcenter.outbound.campaigns.repository import SQL as CAMPAIGNS
from callcenter.outbound.dialling.repository import SQL as DIALLING
from callcenter.outbound.ledger.service import SQL as LEDGER
from callcenter.outbound.promises.times import SQL as PROMISES
from callcenter.outbound.texts_back.reading import SQL as TEXTS_BACK
from callcenter.outbound.touches.claim import SQL as TOUCHES
from tests.db.test_plans import Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]

ID = UUID("01890000-0000-7000-8000-00000000000a")
WINDOW = timedelta(days=30)
NOW = datetime.now(UTC)
MINE = {"staff_id": ID, "campaigns": [ID], "groups": ["desk"], "languages": ["zh"]}
LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "due_touches_of_a_bucket": (
        "touches_ready",
        lambda c: TOUCHES.lock_due_touches(
            c, buckets=[1, 2], way="text", each=50, most=200, campaigns=None, staff_id=None
        ),
    ),
    "due_calls_of_running_campaigns": (
        "touches_waiting",
        lambda c: TOUCHES.lock_due_calls(c, way="agent_call", most=1, campaigns=None, staff_id=ID),
    ),
    "what_waits_about_a_car": (
        "touches_of_car",
        lambda c: TOUCHES.waiting_about_cars(c, vehicle_ids=[ID]),
    ),
    "whether_his_car_has_come": (
        "visits_vehicle_id_visited_on_kind_work_order_key",
        lambda c: TOUCHES.needless_of(c, ids=[ID], done_by="{}", lately_days=30),
    ),
    "whether_his_car_is_booked": (
        "service_bookings_of_vehicle",
        lambda c: TOUCHES.needless_of(c, ids=[ID], done_by="{}", lately_days=30),
    ),
    "whether_a_run_is_over_for_an_owner": (
        "touches_run_id_owner_id_step_attempt_key",
        lambda c: TOUCHES.run_over_for(
            c, run_id=ID, owner_id=ID, ends_all=["booked"], dropped=["other"]
        ),
    ),
    "whose_tickets_were_closed_in_a_pause": (
        "tickets_closed_in_time",
        lambda c: CAMPAIGNS.closed_meanwhile(c, kind="rescue", since=NOW, days=7, campaign_id=ID),
    ),
    "whose_tickets_were_closed_lately": (
        "tickets_closed_in_time",
        lambda c: CAMPAIGNS.asked_after(c, kind="rescue", days=90, limit=100),
    ),
    "what_an_owner_heard_lately": (
        "contact_ledger_of_owner",
        lambda c: TOUCHES.touches_as_they_stand(c, ids=[ID], window=WINDOW),
    ),
    "his_open_tickets": (
        "tickets_by_owner",
        lambda c: TOUCHES.touches_as_they_stand(c, ids=[ID], window=WINDOW),
    ),
    "the_touch_of_a_message": (
        "touches_by_message",
        lambda c: TOUCHES.touch_of_message(c, message_id=ID),
    ),
    "what_dead_claimers_left": (
        "touches_under_way",
        lambda c: TOUCHES.lapsed_touches(c, lease_s=600, talk_s=7200, most=500),
    ),
    "the_owner_of_a_touch": ("touches_pkey", lambda c: TOUCHES.lock_owner_of_touch(c, id=ID)),
    "what_is_claimed": (
        "touches_pkey",
        lambda c: TOUCHES.claim_touches(c, ids=[ID], ledger_ids=[ID], at=NOW, by="one"),
    ),
    "what_is_put_off": (
        "touches_pkey",
        lambda c: TOUCHES.put_touches_off(
            c, ids=[ID], states=["ready"], reasons=["cap"], due_ats=[NOW], at=NOW
        ),
    ),
    "what_waited_for_its_campaign": (
        "touches_waiting",
        lambda c: TOUCHES.wake_touches(c, campaign_id=ID, most=5000),
    ),
    "what_a_stopped_campaign_leaves": (
        "touches_waiting",
        lambda c: TOUCHES.withdraw_touches(
            c, campaign_id=ID, reason="stopped", most=5000, promised_too=False
        ),
    ),
    "the_contact_of_a_touch": (
        "contact_ledger_touch_id_key",
        lambda c: TOUCHES.say_contact(c, touch_id=ID, state="said", words="", staff_id=None),
    ),
    "the_text_he_answers_to": (
        "contact_ledger_of_owner",
        lambda c: TOUCHES.last_text_to(c, owner_id=ID),
    ),
    "what_was_said_last": (
        "contact_ledger_of_owner",
        lambda c: LEDGER.last_contacts(c, owner_id=ID, limit=3),
    ),
    "calls_of_a_campaign_now": (
        "owner_calls_live",
        lambda c: DIALLING.owner_calls_now(c, campaign_id=ID),
    ),
    "who_found_no_agent_lately": (
        "owner_calls_answered",
        lambda c: DIALLING.answered_lately(c, campaign_id=ID, hours=720),
    ),
    "what_a_text_may_answer": (
        "contact_ledger_of_owner",
        lambda c: TEXTS_BACK.said_before(c, text_ids=[ID], owner_ids=[ID], ats=[NOW]),
    ),
    "whom_an_agent_has_before_him": (
        "owner_calls_call_id_key",
        lambda c: DIALLING.owner_call_before_agent(c, staff_id=ID),
    ),
    "whom_an_agent_looks_at": (
        "one_owner_call_per_agent",
        lambda c: DIALLING.owner_call_before_agent(c, staff_id=ID),
    ),
    "what_an_agent_has_promised": (
        "touches_promised",
        lambda c: DIALLING.promised_calls(c, staff_id=ID, limit=50),
    ),
    "how_many_owners_wait_for_an_agent": (
        "touches_to_call",
        lambda c: DIALLING.owners_due(c, **MINE, most=100, looked_at=500),
    ),
    "when_somebody_may_be_called_again": (
        "touches_to_call",
        lambda c: DIALLING.next_owner_due_at(c, campaigns=MINE["campaigns"]),
    ),
    "how_many_promises_wait_for_an_agent": (
        "touches_promised",
        lambda c: DIALLING.owners_due(c, **MINE, most=100, looked_at=500),
    ),
    "the_next_call_of_an_agent": (
        "touches_to_call",
        lambda c: TOUCHES.lock_calls_of_agent(c, **MINE),
    ),
    "the_next_promise_of_an_agent": (
        "touches_promised",
        lambda c: TOUCHES.lock_calls_of_agent(c, **MINE),
    ),
    "calls_whose_time_is_over": (
        "touches_calls_expire",
        lambda c: TOUCHES.lock_expired_calls(c, most=200),
    ),
    "whose_no_is_older_than_his_wish": (
        "consents_owner_id_channel_purpose_said_at_granted_evidence__key",
        lambda c: TOUCHES.asked_since_his_no(c, ids=[ID]),
    ),
    "tries_of_a_promise": ("touches_of_promise", lambda c: PROMISES.tries(c, id=ID)),
    "promises_that_are_late": (
        "promised_calls_open",
        lambda c: PROMISES.late(c, patience=WINDOW, limit=100),
    ),
    "promises_of_agents_that_are_late": (
        "touches_promised",
        lambda c: PROMISES.overdue_of_one_agent(c),
    ),
    "what_was_noted_in_the_call_before": (
        "owner_calls_touch_id_key",
        lambda c: DIALLING.noted_of_touch(c, touch_id=ID),
    ),
    "the_message_that_is_followed": (
        "messages_pkey",
        lambda c: MESSAGES.message_by_id(c, id=ID),
    ),
}
ORDERED: dict[str, tuple[str, Ask]] = {
    "texts_nobody_understood": (
        "inbound_texts_to_see_to",
        lambda c: MESSAGES.texts_not_understood(c, seen_to=False, before=None, limit=50),
    ),
    "promises_that_are_broken": (
        "promised_calls_broken",
        lambda c: PROMISES.broken(c, limit=100),
    ),
    "promises_that_nothing_keeps": (
        "promised_calls_open",
        lambda c: PROMISES.forgotten(c, most=500),
    ),
    "last_words": (
        "contact_ledger_of_owner",
        lambda c: LEDGER.last_contacts(c, owner_id=ID, limit=3),
    ),
    "contacts_of_an_owner": (
        "contact_ledger_of_owner",
        lambda c: LEDGER.contacts_of_owner(c, owner_id=ID, limit=50, before_at=NOW, before_id=ID),
    ),
}


@unknown_or_known
@each(LOOKED_UP)
async def test_it_is_looked_up_and_not_searched_for(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned == set()
    assert index in plan.conditions, plan.nodes


@pytest.mark.parametrize("case", ORDERED)
@unknown_or_known
async def test_the_newest_come_without_sorting(
    connection: asyncpg.Connection, case: str, generic: bool
) -> None:
    index, ask = ORDERED[case]
    plan = await planned(connection, index, ask, True, generic)
    assert (plan.scanned, plan.sorts) == (set(), False)
    assert "Incremental Sort" not in {node["Node Type"] for node in plan.nodes}
