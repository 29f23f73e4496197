"""An application of a few routes on a real database; callers are known by their bearer word."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Set
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from callcenter.db.database import Database
from callcenter.settings import Settings
from callcenter.web import frame
from callcenter.web.actor import Actor
from callcenter.web.permission import ASSUMED, Permission
from callcenter.web.routes import Routes

STATION = UUID("01890000-0000-7000-8000-000000000001")
EVERYTHING = frozenset(Permission) - ASSUMED


def colleague(number: int, role: str, **more: Any) -> Actor:
    """A colleague with a session."""
    return Actor(
        id=f"staff:01890000-0000-7000-8000-{number:012d}",
        kind="staff",
        role=role,
        permissions=EVERYTHING,
        csrf_token=f"csrf-of-{number}",
        session_id=UUID(int=number),
        **more,
    )


CAST = {
    "lin": colleague(1, "agent"),
    "zhao": colleague(2, "supervisor", language="en"),
    "wang": colleague(3, "station", station_id=STATION),
    "machine": Actor(id="machine:1", kind="machine", role="supervisor", permissions=EVERYTHING),
    "nobody": Actor(id="machine:2", kind="machine", role=""),
}


class Doorman:
    """Knows callers by the bearer's word (machines) or the cookie `who` (colleagues)."""

    def __init__(self) -> None:
        self.signed_out: set[str] = set()

    async def identify(self, request: web.Request) -> Actor | None:
        word = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return CAST.get(word or request.cookies.get("who", ""))

    async def still_signed_in(self, actors: Collection[Actor]) -> Set[Actor]:
        return {actor for actor in actors if actor.id not in self.signed_out}


Serve = Callable[..., Awaitable[TestClient[web.Request, web.Application]]]


@pytest.fixture
def doorman() -> Doorman:
    return Doorman()


@pytest.fixture
async def serve(database: Database, doorman: Doorman) -> AsyncIterator[Serve]:
    """`await serve(routes)` is a client of an application with these routes."""
    async with AsyncExitStack() as stack:

        async def start(
            routes: Routes | None = None,
            *,
            parts: dict[type, object] | None = None,
            on: Database | None = None,
            **settings: Any,
        ) -> TestClient[web.Request, web.Application]:
            app = frame.build(
                Settings(**settings), on or database, routes or Routes(), doorman, parts
            )
            server = TestServer(app)
            return await stack.enter_async_context(TestClient(server))

        yield start
