"""Every operation of the API answers its example, and nothing anybody sends makes it a fault."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from hypothesis import assume, given
from hypothesis import strategies as st
from schemathesis import GenerationMode

from callcenter.app import all_routes
from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.staff.model import Role
from callcenter.web import frame
from callcenter.web.openapi import openapi
from tests.contract.browser import PASSWORD, browser
from tests.contract.examples import EXAMPLES, NOT_HERE
from tests.contract.fuzzing import WHILE_THE_SERVICE_RUNS, leaves, searching
from tests.contract.world import PNG, Example, World, world_on

API = [route for route in frame.all_routes(all_routes()) if route.is_api]
CONTRACT = schemathesis.openapi.from_dict(openapi(frame.all_routes(all_routes())))
pytestmark = pytest.mark.filterwarnings(WHILE_THE_SERVICE_RUNS)

LONGEST_LINE = 8_000
NO_PROMPT = "0" * 32
NOBODY = "01890000-0000-7000-8000-00000000000a"
AS_COLLEAGUE = {
    "POST /api/v1/session": Example(body={"login": "expert", "password": PASSWORD}),
    "POST /api/v1/password": Example(body={"current": PASSWORD, "new": PASSWORD}),
    "DELETE /api/v1/session": Example(),
}
"""Fuzzed with the session of a colleague who is there for that only."""
WITHOUT_EXAMPLE = AS_COLLEAGUE | {
    "POST /api/v1/files": Example(body=PNG),
    "PUT /api/v1/call-flow/prompts/{digest}/recording": Example(path={"digest": NO_PROMPT}),
    "PUT /api/v1/simulated-calls/{token}/messages/{sequence}": Example(
        path={"token": "0" * 38, "sequence": "1"}
    ),
    "POST /api/v1/station-imports": Example(),
    "POST /api/v1/station-imports/headings": Example(),
    "POST /api/v1/owner-imports": Example(),
    "POST /api/v1/owner-imports/headings": Example(),
    "POST /api/v1/inbound-texts/{text_id}/seen-to": Example(path={"text_id": NOBODY}, body={}),
    "GET /api/v1/owner-calls/mine": Example(),
    "GET /api/v1/owner-calls/promised": Example(),
    "POST /api/v1/owner-calls": Example(),
    "POST /api/v1/owner-calls/{owner_call_id}/booking": Example(
        path={"owner_call_id": NOBODY},
        body={
            "station_id": NOBODY,
            "vehicle_id": NOBODY,
            "starts_at": "2030-01-07T10:00:00+08:00",
            "wanted": "maintenance",
        },
    ),
    "POST /api/v1/owner-calls/{owner_call_id}/survey": Example(path={"owner_call_id": NOBODY}),
    "GET /api/v1/owner-calls/{owner_call_id}/promise-times": Example(
        path={"owner_call_id": NOBODY}
    ),
    "POST /api/v1/owner-calls/{owner_call_id}/dial": Example(path={"owner_call_id": NOBODY}),
    "POST /api/v1/owner-calls/{owner_call_id}/skip": Example(
        path={"owner_call_id": NOBODY}, body={"why": "other"}
    ),
    "POST /api/v1/owner-calls/{owner_call_id}/outcome": Example(
        path={"owner_call_id": NOBODY}, body={"outcome": "noted"}
    ),
    "GET /api/v1/me/seat": Example(),
    "PUT /api/v1/me/seat": Example(body={"availability": "ready"}),
    "PUT /api/v1/me/seat/beat": Example(),
    "POST /api/v1/me/seat/wrap-up": Example(body={"disposition": "information"}),
    "POST /api/v1/calls/{call_id}/pass-on": Example(
        {"call_id": str(uuid4())}, body={"reason": "break"}
    ),
    "GET /api/v1/me/phone": Example(),
    "PUT /api/v1/me/phone": Example(body={"kind": "none"}),
    "POST /api/v1/me/phone/registration": Example(),
    "GET /api/v1/me/phone/socket": Example(),
    "POST /api/v1/dials": Example(body={"to": {"kind": "number", "number": "110"}}),
    "POST /api/v1/calls/{call_id}/orders": Example(
        {"call_id": str(uuid4())}, body={"verb": "hold"}
    ),
    "GET /api/v1/calls/{call_id}/orders/{order_id}": Example(
        {"call_id": str(uuid4()), "order_id": str(uuid4())}
    ),
}
FEED = "GET /api/v1/feed"
FUZZED = sorted([*(name for name in EXAMPLES if "/api/" in name), *WITHOUT_EXAMPLE])


@pytest.fixture
def template(demo_template: str) -> str:
    return demo_template


@pytest.fixture
async def world(database: Database, intake: Intake) -> AsyncIterator[World]:
    async with world_on(database, intake) as it:
        yield it


def test_every_operation_has_an_example_or_a_reason():
    assert {f"{route.method} {route.path}" for route in API} <= {*EXAMPLES, *NOT_HERE}
    assert not EXAMPLES.keys() & NOT_HERE.keys()
    assert NOT_HERE.keys() == {*WITHOUT_EXAMPLE, FEED}


async def send(world: World, operation: str, example: Example) -> tuple[int, str]:
    method, path = operation.split(" ")
    headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
    if example.version is not None:
        headers["If-Match"] = f'"{example.version}"'
    url = path.format(**example.path)
    async with world.speaker(operation).session.request(
        method, url, params=example.query, json=example.body, headers=headers
    ) as answer:
        return answer.status, (await answer.read()).decode(errors="replace")


async def test_every_example_is_answered(world: World):
    refused = {}
    for operation, make in EXAMPLES.items():
        status, text = await send(world, operation, await make(world))
        if not 200 <= status < 300:
            refused[operation] = f"{status} {text[:300]}"
    assert refused == {}


@st.composite
def cases(draw: st.DrawFn, operation: str, known: Example) -> Any:
    """One request as the contract allows or forbids it, in whole or in parts on what exists."""
    method, path = operation.split(" ")
    described = CONTRACT[path][method]
    case = draw(
        st.one_of(
            described.as_strategy(generation_mode=GenerationMode.POSITIVE),
            described.as_strategy(generation_mode=GenerationMode.NEGATIVE),
        )
    )
    if known.path and draw(st.booleans()):
        case.path_parameters = dict(known.path)
    if known.query and draw(st.booleans()):
        case.query = dict(case.query or {}) | known.query
    if known.body is not None and draw(st.booleans()):
        case.body = draw(bodies(known.body, case.body))
    if known.version is not None and draw(st.booleans()):
        case.headers["If-Match"] = f'"{known.version}"'
    if method == "POST" and draw(st.integers(0, 3)):
        case.headers["Idempotency-Key"] = str(uuid4())
    return case


@st.composite
def bodies(draw: st.DrawFn, good: Any, other: Any) -> Any:
    """The good one; some of its fields may be the other's."""
    if not isinstance(good, dict) or not isinstance(other, dict) or not other:
        return good
    taken = draw(st.sets(st.sampled_from(sorted(other))))
    return good | {name: other[name] for name in taken}


def fuzz(address: str, headers: dict[str, str], operation: str, known: Example, many: int) -> None:
    """So many requests: each answered as the contract says, none with a fault."""

    @given(case=cases(operation, known))
    @searching(many)
    def sent(case: Any) -> None:
        answer = case.call(base_url=address, headers=headers, session=line)
        # What is longer than a line of HTTP may be is refused before it is a request.
        assume(len(answer.request.url) < LONGEST_LINE)
        case.validate_response(
            answer,
            checks=[
                schemathesis.checks.not_a_server_error,
                schemathesis.checks.CHECKS.get_one("status_code_conformance"),
                schemathesis.checks.CHECKS.get_one("content_type_conformance"),
                schemathesis.checks.CHECKS.get_one("response_schema_conformance"),
            ],
        )

    with requests.Session() as line:
        sent()


async def fuzz_all(
    world: World, operations: list[str], many: int, headers: dict[str, str] | None = None
) -> dict[str, str]:
    """What is wrong with each of them; the caller is the example's unless `headers` say who."""
    broken = {}
    address = str(world.service.server.make_url(""))
    for operation in operations:
        said = {"Authorization": world.speaker(operation).session.headers["Authorization"]}
        known = WITHOUT_EXAMPLE.get(operation) or await EXAMPLES[operation](world)
        try:
            await asyncio.to_thread(fuzz, address, headers or said, operation, known, many)
        except (Exception, BaseExceptionGroup) as failure:
            broken[operation] = leaves(failure)
    return broken


async def fuzz_as_colleague(world: World, operation: str, many: int) -> dict[str, str]:
    async with browser(world.service, Role.EXPERT) as session:
        cookies = session.cookie_jar.filter_cookies(world.service.server.make_url("/"))
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        return await fuzz_all(world, [operation], many, {**session.headers, "Cookie": cookie})


A_FEW = 2
"""The same in every run, so that more of them find little; `-m long` searches."""
BY_TOKEN = [operation for operation in FUZZED if operation not in AS_COLLEAGUE]


@pytest.mark.parametrize("part", range(4))
async def test_nothing_that_is_sent_is_a_fault(world: World, part: int):
    assert await fuzz_all(world, BY_TOKEN[part::4], A_FEW) == {}


@pytest.mark.parametrize("operation", AS_COLLEAGUE)
async def test_nothing_that_a_colleague_sends_is_a_fault(world: World, operation: str):
    assert await fuzz_as_colleague(world, operation, A_FEW) == {}


async def test_a_feed_that_is_asked_for_with_anything_is_no_fault(world: World):
    line = world.api.session
    for where in ("", "x", "0-0", "9" * 41, "-1", "1-", "％", "01a2-"):
        async with line.get("/api/v1/feed", params={"after": where}) as by_query:
            assert by_query.status in (200, 422), where
        headers = {"Last-Event-ID": where.encode().decode("latin-1")}
        async with line.get("/api/v1/feed", headers=headers) as by_header:
            assert by_header.status in (200, 422), where


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("operation", FUZZED)
async def test_nothing_that_is_sent_is_a_fault_searched_anew(world: World, operation: str):
    fuzzed = fuzz_as_colleague(world, operation, 300) if operation in AS_COLLEAGUE else None
    assert await (fuzzed or fuzz_all(world, [operation], 300)) == {}
