"""What comes in is refused with a pointer; what goes wrong is answered without a leak."""

import json
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pydantic import Field

from callcenter.errors import CallCenterError
from callcenter.web.call import Call
from callcenter.web.forms import Upload
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import ListQuery, Moment, QueryModel, WireModel

AGENT = {"Authorization": "Bearer machine"}


class Car(WireModel):
    plate: str = Field(min_length=3, max_length=10)
    doors: int = 4
    seen_at: Moment | None = None


class CarOut(WireModel):
    plate: str
    version: int


class CarPath(QueryModel):
    car_id: UUID


class CarForm(QueryModel):
    plate: str
    photo: Upload | None = None


class CarStolen(CallCenterError):
    """Gone."""

    code = "car_stolen"
    message_zh = "车 {plate} 被盗。"
    message_en = "Car {plate} was stolen."


routes = Routes(tags=["cars"])


@routes.put("/api/v1/car", permission=Permission.TICKETS_WRITE)
async def put_car(call: Call, body: Car) -> CarOut:
    """Put a car."""
    if body.plate == "STOLEN":
        raise CarStolen(plate=body.plate)
    if body.plate == "BROKEN":
        raise RuntimeError("secret inside")
    return CarOut(plate=body.plate, version=7)


@routes.patch("/api/v1/cars/{car_id}", permission=Permission.TICKETS_WRITE)
async def edit_car(call: Call, path: CarPath, body: Car) -> CarOut:
    """Edit a car."""
    call.expects(3)
    return CarOut(plate=body.plate, version=4)


@routes.get("/api/v1/cars", permission=Permission.TICKETS_READ)
async def list_cars(call: Call, query: ListQuery) -> CarOut:
    """List cars."""
    return CarOut(plate=str(query.limit), version=1)


@routes.put("/cars/form", permission=Permission.PUBLIC)
async def form_car(call: Call, form: CarForm) -> CarOut:
    """A form."""
    return CarOut(plate=form.plate, version=len(form.photo.data) if form.photo else 0)


@routes.get("/cars/page", permission=Permission.TICKETS_READ)
async def page(call: Call) -> None:
    """A page."""


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "#/body/plate", "missing"),
        ({"plate": "A1"}, "#/body/plate", "string_too_short"),
        ({"plate": "沪A12345", "doors": True}, "#/body/doors", "int_type"),
        ({"plate": "沪A12345", "doors": "4"}, "#/body/doors", "int_type"),
        ({"plate": "沪A12345", "wings": 2}, "#/body/wings", "extra_forbidden"),
        (
            {"plate": "沪A12345", "seen_at": "2026-01-01T00:00:00"},
            "#/body/seen_at",
            "timezone_aware",
        ),
        ({"plate": "沪A\x0012"}, "#/body/plate", "nul_character"),
    ],
)
async def test_each_fault_of_a_body_has_a_pointer(
    serve: Any, body: dict[str, object], pointer: str, code: str
) -> None:
    client = await serve(routes)
    answer = await client.put("/api/v1/car", json=body, headers=AGENT)
    problem = await answer.json(content_type="application/problem+json")
    assert answer.status == 422
    assert problem["code"] == "invalid"
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [(pointer, code)]
    assert problem["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("data", "content_type", "status", "code"),
    [
        (b"", "application/json", 400, "body_missing"),
        (b'{"plate"', "application/json", 400, "body_unreadable"),
        (b"plate=1", "application/x-www-form-urlencoded", 415, "media_type_refused"),
        (b" " * (1024 * 1024 + 1), "application/json", 413, "body_too_large"),
        (b'{"plate": "\\ud800abc"}', "application/json", 400, "body_unreadable"),
    ],
)
async def test_bodies_that_cannot_be_read(
    serve: Any, data: bytes, content_type: str, status: int, code: str
) -> None:
    client = await serve(routes)
    answer = await client.put(
        "/api/v1/car", data=BytesIO(data), headers={**AGENT, "Content-Type": content_type}
    )
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (status, code)


async def test_a_body_of_unknown_length_is_cut_off_too(serve: Any) -> None:
    client = await serve(routes)

    async def endless() -> Any:
        for _ in range(40):
            yield b" " * 65536

    answer = await client.put(
        "/api/v1/car", data=endless(), headers={**AGENT, "Content-Type": "application/json"}
    )
    assert answer.status == 413


async def test_query_and_path_have_pointers_too(serve: Any) -> None:
    client = await serve(routes)
    answer = await client.get("/api/v1/cars?limit=0&wings=2", headers=AGENT)
    problem = await answer.json(content_type="application/problem+json")
    assert {e["pointer"] for e in problem["errors"]} == {"#/query/limit", "#/query/wings"}
    answer = await client.patch(
        "/api/v1/cars/7", json={"plate": "沪A12345"}, headers={**AGENT, "If-Match": '"3"'}
    )
    problem = await answer.json(content_type="application/problem+json")
    assert problem["errors"][0]["pointer"] == "#/path/car_id"


async def test_an_edit_needs_the_version_it_was_made_from(serve: Any) -> None:
    client = await serve(routes)

    async def edit(**headers: str) -> tuple[int, str | None, str | None]:
        answer = await client.patch(
            f"/api/v1/cars/{UUID(int=1)}", json={"plate": "沪A12345"}, headers={**AGENT, **headers}
        )
        said = json.loads(await answer.text())
        return answer.status, said.get("code"), answer.headers.get("ETag")

    assert await edit() == (428, "version_missing", None)
    assert await edit(**{"If-Match": '"2"'}) == (412, "version_stale", None)
    assert await edit(**{"If-Match": "yesterday"}) == (422, "version_malformed", None)
    assert await edit(**{"If-Match": '"3"'}) == (200, None, '"4"')


async def test_refusals_speak_the_callers_language(serve: Any) -> None:
    client = await serve(routes)

    async def detail(who: str, accept: str = "") -> str:
        headers = {"Authorization": f"Bearer {who}", "Accept-Language": accept}
        answer = await client.put("/api/v1/car", json={"plate": "STOLEN"}, headers=headers)
        assert answer.status == 409
        problem = await answer.json(content_type="application/problem+json")
        assert problem["code"] == "car_stolen"
        return str(problem["detail"])

    assert await detail("machine") == "车 STOLEN 被盗。"
    assert await detail("machine", "fr, en;q=0.8, zh;q=0.3") == "Car STOLEN was stolen."
    assert await detail("machine", "zh-CN, en;q=0.5") == "车 STOLEN 被盗。"


async def test_a_fault_of_ours_tells_an_id_and_nothing_else(
    serve: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = await serve(routes)
    answer = await client.put("/api/v1/car", json={"plate": "BROKEN"}, headers=AGENT)
    text = await answer.text()
    assert answer.status == 500
    assert json.loads(text)["code"] == "fault"
    assert answer.headers["X-Request-Id"] in text
    assert "secret inside" not in text


async def test_addresses_and_methods_that_are_not_there(serve: Any) -> None:
    client = await serve(routes)
    answer = await client.get("/api/v1/nothing")
    assert (answer.status, answer.content_type) == (404, "application/problem+json")
    answer = await client.delete("/api/v1/car")
    assert (answer.status, answer.headers["Allow"]) == (405, "PUT")


async def test_who_may(serve: Any) -> None:
    client = await serve(routes)
    answer = await client.get("/api/v1/cars")
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (401, "sign_in_needed")
    assert "WWW-Authenticate" in answer.headers
    answer = await client.get("/api/v1/cars", headers={"Authorization": "Bearer nobody"})
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (403, "forbidden")


async def test_a_page_asks_to_sign_in_and_comes_back(serve: Any) -> None:
    client = await serve(routes)
    answer = await client.get(
        "/cars/page?a=1", headers={"Accept": "text/html"}, allow_redirects=False
    )
    assert answer.status == 303
    assert answer.headers["Location"] == "/sign-in?next=/cars/page?a%3D1"


async def test_forms_urlencoded_and_with_a_file(serve: Any) -> None:
    from aiohttp import FormData

    client = await serve(routes)
    answer = await client.put("/cars/form", data={"plate": "沪A1", "csrf_token": "x"})
    assert await answer.json() == {"plate": "沪A1", "version": 0}
    form = FormData()
    form.add_field("plate", "沪A2")
    form.add_field("photo", b"\xff\xd8\r\n--x", filename="a.jpg", content_type="image/jpeg")
    answer = await client.put("/cars/form", data=form)
    assert await answer.json() == {"plate": "沪A2", "version": 7}
    answer = await client.put(
        "/cars/form", data=b"--x", headers={"Content-Type": "multipart/form-data; boundary=y"}
    )
    assert answer.status == 400


async def test_the_request_id_is_taken_over_when_it_is_one(serve: Any) -> None:
    client = await serve(routes)
    answer = await client.get("/healthz", headers={"X-Request-Id": "given-by-proxy.1"})
    assert answer.headers["X-Request-Id"] == "given-by-proxy.1"
    answer = await client.get("/healthz", headers={"X-Request-Id": "a b"})
    assert UUID(answer.headers["X-Request-Id"]).version == 7


async def test_security_headers(serve: Any) -> None:
    client = await serve(routes, public_url="https://example.org")
    for address in ("/healthz", "/nothing", "/api/v1/cars"):
        headers = (await client.get(address)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Strict-Transport-Security"]
