"""The board and the shift's end stay quick, whatever the tables have grown to."""

from typing import Any

import asyncpg
import pytest

from callcenter.reports.http import SQL as REPORTS
from callcenter.tickets.handover.service import SQL as HANDOVER
from tests.db.test_plans import FIRST_PAGE, ID, Ask, connection, each, planned, unknown_or_known

__all__ = ["connection"]

FIRST: dict[str, Any] = {"after_at": None, "after_id": None, "limit": 50}
LISTS: dict[str, tuple[str, Ask]] = {
    "rescues": (
        "rescues_on_the_board",
        lambda c: REPORTS.rescues(c, stage="dispatching", **FIRST),
    ),
    "opened": ("tickets_newest", lambda c: REPORTS.opened_today(c, **FIRST_PAGE)),
    "closed": ("tickets_closed", lambda c: REPORTS.closed_today(c, **FIRST_PAGE)),
    "offers": ("offers_by_deadline", lambda c: REPORTS.offers(c, **FIRST)),
    "alarms": ("alarms_nobody_took", lambda c: REPORTS.alarms(c, **FIRST)),
    "handovers": ("shift_handovers_unseen", lambda c: REPORTS.handovers(c, **FIRST)),
    "received": (
        "shift_handovers_received",
        lambda c: HANDOVER.handovers_received(c, staff_id=ID, **FIRST_PAGE),
    ),
    "given": (
        "shift_handovers_given",
        lambda c: HANDOVER.handovers_given(c, staff_id=ID, **FIRST_PAGE),
    ),
    "tickets_held": (
        "tickets_live_by_assignee",
        lambda c: HANDOVER.tickets_held(c, staff_id=ID, limit=50),
    ),
    "alarms_held": (
        "alarms_of_colleague",
        lambda c: HANDOVER.alarms_held(c, taken_by=f"staff:{ID}", limit=50),
    ),
}
COUNTED = {
    *("rescues_on_the_board", "tickets_newest", "tickets_closed", "offers_by_deadline"),
    *("alarms_nobody_took", "shift_handovers_unseen", "events_by_order"),
}


@unknown_or_known
@each(LISTS)
async def test_a_list_s_first_page_walks_its_index(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert (plan.scanned - {"staff_users"}, plan.sorts) == (set(), False)
    assert index in plan.indexes


@unknown_or_known
async def test_every_figure_is_counted_by_an_index(
    connection: asyncpg.Connection, generic: bool
) -> None:
    plan = await planned(connection, "", REPORTS.board, True, generic)
    assert plan.scanned - {"staff_users"} == set()
    assert plan.indexes >= COUNTED - {"offers_by_deadline"}


@pytest.mark.parametrize("index", sorted(COUNTED - {"events_by_order", "offers_by_deadline"}))
async def test_without_it_more_is_read(connection: asyncpg.Connection, index: str) -> None:
    plan = await planned(connection, index, REPORTS.board, False, False)
    assert index not in plan.indexes
