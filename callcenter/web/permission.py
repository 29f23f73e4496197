"""What a route may ask of its caller. A route without a permission does not start."""

from enum import StrEnum


class Permission(StrEnum):
    """The names are scopes of machine tokens too: they are API and are not renamed."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"

    CUSTOMERS_READ = "customers_read"
    CUSTOMERS_WRITE = "customers_write"
    CUSTOMERS_ADMIN = "customers_admin"
    CALLS_READ = "calls_read"
    CALLS_WRITE = "calls_write"
    TICKETS_READ = "tickets_read"
    TICKETS_WRITE = "tickets_write"
    TICKETS_ASSIGN = "tickets_assign"
    PLACES_READ = "places_read"

    DISPATCH_READ = "dispatch_read"
    DISPATCH_WRITE = "dispatch_write"
    DISPATCH_ANSWER = "dispatch_answer"
    CHOICE_PREVIEW = "choice_preview"

    STATIONS_READ = "stations_read"
    STATIONS_WRITE = "stations_write"
    STATION_OWN = "station_own"

    STAFF_ADMIN = "staff_admin"
    TOKENS_ADMIN = "tokens_admin"
    AUDIT_READ = "audit_read"
    ALARMS_READ = "alarms_read"
    ALARMS_TAKE = "alarms_take"
    MESSAGES_READ = "messages_read"
    FEED_READ = "feed_read"
    FILES_READ = "files_read"
    FILES_WRITE = "files_write"
    PHONES_READ = "phones_read"
    SIMULATE = "simulate"
    SUPERVISE = "supervise"
    HOTLINE_ADMIN = "hotline_admin"
    RECORDINGS_PLAY = "recordings_play"
    HOTLINE_TRY = "hotline_try"
    OUTBOUND_READ = "outbound_read"
    OUTBOUND_WRITE = "outbound_write"
    OUTBOUND_APPROVE = "outbound_approve"


ASSUMED = frozenset({Permission.PUBLIC, Permission.SIGNED_IN})
"""Not granted by any role or scope: everybody has the first, every known caller the second."""
