"""Which examples there are, and of which operations there is none."""

from collections.abc import Callable

from tests.contract.world import Make

NOT_HERE = {
    "GET /api/v1/owner-calls/mine": "is a person's: tests/outbound/dialling",
    "GET /api/v1/owner-calls/promised": "is a person's: tests/outbound/dialling",
    "POST /api/v1/owner-calls": "is a person's: tests/outbound/dialling",
    "POST /api/v1/owner-calls/{owner_call_id}/booking": "is a person's: tests/outbound/dialling",
    "POST /api/v1/owner-calls/{owner_call_id}/survey": "is a person's: tests/console",
    "GET /api/v1/owner-calls/{owner_call_id}/promise-times": "a person's: tests/outbound/dialling",
    "POST /api/v1/owner-calls/{owner_call_id}/dial": "is a person's: tests/outbound/dialling",
    "POST /api/v1/owner-calls/{owner_call_id}/skip": "is a person's: tests/outbound/dialling",
    "POST /api/v1/owner-calls/{owner_call_id}/outcome": "is a person's: tests/outbound/dialling",
    "POST /api/v1/inbound-texts/{text_id}/seen-to": "a person's: tests/outbound/test_texts_back.py",
    "POST /api/v1/station-imports": "takes a form, not JSON: tests/stations/test_by_file_http.py",
    "POST /api/v1/station-imports/headings": "takes a form: tests/stations/test_by_file_http.py",
    "POST /api/v1/owner-imports": "takes a form: tests/customers/test_by_file_http.py",
    "POST /api/v1/owner-imports/headings": "takes a form: tests/customers/test_by_file_http.py",
    "POST /api/v1/files": "takes bytes, not JSON: tests/web/test_files.py",
    "PUT /api/v1/call-flow/prompts/{digest}/recording": "takes bytes: tests/telephony",
    "PUT /api/v1/simulated-calls/{token}/messages/{sequence}": "takes bytes: tests/telephony",
    "GET /api/v1/feed": "never ends: tests/web/test_feed.py",
    "POST /api/v1/session": "is throttled by failures: tests/staff/test_sign_in.py",
    "DELETE /api/v1/session": "ends the session it is sent with: tests/staff/test_sessions.py",
    "POST /api/v1/password": "ends the sessions of its account: tests/staff/test_sessions.py",
    **dict.fromkeys(
        (
            *("GET /api/v1/me/seat", "PUT /api/v1/me/seat", "PUT /api/v1/me/seat/beat"),
            *("POST /api/v1/me/seat/wrap-up", "POST /api/v1/calls/{call_id}/pass-on"),
        ),
        "a person's own, not a token's: tests/calls/agents/test_own_seat.py",
    ),
    **dict.fromkeys(
        (
            *("GET /api/v1/me/phone", "PUT /api/v1/me/phone", "GET /api/v1/me/phone/socket"),
            *("POST /api/v1/me/phone/registration", "POST /api/v1/dials"),
            *("POST /api/v1/calls/{call_id}/orders",),
            "GET /api/v1/calls/{call_id}/orders/{order_id}",
        ),
        "a person's own, not a token's: tests/telephony/test_agents_phone.py",
    ),
}

EXAMPLES: dict[str, Make] = {}


def example(*operations: str) -> Callable[[Make], Make]:
    """What is decorated makes the request of each of these operations."""

    def known(make: Make) -> Make:
        assert not EXAMPLES.keys() & {*operations}
        EXAMPLES.update(dict.fromkeys(operations, make))
        return make

    return known
