"""A route says who may use it and what it takes, or the program does not start."""

import pytest

from callcenter.db.database import Database
from callcenter.settings import Settings
from callcenter.web import frame
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Route, Routes, UndeclaredPermission


async def hello(call: Call) -> None:
    """Say hello."""


async def odd(call: Call, payload: int) -> None:
    """Take something from nowhere."""


def test_a_route_without_a_permission_does_not_start() -> None:
    with pytest.raises(UndeclaredPermission, match="/api/v1/hello"):
        Routes().get("/api/v1/hello")(hello)


async def test_nor_does_one_made_past_the_decorator(database: Database) -> None:
    smuggled = Route("GET", "/api/v1/hello", hello, None)  # type: ignore[arg-type]
    with pytest.raises(UndeclaredPermission):
        frame.build(Settings(), database, [smuggled], None)  # type: ignore[arg-type]


def test_a_parameter_without_a_source_is_named() -> None:
    with pytest.raises(TypeError, match="payload"):
        Routes().get("/api/v1/odd", permission=Permission.PUBLIC)(odd)


def test_the_same_address_twice_is_refused() -> None:
    routes = Routes()
    routes.get("/api/v1/hello", permission=Permission.PUBLIC)(hello)
    routes.get("/api/v1/hello", permission=Permission.PUBLIC)(hello)
    with pytest.raises(ValueError, match="declared twice"):
        frame.all_routes(routes)


def test_what_acts_asks_for_its_headers() -> None:
    routes = Routes(tags=["greeting"])
    routes.post("/api/v1/a", permission=Permission.PUBLIC)(hello)
    routes.post("/api/v1/b", permission=Permission.PUBLIC, transaction=False)(hello)
    routes.patch("/api/v1/c", permission=Permission.PUBLIC)(hello)
    routes.post("/api/v1/d", permission=Permission.PUBLIC, reads=True)(hello)
    assert [(r.idempotent, r.if_match, r.readonly, r.status) for r in routes] == [
        (True, False, False, 204),
        (False, False, False, 204),
        (False, True, False, 204),
        (False, False, True, 204),
    ]
    assert routes[0].tags == ("greeting",)
