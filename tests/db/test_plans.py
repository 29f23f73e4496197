"""What a call waits for is looked up in an index, whatever the tables have grown to.

Each case is planned with its values known and unknown, and once without the index.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

from callcenter.calls.service import SQL as CALLS
from callcenter.customers.service import SQL as CUSTOMERS
from callcenter.db.events import SQL as LOG
from callcenter.messages.many import AT_ONCE, SEND_MANY
from callcenter.messages.service import SQL as MESSAGES
from callcenter.places.repository import SQL as PLACES
from callcenter.reports.http import SQL as REPORTS
from callcenter.routing.duty.service import SQL as DUTY
from callcenter.routing.repository import SQL as ROUTING
from callcenter.staff.repository import SQL as STAFF
from callcenter.stations.repository import SQL as STATIONS
from callcenter.telephony.flow.repository import SQL as CALL_FLOW
from callcenter.telephony.recordings.left import SQL as LEFT
from callcenter.telephony.recordings.repository import SQL as RECORDINGS
from callcenter.telephony.simulator.service import SQL as SIMULATOR
from callcenter.tickets.repository import SQL as TICKETS
from callcenter.web.repository import SQL as WEB
from tests.conftest import Server
from tests.db.cast import CONTROL
from tests.db.plans import EXPLAIN_GENERIC, INDEXES_ONLY, Explainer, Plan, take_out

TEMPLATE = "template_callcenter"
ID = UUID("01890000-0000-7000-8000-00000000000a")
FIRST_PAGE: dict[str, Any] = {"before_at": None, "before_id": None, "limit": 50}
EVER: dict[str, Any] = {"since": None, "until": None}
BEGINNING = {"first": "8000", "behind": "8000\U0010ffff", "limit": 21}
KEPT_FOR = {"shortest_days": 30, "talk_days": 30, "complaint_days": 90, "message_days": 30}
STATION_FILTERS = ("province", "simulated", "kind", "suspended", "search")
AUDIT_FILTERS = ("actor", "kind", "ticket_id", "station_id", "since", "until")
Ask = Callable[[Any], Awaitable[Any]]


async def due_jobs(connection: Any) -> Any:
    """The worker's look into the queue."""
    query = QueryQueueBuilder().build_dequeue_query(
        batch_size=50,
        entrypoints=["routing.expire_offer", SEND_MANY],
        concurrency_limits=[0, AT_ONCE],
        queue_manager_id=ID,
        global_concurrency_limit=None,
        heartbeat_timeout=timedelta(seconds=5),
    )
    return await connection.fetch(query.sql, *query.args)


BOX = {"south": 41.0, "north": 42.0, "west": 123.0, "east": 124.0, "at": datetime.now(UTC)}
AGO = datetime.now(UTC) - timedelta(hours=12)
LIKE: dict[str, Any] = {
    "id": ID,
    "drill": False,
    "vehicle_ids": [ID],
    "plates": ["辽A12345"],
    "phones": ["+8613800138000"],
    "owner_ids": [ID],
    "since": AGO,
    "near_since": AGO,
    "near_until": datetime.now(UTC),
    "ended_s": 7200.0,
    "limit": 60,
} | {side: BOX[side] for side in ("south", "north", "west", "east")}
LOOKED_UP: dict[str, tuple[str, Ask]] = {
    "owner_by_phone": (
        "contact_points_e164_key",
        lambda c: CUSTOMERS.owners_by_phone(c, e164="+8613800138000"),
    ),
    "owners_who_share_the_phone": (
        "owner_contact_points_by_number",
        lambda c: CUSTOMERS.owners_by_phone(c, e164="+8613800138000"),
    ),
    "names_of_those_who_ring": (
        "contact_points_e164_key",
        lambda c: CUSTOMERS.names_by_phones(c, lines=["+8613800138000", "+8613800138001"]),
    ),
    "calls_of_the_owners_numbers": (
        "calls_by_caller",
        lambda c: CALLS.calls_of_owner(c, owner_id=ID, live=False, **EVER, **FIRST_PAGE),
    ),
    "calls_about_the_owners_tickets": (
        "calls_by_ticket",
        lambda c: CALLS.calls_of_owner(c, owner_id=ID, live=False, **EVER, **FIRST_PAGE),
    ),
    "calls_of_one_number": (
        "calls_by_caller",
        lambda c: CALLS.calls_of_number(
            c, caller="+8613800138000", live=False, **EVER, **FIRST_PAGE
        ),
    ),
    "where_a_call_stands_in_its_flow": (
        "flow_positions_pkey",
        lambda c: CALL_FLOW.position(c, call_id=ID),
    ),
    "recordings_of_a_call": (
        "recordings_of_call",
        lambda c: RECORDINGS.recordings_of_call(c, call_id=ID),
    ),
    "recordings_of_a_ticket": (
        "calls_by_ticket",
        lambda c: RECORDINGS.recordings_of_ticket(c, ticket_id=ID),
    ),
    "recordings_left_in_the_spool": (
        "call_recordings_spool_key",
        lambda c: RECORDINGS.known_spools(c, spools=["x"]),
    ),
    "recordings_past_their_time": (
        "recordings_by_age",
        lambda c: RECORDINGS.expired(c, **KEPT_FOR, limit=100),
    ),
    "by_which_group_a_call_came": (
        "queue_entries_by_call",
        lambda c: RECORDINGS.group_of_call(c, call_id=ID),
    ),
    "whose_page_holds_a_call": (
        "simulated_calls_pkey",
        lambda c: SIMULATOR.holder(c, call_id=ID),
    ),
    "calls_of_some_days": (
        "calls_newest",
        lambda c: CALLS.calls_between(c, since=AGO, until=AGO, live=False, **FIRST_PAGE),
    ),
    "the_list_of_owners": (
        "owners_pkey",
        lambda c: CUSTOMERS.list_owners(c, before=ID, limit=50),
    ),
    "owners_found": ("owners_pkey", lambda c: CUSTOMERS.owners_by_id(c, ids=[ID])),
    "owner_of_the_pane": ("owners_pkey", lambda c: CUSTOMERS.get_owner(c, id=ID)),
    "vehicles_of_the_owners": (
        "owner_vehicles_pkey",
        lambda c: CUSTOMERS.vehicles_of(c, owner_ids=[ID]),
    ),
    "car_by_plate": (
        "vehicles_by_plate",
        lambda c: CUSTOMERS.vehicles_by_plate(c, plate="辽A12345"),
    ),
    "car_by_vin": ("vehicles_vin_key", lambda c: CUSTOMERS.vehicles_by_vin(c, vin="LYX")),
    "owners_by_name": (
        "owner_name_keys_pkey",
        lambda c: CUSTOMERS.owners_by_name(c, **BEGINNING),
    ),
    "owners_by_the_end_of_a_number": (
        "contact_points_by_end",
        lambda c: CUSTOMERS.owners_by_phone_end(c, **BEGINNING),
    ),
    "cars_by_the_beginning_of_a_plate": (
        "vehicles_by_plate_start",
        lambda c: CUSTOMERS.vehicles_by_plate_start(c, **BEGINNING),
    ),
    "cars_by_a_plate_without_its_province": (
        "vehicles_by_plate_rest",
        lambda c: CUSTOMERS.vehicles_by_plate_rest(c, **BEGINNING),
    ),
    "cars_by_the_end_of_a_vin": (
        "vehicles_by_vin_end",
        lambda c: CUSTOMERS.vehicles_by_vin_end(c, **BEGINNING),
    ),
    "owners_of_cars": (
        "owner_vehicles_by_vehicle",
        lambda c: CUSTOMERS.owners_of_vehicles(c, vehicle_ids=[ID], limit=21),
    ),
    "tickets_by_name": (
        "ticket_name_keys_pkey",
        lambda c: TICKETS.tickets_by_name(c, **BEGINNING),
    ),
    "tickets_by_the_end_of_a_number": (
        "tickets_by_phone_end",
        lambda c: TICKETS.tickets_by_phone_end(c, **BEGINNING),
    ),
    "rescues_by_the_beginning_of_a_plate": (
        "rescues_by_plate_start",
        lambda c: TICKETS.rescues_by_plate_start(c, **BEGINNING),
    ),
    "rescues_by_a_plate_without_its_province": (
        "rescues_by_plate_rest",
        lambda c: TICKETS.rescues_by_plate_rest(c, **BEGINNING),
    ),
    "tickets_of_the_owners_found": (
        "tickets_by_owner",
        lambda c: TICKETS.tickets_of_found(c, owner_ids=[ID], vehicle_ids=[ID], limit=21),
    ),
    "tickets_of_the_cars_found": (
        "tickets_by_vehicle",
        lambda c: TICKETS.tickets_of_found(c, owner_ids=[ID], vehicle_ids=[ID], limit=21),
    ),
    **{
        f"what_a_caller_has_open_{name}": (
            index,
            lambda c: TICKETS.live_of_caller(
                c, phone="+8613800138000", owner_ids=[ID], vehicle_ids=[ID]
            ),
        )
        for name, index in (
            ("by_phone", "tickets_live_by_phone"),
            ("by_owner", "tickets_by_owner"),
            ("by_car", "tickets_by_vehicle"),
        )
    },
    "changes_of_a_ticket": (
        "ticket_changes_by_ticket",
        lambda c: TICKETS.changes_of(c, ticket_id=ID),
    ),
    "readers_of_a_ticket": (
        "ticket_readers_pkey",
        lambda c: TICKETS.readers_of(c, ticket_id=ID, gone_s=9.0),
    ),
    "ticket_by_number": (
        "tickets_number_key",
        lambda c: TICKETS.get_by_number(c, number="R100000"),
    ),
    "messages_of_a_ticket": (
        "messages_by_ticket",
        lambda c: MESSAGES.messages_of_ticket(c, ticket_id=ID, limit=100),
    ),
    "part_a_receipt_names": (
        "message_parts_by_provider",
        lambda c: MESSAGES.part_by_provider_id(c, carrier="smpp", provider_id="C1"),
    ),
    "part_without_an_answer": (
        "message_parts_without_answer",
        lambda c: MESSAGES.part_by_reference(
            c, carrier="smpp", reference=7, recipient="+8613800138000"
        ),
    ),
    "parts_of_a_message": (
        "message_parts_pkey",
        lambda c: MESSAGES.settle_message(c, id=ID),
    ),
    "receipt_before_its_answer": (
        "early_receipts_pkey",
        lambda c: MESSAGES.take_early_receipt(c, carrier="smpp", provider_id="C1"),
    ),
    "receipts_to_forget": (
        "early_receipts_by_time",
        lambda c: MESSAGES.purge_early_receipts(c),
    ),
    "places_of_a_ticket": (
        "ticket_places_by_ticket",
        lambda c: TICKETS.places_of(c, ticket_id=ID),
    ),
    "posts_around_a_kilometre": (
        "road_posts_pkey",
        lambda c: PLACES.posts_around(c, road="G15", metres=12_500),
    ),
    "the_post_nearest_to_a_city": (
        "road_posts_pkey",
        lambda c: PLACES.post_nearest(c, road="G15", lat=31.2, lon=121.5),
    ),
    "a_thing_whose_road_nobody_said": (
        "road_posts_by_feature",
        lambda c: PLACES.features_called(c, road=None, feature="鞍山服务区"),
    ),
    "the_gate_before_the_car": (
        "road_features",
        lambda c: PLACES.entries_below(c, road="G15", metres=12_500, kinds="收费站"),
    ),
    "an_answer_of_a_geocoder": (
        "geocode_answers_pkey",
        lambda c: PLACES.geocode_answer(c, provider="amap", asked="x", days=30),
    ),
    "like_rescues_by_car": ("tickets_by_vehicle", lambda c: TICKETS.like_candidates(c, **LIKE)),
    "like_rescues_by_plate": ("rescues_by_plate", lambda c: TICKETS.like_candidates(c, **LIKE)),
    "like_rescues_by_phone": ("rescues_by_phone", lambda c: TICKETS.like_candidates(c, **LIKE)),
    "like_rescues_by_owner": ("tickets_by_owner", lambda c: TICKETS.like_candidates(c, **LIKE)),
    "like_rescues_by_place": (
        "ticket_places_by_time",
        lambda c: TICKETS.like_candidates(c, **LIKE),
    ),
    "told_apart": ("like_tickets_by_other", lambda c: TICKETS.told_apart_from(c, id=ID)),
    "merges_into": (
        "ticket_merges_by_survivor",
        lambda c: TICKETS.merges_into(c, survivor_id=ID),
    ),
    "merge_of": ("one_merge_per_ticket", lambda c: TICKETS.live_merge_of(c, merged_id=ID)),
    "location_link": (
        "location_links_token_hash_key",
        lambda c: TICKETS.find_link(c, token_hash=b"x"),
    ),
    "tickets_opened_this_week": ("tickets_newest", REPORTS.hours),
    "tickets_ended_this_week": ("tickets_closed", REPORTS.hours),
    "timeline": ("events_by_ticket", lambda c: LOG.events_of_ticket(c, ticket_id=ID)),
    "events_after_the_cursor": (
        "events_by_order",
        lambda c: LOG.events_after(c, xid="5", seq=5, limit=100),
    ),
    "stations_touched_behind_a_cursor": (
        "events_by_order",
        lambda c: LOG.stations_touched(c, xid="5", seq=5, limit=501),
    ),
    "stations_proposed": (
        "stations_pkey",
        lambda c: STATIONS.stations_by_id(c, station_ids=[ID], at=BOX["at"]),
    ),
    "events_not_settled": ("events_by_order", lambda c: WEB.unsettled_events(c)),
    "jobs_of_a_station_today": (
        "dispatches_by_station",
        lambda c: ROUTING.dispatches_since(c, station_id=ID, since=AGO, limit=100),
    ),
    "answers_of_a_station": (
        "offers_by_station",
        lambda c: ROUTING.answers_of_station(c, station_id=ID, days=7),
    ),
    "rating_of_a_ticket": ("ticket_ratings_pkey", lambda c: TICKETS.rating_of(c, ticket_id=ID)),
    "proofs_of_a_ticket": (
        "dispatch_files_pkey",
        lambda c: ROUTING.proofs_of(c, ticket_id=ID),
    ),
    "offers_of_a_station": (
        "offers_by_station",
        lambda c: ROUTING.offers_at_station(c, station_id=ID, **FIRST_PAGE),
    ),
    "open_offers_by_station": (
        "offers_open_by_station",
        lambda c: ROUTING.open_offers_by_station(c, station_ids=[ID]),
    ),
    "duty_call_on_switch": (
        "duty_calls_by_switch_call",
        lambda c: DUTY.duty_call_on_switch(c, switch_call="out.1"),
    ),
    "offers_to_ring": (
        "offers_by_deadline",
        lambda c: DUTY.offers_to_ring(
            c, after_s=15, least_s=3, pause_s=3, station_id=None, most=2, again=["busy"], limit=50
        ),
    ),
    "live_dispatch": (
        "one_station_per_rescue",
        lambda c: ROUTING.live_dispatch(c, ticket_id=ID),
    ),
    "busy_trucks": ("one_rescue_per_truck", lambda c: ROUTING.busy_trucks(c, truck_ids=[ID])),
    "stations_around": ("stations_by_place", lambda c: STATIONS.stations_in_box(c, **BOX)),
    "roster_of_each": ("duty_roster_by_station", lambda c: STATIONS.stations_in_box(c, **BOX)),
    "trucks_of_the_stations": (
        "trucks_by_station",
        lambda c: STATIONS.trucks_of(c, station_ids=[ID]),
    ),
    "session": (
        "sessions_token_hash_key",
        lambda c: STAFF.find_session(c, token_hash=b"x", touch_s=60, idle_s=60, absolute_s=60),
    ),
    "machine_token": (
        "machine_tokens_token_hash_key",
        lambda c: STAFF.find_token(c, token_hash=b"x"),
    ),
}
ORDERED: dict[str, tuple[str, Ask]] = {
    "recordings_under_way": ("recordings_running", lambda c: RECORDINGS.running(c, limit=100)),
    "left_messages": ("left_messages_newest", lambda c: LEFT.left_messages(c, **FIRST_PAGE)),
    "left_messages_to_be_dealt_with": (
        "left_messages_open",
        lambda c: LEFT.open_left_messages(c, **FIRST_PAGE),
    ),
    "desk": (
        "tickets_newest",
        lambda c: TICKETS.list_tickets(c, **FIRST_PAGE),
    ),
    "tickets_not_ended": (
        "tickets_live",
        lambda c: TICKETS.list_live_tickets(c, kind=None, **FIRST_PAGE),
    ),
    "tickets_of_a_kind": (
        "tickets_by_kind",
        lambda c: TICKETS.list_tickets_of_kind(c, kind="rescue", **FIRST_PAGE),
    ),
    "tickets_in_a_stage": (
        "tickets_by_stage",
        lambda c: TICKETS.list_tickets_in_stage(c, stage="opened", kind=None, **FIRST_PAGE),
    ),
    "tickets_of_a_colleague": (
        "tickets_by_assignee",
        lambda c: TICKETS.list_tickets_of_assignee(c, assignee_id=ID, stage=None, **FIRST_PAGE),
    ),
    "tickets_of_a_kind_of_a_colleague": (
        "tickets_by_assignee_and_kind",
        lambda c: TICKETS.list_tickets_of_assignee_and_kind(
            c, assignee_id=ID, kind="rescue", stage=None, **FIRST_PAGE
        ),
    ),
    "tickets_a_colleague_has_open": (
        "tickets_live_by_assignee",
        lambda c: TICKETS.list_live_tickets_of_assignee(
            c, assignee_id=ID, kind=None, stage=None, **FIRST_PAGE
        ),
    ),
    "tickets_of_an_owner": (
        "tickets_by_owner",
        lambda c: TICKETS.list_tickets_of_owner(
            c, owner_id=ID, kind=None, stage=None, assignee_id=None, live=False, **FIRST_PAGE
        ),
    ),
    "queue": (
        "tickets_queue",
        lambda c: TICKETS.queue_of_tickets(c, kind=None, after=None, drills=True, limit=50),
    ),
    "calls": ("calls_newest", lambda c: CALLS.list_calls(c, **FIRST_PAGE)),
    "live_calls": ("calls_live", lambda c: CALLS.list_live_calls(c, **FIRST_PAGE)),
    "alarms": (
        "alarms_newest",
        lambda c: STAFF.alarms_listed(c, ticket_id=None, **FIRST_PAGE),
    ),
    "newest_event": ("events_by_order", lambda c: LOG.newest_event(c)),
    "stations": (
        "stations_code_key",
        lambda c: STATIONS.list_stations(c, after="A", limit=50, **dict.fromkeys(STATION_FILTERS)),
    ),
    "audit": (
        "events_by_time",
        lambda c: STAFF.audit_lines(c, **dict.fromkeys(AUDIT_FILTERS), **FIRST_PAGE),
    ),
}
AUDITED: dict[str, tuple[str, Ask]] = {
    name: (
        f"events_by_{index}",
        lambda c, name=name, value=value: STAFF.audit_lines(
            c, **(dict.fromkeys(AUDIT_FILTERS) | {name: value}), **FIRST_PAGE
        ),
    )
    for name, index, value in (
        ("actor", "actor", "staff:x"),
        ("kind", "kind", "staff.added"),
        ("station_id", "station", ID),
    )
}
DECIDED: dict[str, tuple[str, Ask]] = {
    "the_phone_rings": (
        "calls_carrier_ref_key",
        lambda c: CALLS.ring(c, id=ID, carrier_ref="c-1", caller=None, state="menu"),
    ),
    "a_key_is_claimed": (
        "idempotency_keys_pkey",
        lambda c: WEB.claim_key(c, actor="a", key="k", request_digest=b"x"),
    ),
    "a_job_is_claimed": ("jobs_done_pkey", lambda c: LOG.claim_done(c, key="k")),
}


@pytest.fixture
async def connection(server: Server) -> AsyncIterator[asyncpg.Connection]:
    """The owner's, on the template, in a transaction that is undone."""
    opened = await asyncpg.connect(server.owner_dsn(TEMPLATE))
    transaction = opened.transaction()
    await transaction.start()
    await opened.execute(EXPLAIN_GENERIC)
    await opened.execute(INDEXES_ONLY)
    yield opened
    await transaction.rollback()
    await opened.close()


def each(
    cases: dict[str, tuple[str, Ask]], fails: pytest.MarkDecorator = CONTROL
) -> pytest.MarkDecorator:
    """Each case as it is, and with its index taken out."""
    return pytest.mark.parametrize(
        ("index", "ask", "guarded"),
        [
            pytest.param(*case, guarded, id=f"{name}-{told}", marks=marks)
            for name, case in cases.items()
            for told, guarded, marks in (("guarded", True, ()), ("control", False, fails))
        ],
    )


async def planned(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> Plan:
    if not guarded:
        await take_out(connection, index)
    answer = await ask(Explainer(connection, generic=generic))
    plan: Plan = answer[0] if isinstance(answer, list) else answer
    return plan


unknown_or_known = pytest.mark.parametrize("generic", [False, True], ids=["known", "unknown"])


@unknown_or_known
@each(LOOKED_UP)
async def test_it_is_looked_up(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.scanned == set()
    assert index in plan.conditions, plan.nodes


@unknown_or_known
@each(ORDERED)
async def test_its_first_page_needs_no_sorting(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert (plan.scanned - {"staff_users"}, plan.sorts) == (set(), False)
    assert index in plan.indexes


@unknown_or_known
@each(DECIDED, pytest.mark.xfail(strict=True, raises=asyncpg.InvalidColumnReferenceError))
async def test_its_conflict_is_decided_by_the_index(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool, generic: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic)
    assert plan.indexes == {index}


async def test_due_timers_are_looked_up(connection: asyncpg.Connection) -> None:
    (plan,) = await due_jobs(Explainer(connection, generic=False))
    assert plan.scanned == set()
    assert {index for index in plan.conditions if index.startswith("pgqueuer")}


@each(AUDITED)
async def test_an_audit_by_one_thing_needs_no_sorting(
    connection: asyncpg.Connection, index: str, ask: Ask, guarded: bool
) -> None:
    plan = await planned(connection, index, ask, guarded, generic=False)
    assert (plan.scanned, plan.sorts) == (set(), False)
    assert index in plan.conditions, plan.nodes
