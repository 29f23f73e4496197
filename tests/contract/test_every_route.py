"""Every operation of the API answers its example, and nothing anybody sends makes it a fault."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from callcenter.app import all_routes
from callcenter.db.database import Database
from callcenter.places.gazetteer import Gazetteer
from callcenter.settings import RoutingSettings
from callcenter.web import frame
from callcenter.web.openapi import openapi
from tests.contract.examples import EXAMPLES, NOT_HERE
from tests.contract.world import Example, World
from tests.service import running

API = [route for route in frame.all_routes(all_routes()) if route.is_api]
CONTRACT = schemathesis.openapi.from_dict(openapi(frame.all_routes(all_routes())))
PATIENT = RoutingSettings(offer_lifetime_s=600, acceptance_deadline_s=600)
# Of schemathesis itself: it shuffles with `random` while the service runs beside it.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")
FUZZED = sorted(name for name in EXAMPLES if "/api/" in name)


@pytest.fixture
async def world(database: Database, gazetteer: Gazetteer) -> AsyncIterator[World]:
    async with running(database, gazetteer, routing=PATIENT) as service:
        yield await World.begin(service)


def test_every_operation_has_an_example_or_a_reason():
    assert {f"{route.method} {route.path}" for route in API} <= {*EXAMPLES, *NOT_HERE}
    assert not EXAMPLES.keys() & NOT_HERE.keys()


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


def fuzz(world: World, token: dict[str, str], operation: str, known: Example, many: int) -> None:
    """Requests as the contract allows and forbids them, half of them on things that exist."""
    method, path = operation.split(" ")

    @given(case=CONTRACT[path][method].as_strategy())
    @settings(
        max_examples=many,
        derandomize=many < 50,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def sent(case: Any) -> None:
        if known.path:
            case.path_parameters = dict(known.path)
        if method == "POST":
            case.headers["Idempotency-Key"] = str(uuid4())
        address = str(world.service.server.make_url(""))
        answer = case.call(base_url=address, headers=token, session=line)
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


def leaves(failure: BaseException) -> str:
    """What went wrong, without the runners around it."""
    if isinstance(failure, BaseExceptionGroup):
        return "; ".join(leaves(one) for one in failure.exceptions)
    return f"{type(failure).__name__}: {failure}"[:900]


async def fuzz_all(world: World, operations: list[str], many: int) -> dict[str, str]:
    broken = {}
    for operation in operations:
        token = {"Authorization": world.speaker(operation).session.headers["Authorization"]}
        known = await EXAMPLES[operation](world)
        try:
            await asyncio.to_thread(fuzz, world, token, operation, known, many)
        except (Exception, BaseExceptionGroup) as failure:
            broken[operation] = leaves(failure)
    return broken


@pytest.mark.parametrize("part", range(4))
async def test_nothing_that_is_sent_is_a_fault(world: World, part: int):
    assert await fuzz_all(world, FUZZED[part::4], 6) == {}


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("operation", FUZZED)
async def test_nothing_that_is_sent_is_a_fault_searched_anew(world: World, operation: str):
    assert await fuzz_all(world, [operation], 300) == {}
