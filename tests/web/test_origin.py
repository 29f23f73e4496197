"""Cross-site defence: every combination of origin and token, with a session and without."""

from typing import Any

import pytest

from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import QueryModel, WireModel

OURS = "https://rescue.example.org"
ALIEN = "https://evil.example.org"


class Who(WireModel):
    actor: str


class Form(QueryModel):
    """Nothing of its own."""


routes = Routes()


@routes.delete("/api/v1/thing", permission=Permission.TICKETS_WRITE)
async def remove(call: Call) -> Who:
    """Unsafe, for those signed in."""
    return Who(actor=call.actor.id)


@routes.put("/api/v1/open", permission=Permission.PUBLIC)
async def public(call: Call) -> Who:
    """Unsafe, for everybody."""
    return Who(actor=call.actor.id)


@routes.put("/page", permission=Permission.TICKETS_WRITE)
async def page(call: Call, form: Form) -> Who:
    """A page's form."""
    return Who(actor=call.actor.id)


LIN = {"Cookie": "who=lin"}
TOKEN = {"X-CSRF-Token": "csrf-of-1"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        (TOKEN, 403),
        ({"Origin": OURS}, 403),
        ({"Origin": OURS} | TOKEN, 200),
        ({"Origin": OURS.upper()} | TOKEN, 200),
        ({"Origin": ALIEN} | TOKEN, 403),
        ({"Origin": "null"} | TOKEN, 403),
        ({"Origin": OURS + ".evil.org"} | TOKEN, 403),
        ({"Sec-Fetch-Site": "same-origin"} | TOKEN, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"} | TOKEN, 200),
        ({"Sec-Fetch-Site": "same-site"} | TOKEN, 403),
        ({"Sec-Fetch-Site": "cross-site"} | TOKEN, 403),
        ({"Sec-Fetch-Site": "none"} | TOKEN, 403),
        ({"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "csrf-of-2"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": ""}, 403),
        ({"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": "üß"}, 403),
    ],
)
async def test_a_session_needs_our_page_and_its_token(
    serve: Any, headers: dict[str, str], status: int
) -> None:
    client = await serve(routes, public_url=OURS)
    answer = await client.delete("/api/v1/thing", headers=LIN | headers)
    assert answer.status == status


async def test_the_address_served_on_is_ours_too(serve: Any) -> None:
    client = await serve(routes)
    origin = f"http://127.0.0.1:{client.port}"
    answer = await client.delete("/api/v1/thing", headers=LIN | TOKEN | {"Origin": origin})
    assert answer.status == 200


async def test_a_bearer_needs_neither(serve: Any) -> None:
    client = await serve(routes)
    answer = await client.delete(
        "/api/v1/thing", headers={"Authorization": "Bearer machine", "Origin": ALIEN}
    )
    assert answer.status == 200


async def test_the_token_may_come_in_the_form(serve: Any) -> None:
    client = await serve(routes, public_url=OURS)
    for token, status in (("csrf-of-1", 200), ("csrf-of-2", 403)):
        answer = await client.put(
            "/page", data={"csrf_token": token}, headers=LIN | {"Origin": OURS}
        )
        assert answer.status == status


async def test_a_public_route_forgets_a_session_that_is_not_proven(serve: Any) -> None:
    client = await serve(routes, public_url=OURS)

    async def actor(headers: dict[str, str]) -> tuple[int, str | None]:
        answer = await client.put("/api/v1/open", headers=LIN | headers)
        said = await answer.json(content_type=None)
        return answer.status, said.get("actor")

    assert await actor({}) == (200, "public")
    assert await actor({"Origin": "null"}) == (200, "public")
    assert (await actor({"Origin": OURS} | TOKEN))[1] == (
        "staff:01890000-0000-7000-8000-000000000001"
    )
    assert (await actor({"Origin": ALIEN}))[0] == 403
    assert (await actor({"Sec-Fetch-Site": "cross-site"}))[0] == 403
