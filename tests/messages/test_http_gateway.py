"""Texts by signed JSON, against a provider on loopback; its receipts, right and wrong."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from callcenter.db.database import Database
from callcenter.messages import http_gateway, receipts_http, signature
from callcenter.messages.model import DeliveryState, MessageState
from callcenter.places.intake import Intake
from callcenter.sender_settings import GatewaySettings, SenderSettings
from tests.db.cast import CONTROL
from tests.messages.desk import CHINESE, NUMBER, look, over, say, sending
from tests.messages.gateway import SECRET, Gateway, gateway, headers_of, report
from tests.service import Service, running

SENT, UNKNOWN, FAILED = MessageState.SENT, MessageState.UNKNOWN, MessageState.FAILED
FORMER = "the secret before that one"


def by(at: Gateway, *, timeout_s: float = 1.0) -> SenderSettings:
    http = GatewaySettings(url=at.url, secret=SECRET, former_secret=FORMER, timeout_s=timeout_s)
    return SenderSettings(text="http", http=http)


@asynccontextmanager
async def house(database: Database, intake: Intake, at: Gateway) -> AsyncIterator[Service]:
    async with running(database, intake, senders=by(at)) as service:
        yield service


def base(service: Service) -> str:
    return str(service.server.make_url("")).rstrip("/")


async def test_taken_and_delivered(database: Database, intake: Intake) -> None:
    async with gateway() as at, house(database, intake, at) as service:
        message = await say(database)
        assert (await over(database)).state is SENT
        (seen,) = at.seen
        assert (seen["recipient"], seen["text"]) == (NUMBER, CHINESE)
        assert await report(base(service), str(message.id), "accepted") == 204
        assert (await look(database)).delivery is None
        assert await report(base(service), str(message.id), "delivered") == 204
        after = await look(database)
    assert (after.delivery, after.delivered_at is not None) == (DeliveryState.DELIVERED, True)


@pytest.mark.parametrize(
    "answer", ["", "[]", "null", '{"provider_id": 7}', '{"provider_id": "\\u0000"}', "\ud800"]
)
async def test_taken_is_taken_whatever_else_the_answer_says(
    database: Database, answer: str
) -> None:
    async with gateway() as at, sending(database, by(at)):
        at.answer = answer.encode(errors="surrogatepass")
        await say(database)
        assert (await over(database)).state is SENT


@pytest.mark.parametrize("status", [302, 400, 401, 404, 422])
async def test_refused(database: Database, status: int) -> None:
    async with gateway() as at, sending(database, by(at)):
        at.status = status
        await say(database)
        message = await over(database)
        assert (message.state, message.failure, len(at.seen)) == (FAILED, f"HTTP {status}", 1)


@pytest.mark.parametrize("status", [408, 409, 500, 502])
async def test_what_says_nothing_clear_is_unknown_and_not_repeated(
    database: Database, status: int
) -> None:
    async with gateway() as at, sending(database, by(at)):
        at.status = status
        await say(database)
        assert (await over(database)).state is UNKNOWN
        assert len(at.seen) == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_later_and_once(database: Database, status: int) -> None:
    async with gateway() as at, sending(database, by(at)):
        at.status = status
        await say(database)
        while not at.seen:
            await asyncio.sleep(0.02)
        at.status = 200
        assert (await over(database)).state is SENT


@pytest.mark.parametrize(
    ("manner", "is_guarded"),
    [
        ("times_out", True),
        ("hangs_up", True),
        pytest.param("times_out", False, marks=CONTROL, id="taken_for_not_sent"),
    ],
)
async def test_delivered_without_an_answer_and_then_a_receipt(
    database: Database,
    intake: Intake,
    monkeypatch: pytest.MonkeyPatch,
    manner: str,
    is_guarded: bool,
) -> None:
    """The provider has it exactly once, whatever we saw of its answer."""
    if not is_guarded:
        monkeypatch.setattr(
            http_gateway.aiohttp, "ConnectionTimeoutError", asyncio.TimeoutError, raising=False
        )
    async with gateway() as at, house(database, intake, at) as service:
        at.sleeps_s, at.cuts = (2.0, False) if manner == "times_out" else (0.0, True)
        message = await say(database)
        await asyncio.sleep(2.5)
        assert (len(at.seen), (await look(database)).state) == (1, UNKNOWN)
        assert await report(base(service), str(message.id), "delivered") == 204
        after = await look(database)
        assert (after.state, after.delivery, after.failure) == (SENT, DeliveryState.DELIVERED, None)
        await asyncio.sleep(0.5)
        assert len(at.seen) == 1


async def test_nobody_reached_is_tried_again(database: Database) -> None:
    async with gateway() as at:
        settings = by(at)
    async with sending(database, settings):
        await say(database)
        await asyncio.sleep(0.5)
        assert (await look(database)).state in (MessageState.QUEUED, MessageState.SENDING)


@pytest.mark.parametrize(
    "order", [*itertools.permutations(["accepted", "undelivered", "delivered"])]
)
async def test_receipts_in_any_order_and_twice(
    database: Database, intake: Intake, order: tuple[str, ...]
) -> None:
    async with gateway() as at, house(database, intake, at) as service:
        message = await say(database)
        await over(database)
        for outcome in (*order, *order):
            assert await report(base(service), str(message.id), outcome) == 204
        after = await look(database)
    assert (after.delivery, after.delivery_failure) == (DeliveryState.DELIVERED, None)


async def test_why_it_was_not_delivered(database: Database, intake: Intake) -> None:
    async with gateway() as at, house(database, intake, at) as service:
        message = await say(database)
        await over(database)
        fields = {"reason": "absent subscriber", "provider_id": "P1"}
        await report(base(service), str(message.id), "undelivered", fields=fields)
        after = await look(database)
    assert (after.delivery, after.delivery_failure) == (
        DeliveryState.UNDELIVERED,
        "absent subscriber",
    )


@pytest.mark.parametrize("is_guarded", [True, pytest.param(False, marks=CONTROL, id="unguarded")])
@pytest.mark.parametrize(
    "headers",
    [
        lambda body: headers_of(body, secret="somebody else's secret"),
        lambda body: headers_of(body, ago_s=301),
        lambda body: headers_of(body, ago_s=-301),
        lambda body: headers_of(body.replace(b"delivered", b"undelivered")),
        lambda body: headers_of(body) | {"webhook-timestamp": "0"},
        lambda body: headers_of(body) | {"webhook-timestamp": "9" * 400},
        lambda body: headers_of(body) | {"webhook-signature": "v1,"},
        lambda body: headers_of(body) | {"webhook-id": "another"},
        lambda body: {"Content-Type": "application/json"},
    ],
    ids=["key", "old", "future", "body", "time", "long_time", "empty", "id", "none"],
)
async def test_a_forged_or_replayed_receipt_changes_nothing(
    database: Database,
    intake: Intake,
    monkeypatch: pytest.MonkeyPatch,
    headers: object,
    is_guarded: bool,
) -> None:
    if not is_guarded:
        monkeypatch.setattr(receipts_http, "is_signed", lambda *_: True)
    async with gateway() as at, house(database, intake, at) as service:
        message = await say(database)
        await over(database)
        said = {"message_id": str(message.id), "outcome": "delivered"}
        forged = headers(json.dumps(said).encode())  # type: ignore[operator]
        status = await report(base(service), str(message.id), "delivered", headers=forged)
        assert (status, (await look(database)).delivery) == (403, None)


async def test_the_secret_before_is_still_taken(database: Database, intake: Intake) -> None:
    async with gateway() as at, house(database, intake, at) as service:
        message = await say(database)
        await over(database)
        assert await report(base(service), str(message.id), "delivered", secret=FORMER) == 204


async def test_a_receipt_for_nobody_and_for_what_has_not_left(
    database: Database, intake: Intake
) -> None:
    async with gateway() as at, house(database, intake, at) as service:
        unknown = "01890000-0000-7000-8000-00000000000a"
        assert await report(base(service), unknown, "delivered") == 204
        drill = await say(database, drill=True)
        await over(database)
        assert await report(base(service), str(drill.id), "delivered") == 204
        assert (await look(database)).delivery is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"message_id": "no id"}, 422),
        ({"outcome": "perhaps"}, 422),
        ({"provider_id": ""}, 422),
        ({"provider_id": "x" * 201}, 422),
        ({"reason": "\x00"}, 422),
        ({"reason": "😀" * 200}, 204),
        ({"more": 1}, 422),
    ],
)
async def test_whatever_a_provider_signs_is_answered(
    database: Database, intake: Intake, fields: dict[str, object], status: int
) -> None:
    async with gateway() as at, house(database, intake, at) as service:
        message = await say(database)
        await over(database)
        assert await report(base(service), str(message.id), "delivered", fields=fields) == status


async def test_without_a_gateway_the_address_is_not_there(service: Service) -> None:
    assert await report(base(service), "01890000-0000-7000-8000-00000000000a", "delivered") == 404


def test_signatures_are_those_of_the_published_example() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = signature.signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    wanted = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-signature"] == wanted
    assert signature.is_signed([secret], headers, 1614265330, body)
    assert not signature.is_signed([secret], headers, 1614265330 + 301, body)
