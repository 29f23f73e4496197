"""What a condition asks of other tables is looked up by time there, however long they have grown; of
the cars' own rows all are read."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from callcenter.outbound.audiences.compiled import Compiled
from callcenter.outbound.audiences.formula import formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.spans import days_of
from tests.db.test_plans import Ask, connection, each, planned, unknown_or_known
from tests.outbound.audiences.trees import rule

__all__ = ["connection"]

STATION = "01890000-0000-7000-8000-00000000000a"
AT = At(datetime.now(UTC), days_of())


def asks(**condition: Any) -> Ask:
    asked = formula(rule({"kind": "all", "of": [condition]}), AT, {})
    values = Values()
    text = f"select count(*) from {Compiled(asked, values).source()}"
    return lambda connection: connection.fetch(text, *values.given)


LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "visits_at_a_station": (
        "visits_in_time",
        asks(kind="last_visit", when="within", days=90, station_ids=[STATION]),
    ),
    "sums_of_odd_months": (
        "visits_in_time",
        asks(kind="visit_amount", months=13, compared="at_least", yuan=5000),
    ),
    "tickets_opened": (
        "tickets_opened_in_time",
        asks(kind="ticket", what="opened", within_days=90, ticket_kinds=["complaint"]),
    ),
    "tickets_closed": (
        "tickets_closed_in_time",
        asks(kind="ticket", what="closed", within_days=90, ticket_kinds=["complaint"]),
    ),
    "ratings": ("ticket_ratings_in_time", asks(kind="rating", at_most=2, within_days=90)),
    "contacts": ("contact_ledger_in_time", asks(kind="contacted", within_days=30)),
}
OF_THE_ROW: dict[str, Ask] = {
    "sums_of_a_year": asks(kind="visit_amount", months=12, compared="at_least", yuan=5000),
    "visits_of_two_years": asks(kind="visit_count", months=24, compared="at_most", number=1),
    "last_repair": asks(kind="last_visit", when="longer_ago", days=365, visit_kinds=["repair"]),
    "no_repair_yet": asks(kind="never_came", visit_kinds=["repair"]),
}


@unknown_or_known
@each(LOOKED_UP)
async def test_the_past_is_looked_up_by_time(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned <= {"audience_cars"}
    assert index in plan.conditions, plan.nodes


@pytest.mark.parametrize("case", OF_THE_ROW)
async def test_what_stands_on_the_row_is_read_there(
    connection: asyncpg.Connection, case: str
) -> None:
    plan = await planned(connection, "", OF_THE_ROW[case], True, False)
    tables = {node["Relation Name"] for node in plan.nodes if "Relation Name" in node}
    assert tables == {"audience_cars"}
