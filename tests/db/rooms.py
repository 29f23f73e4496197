"""Which room a table belongs to, and the named queries of every room."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from callcenter.db.queries import load_queries

PACKAGE = Path(__file__).parents[2] / "callcenter"
BY_FILE = PACKAGE / "customers" / "by_file"
PIECES = {"owner_import_piece", "visit_import_piece"}
"""Tables that an import holds for one transaction; nobody else sees them."""

TABLES = {
    "db": {
        "events",
        "settled_events",
        "jobs_done",
        "jobs_parked",
        "worker_heartbeats",
        "alembic_version",
        "pgqueuer",
        "pgqueuer_log",
        "pgqueuer_schedules",
        "pgqueuer_statistics",
    },
    "web": {"installation", "idempotency_keys", "files"},
    "staff": {"staff_users", "sessions", "machine_tokens", "sign_in_failures", "alarms"},
    "customers": {
        "owners",
        "contact_points",
        "owner_contact_points",
        "vehicles",
        "owner_vehicles",
        "owner_name_keys",
        "visits",
        "consents",
        "owner_reach",
        "tier_rules",
        # A view: what the rules of the tiers look at.
        "owner_standing",
        "owner_imports",
        "owner_import_rows",
        "owner_import_files",
        "visit_import_rows",
    },
    "stations": {
        "stations",
        "trucks",
        "duty_roster",
        "station_hours_overrides",
        "station_imports",
        "station_import_rows",
        "push_devices",
        "service_bookings",
    },
    "messages": {"messages", "message_parts", "early_receipts", "inbound_texts"},
    "places": {"geocode_answers", "road_posts"},
    "tickets": {
        "tickets",
        "ticket_places",
        "ticket_notes",
        "emergency_calls",
        "location_links",
        "location_answers",
        "ticket_merges",
        "like_tickets",
        "ticket_name_keys",
        "ticket_changes",
        "ticket_readers",
        "shift_handovers",
        "ticket_ratings",
    },
    "calls": {"calls", "queue_entries", "seats", "seat_moments"}
    | {"agent_profiles", "hotline_groups", "call_legs", "call_orders"},
    "routing": {"ladders", "offers", "dispatches", "truck_positions", "choices", "travel_times"}
    | {"tows", "tow_destinations", "onward_travels", "dispatch_files", "unsigned_dispatches"}
    | {"duty_calls"},
    "outbound": {"audiences", "campaigns", "campaign_runs", "run_members", "touches"}
    | {"contact_ledger", "due_dates", "service_plans", "due_rescorings"}
    | {"audience_cars", "audience_stale", "audience_day"}
    | {"surveys", "survey_editions", "survey_responses", "survey_answers"}
    | {"survey_quotas", "survey_quota_places"}
    | {"survey_texts"}
    | {"campaign_dialling", "owner_calls", "promised_calls"},
    "telephony": {"call_flows", "flow_positions", "left_messages", "agent_phones"}
    | {
        "call_recordings",
        "recording_rule",
        "recording_holds",
        "recording_plays",
        "simulated_calls",
    },
    # Views: what the board counts.
    "reports": {
        "board_rescues",
        "board_offers",
        "board_alarms",
        "board_opened",
        "board_closed",
        "board_handovers",
    },
}
ROOM_OF = {table: room for room, tables in TABLES.items() for table in tables}

LOWER = {
    "db": set(),
    "web": {"db"},
    "messages": {"db", "web"},
    "staff": {"db", "web", "messages"},
    "customers": {"db", "web", "messages", "staff"},
    "places": {"db", "web"},
    "stations": {"db", "web", "messages", "places", "staff"},
    "tickets": {"db", "web", "messages", "places", "staff", "customers", "stations"},
    "calls": {"db", "web", "messages", "staff", "customers", "stations", "tickets"},
    "routing": {"db", "web", "messages", "staff", "customers", "stations", "tickets", "calls"},
    "outbound": {"db", "web", "messages", "staff", "customers", "stations", "tickets", "calls"},
    "telephony": {*TABLES} - {"telephony", "reports", "routing"},
    "reports": {*TABLES} - {"reports"},
}

NOT_CODE = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
WRITES = re.compile(
    r"\b(?:insert\s+into|delete\s+from|truncate(?:\s+table)?|merge\s+into"
    r"|(?<!for\s)(?<!no\skey\s)update(?!\s+set\b)(?:\s+only)?)\s+([a-z_][a-z_0-9.]*)"
)
READS = re.compile(
    r"(?<!delete\s)\b(?:from|join|using)\s+(?!lateral\b)([a-z_][a-z_0-9.]*)(?!\w*\s*\()"
)
NAMED_ROWS = re.compile(r"(?:\bwith|,)\s+(?:recursive\s+)?([a-z_]+)\s+as\s+(?:materialized\s+)?\(")


@dataclass(frozen=True)
class Query:
    """One named text."""

    room: str
    name: str
    sql: str

    @property
    def code(self) -> str:
        """Without comments and texts."""
        return NOT_CODE.sub("", self.sql).lower()

    def writes(self) -> set[str]:
        """Tables it inserts into, updates or deletes from."""
        return set(WRITES.findall(self.code)) - PIECES

    def reads(self) -> set[str]:
        """Tables it names behind `from` and `join`."""
        code = re.sub(r"is (?:not )?distinct from|extract\s*\(\w+\s+from", "", self.code)
        return set(READS.findall(code)) - set(NAMED_ROWS.findall(code)) - self.writes() - PIECES

    def __str__(self) -> str:
        return f"{self.room}.{self.name}"


def queries() -> Iterator[Query]:
    """Every named query of every room; what makes a table for one transaction is none."""
    for path in sorted({*PACKAGE.rglob("queries.sql"), *BY_FILE.rglob("*.sql")}):
        loaded = cast(Any, load_queries(str(path), path.name))
        for name in loaded.available_queries:
            if not name.endswith("_cursor") and not name.startswith(("hold_", "measure_")):
                yield Query(path.relative_to(PACKAGE).parts[0], name, getattr(loaded, name).sql)


QUERIES = {str(query): query for query in queries()}
