"""Who may do what: role -> permissions, the whole of it on one screen."""

from callcenter.staff.model import Role
from callcenter.web.permission import ASSUMED, Permission

P = Permission

DESK = frozenset(
    {
        P.CUSTOMERS_READ,
        P.CUSTOMERS_WRITE,
        P.CALLS_READ,
        P.CALLS_WRITE,
        P.TICKETS_READ,
        P.TICKETS_WRITE,
        P.TICKETS_ASSIGN,
        P.PLACES_READ,
        P.DISPATCH_READ,
        P.CHOICE_PREVIEW,
        P.STATIONS_READ,
        P.ALARMS_READ,
        P.FEED_READ,
        P.FILES_READ,
        P.FILES_WRITE,
        P.RECORDINGS_PLAY,
        P.HOTLINE_TRY,
        P.OUTBOUND_READ,
    }
)

ROLES: dict[Role, frozenset[Permission]] = {
    Role.AGENT: DESK | {P.DISPATCH_WRITE, P.ALARMS_TAKE},
    Role.EXPERT: DESK,
    Role.SUPERVISOR: DESK
    | {P.DISPATCH_WRITE, P.ALARMS_TAKE, P.STATIONS_WRITE, P.MESSAGES_READ, P.PHONES_READ}
    | {P.SUPERVISE, P.HOTLINE_ADMIN, P.CUSTOMERS_ADMIN, P.OUTBOUND_WRITE}
    | {P.OUTBOUND_APPROVE},
    Role.STATION: frozenset(
        {P.DISPATCH_ANSWER, P.STATION_OWN, P.FEED_READ, P.FILES_READ, P.FILES_WRITE}
    ),
    # Looks after the installation; owners and their tickets are not his. The feed brings him
    # news of colleagues, tokens, stations and alarms.
    Role.ADMIN: frozenset(
        {
            P.STAFF_ADMIN,
            P.TOKENS_ADMIN,
            P.AUDIT_READ,
            P.STATIONS_READ,
            P.STATIONS_WRITE,
            P.PLACES_READ,
            P.ALARMS_READ,
            P.FEED_READ,
            P.HOTLINE_ADMIN,
            P.HOTLINE_TRY,
            # The rules of the tiers: counts of owners, no owner.
            P.CUSTOMERS_ADMIN,
        }
    ),
}

SCOPES = frozenset(Permission) - ASSUMED
"""What a machine token may hold."""
