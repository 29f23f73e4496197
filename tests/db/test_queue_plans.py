"""What a waiting caller waits for looks things up by an index, whatever the queue has grown to."""

from datetime import timedelta

import asyncpg
import pytest

from callcenter.calls.agents.repository import SQL as SEATS
from callcenter.calls.control.repository import SQL as CONTROL
from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.reports.hotline import SQL as REPORTS
from tests.db.test_plans import AGO, ID, Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]

NUMBER = "+8613800138000"
WITHIN = timedelta(seconds=15)
LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "the_next": ("queue_turn", lambda c: QUEUE.lock_waiting(c, limit=200)),
    "all_who_wait": ("queue_turn", lambda c: QUEUE.list_queue(c, limit=200)),
    "how_many_before": (
        "queue_turn",
        lambda c: QUEUE.count_ahead(c, group_name="rescue", turn_at=AGO, id=ID),
    ),
    "all_places_of_a_call": (
        "queue_entries_by_call",
        lambda c: QUEUE.places_of_call(c, call_id=ID),
    ),
    "whom_he_spoke_to_last": ("calls_last_agent", lambda c: QUEUE.last_agent(c, caller=NUMBER)),
    "the_pace_of_a_group": (
        "queue_answered",
        lambda c: QUEUE.pace(c, group_name="rescue", roles=["agent"]),
    ),
    "the_hotline_s_day": ("queue_entries_by_time", lambda c: REPORTS.hotline(c, within=WITHIN)),
    "the_calls_of_a_figure": (
        "queue_entries_by_time",
        lambda c: REPORTS.hotline_calls(
            c, outcome="late", within=WITHIN, before_at=None, before_id=None, limit=50
        ),
    ),
    "who_is_on_the_line": ("call_legs_live", lambda c: CONTROL.is_on_switch(c, call_id=ID)),
    "the_course_of_a_call": ("call_legs_by_call", lambda c: CONTROL.legs_of_call(c, call_id=ID)),
    "what_desks_wanted": ("call_orders_by_call", lambda c: CONTROL.orders_of_call(c, call_id=ID)),
    "the_seat_of_a_call": ("one_agent_per_call", lambda c: SEATS.lock_seat_of_call(c, call_id=ID)),
}


@unknown_or_known
@each(LOOKED_UP)
async def test_it_is_looked_up_and_not_searched_for(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned - {"seats", "staff_users", "agent_profiles"} == set()
    assert index in plan.indexes


ONLY_WHO_WAITS: dict[str, Ask] = {
    "the_call_s_place": lambda c: QUEUE.lock_place_of_call(c, call_id=ID),
    "his_call_back": lambda c: QUEUE.claim_call_back(c, caller=NUMBER, group_name="rescue"),
}


@pytest.mark.parametrize("ask", ONLY_WHO_WAITS.values(), ids=ONLY_WHO_WAITS)
async def test_among_those_who_wait_and_not_among_all_that_ever_did(
    connection: asyncpg.Connection, ask: Ask
) -> None:
    plan = await planned(connection, "", ask, True, False)
    live = {"queue_turn", "one_place_per_call", "one_call_back_per_caller", "queue_entries_by_dial"}
    assert plan.scanned == set()
    assert plan.indexes
    assert plan.indexes <= live
