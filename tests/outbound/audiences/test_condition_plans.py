"""What a condition asks of other tables is looked up by time, however long they have grown."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.audiences.compiled import Compiled, fragment_of
from callcenter.outbound.audiences.formula import Formula, formula
from callcenter.outbound.audiences.fragments import Values
from callcenter.outbound.audiences.gate import gate_of
from callcenter.outbound.audiences.judged import judged
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.spans import days_of
from callcenter.outbound.model import Way
from callcenter.outbound.policies.shelf import pack
from tests.db.test_plans import Ask, connection, each, planned, unknown_or_known
from tests.outbound.audiences.trees import rule

__all__ = ["connection"]

STATION = "01890000-0000-7000-8000-00000000000a"
AT = At(datetime.now(UTC), days_of())


def asked_of(**condition: Any) -> tuple[Formula, Values]:
    return formula(rule({"kind": "all", "of": [condition]}), AT, {}), Values()


def finds(**condition: Any) -> Ask:
    """The condition's own set, without the rows it is asked of."""
    asked, values = asked_of(**condition)
    (one,) = asked.asked()
    _, text = fragment_of(one, one.atoms[0], values)
    return lambda connection: connection.fetch(text, *values.given)


def asks(**condition: Any) -> Ask:
    asked, values = asked_of(**condition)
    text = f"select count(*) from {Compiled(asked, values).source()}"
    return lambda connection: connection.fetch(text, *values.given)


LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "visits_at_a_station": (
        "visits_in_time",
        finds(kind="last_visit", when="within", days=90, station_ids=[STATION]),
    ),
    "sums_of_odd_months": (
        "visits_in_time",
        finds(kind="visit_amount", months=13, compared="at_least", yuan=5000),
    ),
    "tickets_opened": (
        "tickets_opened_in_time",
        finds(kind="ticket", what="opened", within_days=90, ticket_kinds=["complaint"]),
    ),
    "ratings": ("ticket_ratings_in_time", finds(kind="rating", at_most=2, within_days=90)),
    "promises": ("promised_calls_in_time", finds(kind="promise", which="broken", within_days=30)),
    "contacts": ("contact_ledger_in_time", finds(kind="contacted", within_days=30)),
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
    assert plan.scanned == set()
    assert index in plan.conditions, plan.nodes


@pytest.mark.parametrize("case", OF_THE_ROW)
async def test_what_stands_on_the_row_is_read_there(
    connection: asyncpg.Connection, case: str
) -> None:
    plan = await planned(connection, "", OF_THE_ROW[case], True, False)
    tables = {node["Relation Name"] for node in plan.nodes if "Relation Name" in node}
    assert tables == {"audience_cars"}


async def test_how_everybody_stands_is_asked_of_open_cases_and_the_last_weeks(
    connection: asyncpg.Connection,
) -> None:
    asked, values = asked_of(kind="tier", any_of=[1])
    gate = gate_of(pack("cn", datetime.now(UTC)), Purpose.MARKETING, [Way.TEXT])
    how = judged(gate, asked, values)
    text = (
        f"select {how.stands} from (select gen_random_uuid() as owner_id, 6 as way) m {how.joins}"
    )
    plan = await planned(
        connection, "", lambda asking: asking.fetch(text, *values.given), True, False
    )
    assert plan.scanned == set()
    assert plan.indexes == {"tickets_open_cases", "contact_ledger_in_time"}
