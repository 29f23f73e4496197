"""Years of history do not slow down what is live: short lists are not searched in the long ones."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from callcenter.calls.service import SQL as CALLS
from callcenter.messages.service import SQL as MESSAGES
from callcenter.routing.repository import SQL as ROUTING
from callcenter.staff.repository import SQL as STAFF
from callcenter.tickets.repository import SQL as TICKETS
from tests.conftest import Server
from tests.db.cast import CONTROL
from tests.db.plans import EXPLAIN_GENERIC, Explainer, Plan, take_out

STATION = UUID("01890000-0000-7000-8000-00000000000b")
FIRST_PAGE: dict[str, Any] = {"before_at": None, "before_id": None, "limit": 50}
Ask = Callable[[Any], Awaitable[Any]]

# The last three of each are live and the oldest: a walk from the newest meets them last.
HISTORY = f"""
create temp table past as select md5(g::text)::uuid as id, g, g > 19997 as live,
    now() - g * interval '1 minute' as at from generate_series(1, 20000) g;
insert into stations (id, code, kind, name_zh, name_en, province, lat, lon, workshop_hours,
                      rescue_hours)
values ('{STATION}', 'S', 'dealer', '站', 'S', 'LN', 41, 123, '24/7', '24/7');
insert into calls (id, carrier_ref, state, ringing_at)
select id, g, case when live then 'ringing' else 'ended' end, at from past;
insert into tickets (id, number, kind, stage, priority, opened_by, opened_at)
select id, g, 'rescue', case when live then 'dispatching' else 'closed' end, 2, 'x', at from past;
insert into ticket_places (id, ticket_id, lat, lon, source, source_datum)
select id, id, 41, 123, 'x', 'wgs84' from past;
insert into ladders (ticket_id, place_id, rung, urgent, deadline_at, began_at, ended_at)
select id, id, 'near', false, at, at, case when not live then at end from past;
insert into offers (id, ticket_id, station_id, place_id, round, rung, distance_m, made_by, state,
                    made_at, expires_at)
select id, id, '{STATION}', id, 1, 'near', 1, 'x',
       case when live then 'offered' else 'expired' end, at, at from past;
insert into alarms (id, kind, ticket_id, reason, raised_at, cleared_at, cleared_reason)
select id, 'k', id, 'r', at, case when not live then at end, case when not live then 'x' end
from past;
insert into messages (id, key, channel, recipient, language, purpose, body, ticket_id, created_at)
select id, g, 'text', '+86', 'zh', 'p', 'b', id, at from past;
analyze;
"""
LIVE: dict[str, tuple[str, Ask]] = {
    "calls": (
        "calls_live",
        lambda c: CALLS.list_live_calls(c, **FIRST_PAGE),
    ),
    "tickets": (
        "tickets_live",
        lambda c: TICKETS.list_live_tickets(c, kind=None, **FIRST_PAGE),
    ),
    "offers": (
        "offers_open_by_station",
        lambda c: ROUTING.open_offers_at_station(c, station_id=STATION, **FIRST_PAGE),
    ),
    "open_alarms": (
        "one_open_alarm_per_subject_and_kind",
        lambda c: STAFF.open_alarms_listed(c, ticket_id=None, **FIRST_PAGE),
    ),
    "alarms_of_a_ticket": (
        "alarms_by_ticket",
        lambda c: STAFF.alarms_listed(c, ticket_id=STATION, **FIRST_PAGE),
    ),
    "messages_of_a_ticket": (
        "messages_by_ticket",
        lambda c: MESSAGES.list_messages(c, drills=True, ticket_id=STATION, **FIRST_PAGE),
    ),
    "rescues_without_next_step": (
        "tickets_by_stage",
        lambda c: ROUTING.rescues_without_next_step(c, follow_up_s=300.0),
    ),
}
GENERIC = """
select coalesce(sum(generic_plans), 0) from pg_prepared_statements
where statement not like '%pg_prepared_statements%'
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def history(server: Server) -> Any:
    """The name of a database with a past."""
    name = await server.copy()
    connection = await asyncpg.connect(server.owner_dsn(name))
    await connection.execute(HISTORY)
    await connection.close()
    yield name
    await server.drop(name)


@pytest.mark.parametrize(
    ("index", "ask", "guarded"),
    [
        pytest.param(*case, guarded, id=f"{name}-{told}", marks=marks)
        for name, case in LIVE.items()
        for told, guarded, marks in (
            ("guarded", True, ()),
            ("control", False, CONTROL),
        )
    ],
)
async def test_what_is_live_is_found_without_walking_through_what_was(
    server: Server, history: str, index: str, ask: Ask, guarded: bool
) -> None:
    connection = await asyncpg.connect(server.owner_dsn(history))
    try:
        transaction = connection.transaction()
        await transaction.start()
        if not guarded:
            await take_out(connection, index)
        await found_by(index, ask, connection, generic=False)
        await transaction.rollback()
    finally:
        await connection.close()


async def found_by(index: str, ask: Ask, connection: asyncpg.Connection, *, generic: bool) -> None:
    (plan,) = await ask(Explainer(connection, generic=generic))
    assert isinstance(plan, Plan)
    assert (plan.scanned & {"calls", "tickets", "offers", "alarms", "messages"}) == set()
    assert index in plan.indexes, plan.nodes


# What is live of these has a query of its own: no value decides whether the index can serve.
OF_THEIR_OWN = ("tickets", "calls", "offers", "open_alarms", "rescues_without_next_step")
ASKED_AGAIN = [name for name in LIVE if name not in OF_THEIR_OWN]


@pytest.mark.parametrize(("index", "ask"), [LIVE[name] for name in OF_THEIR_OWN], ids=OF_THEIR_OWN)
async def test_with_its_values_forgotten_it_is_found_as_well(
    server: Server, history: str, index: str, ask: Ask
) -> None:
    connection = await asyncpg.connect(server.owner_dsn(history))
    try:
        await connection.execute(EXPLAIN_GENERIC)
        await found_by(index, ask, connection, generic=True)
    finally:
        await connection.close()


@pytest.mark.parametrize("ask", [LIVE[name][1] for name in ASKED_AGAIN], ids=ASKED_AGAIN)
async def test_asked_again_and_again_it_does_not_fall_back_on_a_blind_plan(
    server: Server, history: str, ask: Ask
) -> None:
    """A prepared statement may come to forget its values, and then the live ones' index."""
    connection = await asyncpg.connect(server.app_dsn(history))
    try:
        for _ in range(12):
            await ask(connection)
        assert await connection.fetchval(GENERIC) == 0
    finally:
        await connection.close()
