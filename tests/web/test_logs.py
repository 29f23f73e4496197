"""What is logged finds nobody: canary numbers, positions and tokens."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from callcenter.web.call import Call
from callcenter.web.logs import configure_logs, masked
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel

CANARIES = [
    "13812345678",
    "+8613812345678",
    "+86 138 1234 5678",
    "138-1234-5678",
    "021-61234567",
    "0755 8123456",
    "400-820-1234",
    "4008201234",
    "+4915112345678",
    "31.230416",
    "121.473701",
    "/l/abcDEF_-123",
    "/o/abcDEF_-123",
    "/s/abcDEF_-123",
    "(024)88881234",
    "024/88881234",
    "024 8888 1234",
    "138/1234/5678",
    "+86(138)1234-5678",
    "008613812345678",
    "13812345678",
    "+86 138 1234 5678",
    "(024)88881234",
    "41.80512",
    "024-88881234-801",
]
AMONG_LETTERS = [
    ("电话13812345678已接", "13812345678"),
    ("车主13812345678的车", "13812345678"),
    ("回电:024-88881234。", "88881234"),
    ("坐标41.80512,123.43291附近", "41.80512"),
    ("坐标41.80512,123.43291附近", "123.43291"),
    ("tel:13812345678", "13812345678"),
    ('{"phone":13812345678}', "13812345678"),
    ("phone13812345678", "13812345678"),
    (repr("line\n13812345678"), "13812345678"),
    ("41.80512N123.43291E", "123.43291"),
]
HARMLESS = [
    "01a20abf-302f-70d3-a085-e8b511ff3513",
    "2026-11-23T23:26:35.123456+00:00",
    "ticket 100234",
    "/api/v1/tickets",
    "12.5 km, 45 s",
    "127.0.0.1:8080",
    "01381234-5678-7138-8123-138123456789",
    "救援01a20abf-302f-70d3-a085-e8b511ff3513已派",
    "a13812345678" * 5,
    "2026-08-15 02:03:04",
    "23:26:35.123456",
    "1795476395123",
    "feed 745-1234",
    "G2京沪高速K138+400,第3次",
    "08:30-17:30(共400个)",
]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs(stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    logging.getLogger("aiohttp.access").disabled = False
    structlog.reset_defaults()


@pytest.mark.parametrize("canary", CANARIES)
def test_a_canary_is_masked(canary: str) -> None:
    for text in (canary, f"DETAIL: Key (phone)=({canary}) exists", f"a {canary}, b"):
        assert canary not in masked(text)


@pytest.mark.parametrize(("text", "canary"), AMONG_LETTERS)
def test_letters_around_it_hide_no_canary(text: str, canary: str) -> None:
    assert canary not in masked(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_finds_nobody_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_gets_through_the_log(lines: io.StringIO, canary: str) -> None:
    structlog.get_logger().info("x", phone=canary, deep={"a": [canary]}, error=ValueError(canary))
    logging.getLogger("library").warning("said %s", canary)
    try:
        raise RuntimeError(canary)
    except RuntimeError:
        structlog.get_logger().exception("failed")
    assert canary not in lines.getvalue()
    assert len(lines.getvalue().splitlines()) == 3


class TokenPath(QueryModel):
    token: str


routes = Routes()


@routes.get("/l/{token}", permission=Permission.PUBLIC)
async def link(call: Call, path: TokenPath) -> None:
    """A page whose address is the key."""
    raise RuntimeError(f"failed at {call.request.path_qs}")


async def test_the_access_line_holds_no_token_and_no_query(serve: Any, lines: io.StringIO) -> None:
    client = await serve(routes)
    answer = await client.get("/l/SECRET-TOKEN?phone=13812345678&at=31.230416")
    assert answer.status == 500
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    text = lines.getvalue()
    assert "SECRET-TOKEN" not in text
    assert "13812345678" not in text
    assert "31.230416" not in text
    line = json.loads(text.splitlines()[-1])
    assert line["event"] == "request"
    assert (line["path"], line["status"]) == ("/l/{token}", 500)
    assert line["request_id"] == answer.headers["X-Request-Id"]
