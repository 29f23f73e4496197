"""Pages: escaped, in the caller's language, with what their forms need."""

from pathlib import Path
from typing import Any

import pytest

from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.pages import Pages, merged, render
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

WORDS = {
    "zh": {"hello": "你好,{name}", "bye": "再见"},
    "en": {"hello": "Hello, {name}", "bye": "Goodbye"},
}
TEMPLATE = '<p lang="{{ language }}">{{ t("hello", name=name) }}</p><i>{{ csrf_token }}</i>'

routes = Routes()


@routes.get("/hello", permission=Permission.PUBLIC)
async def hello(call: Call) -> Html:
    """A page."""
    return render(call, "hello.html", name="<b>", asks_position=True)


@routes.get("/broken", permission=Permission.PUBLIC)
async def broken(call: Call) -> Html:
    """A page whose template asks for what it is not given."""
    return render(call, "hello.html")


@pytest.fixture
async def client(serve: Any, tmp_path: Path) -> Any:
    (tmp_path / "hello.html").write_text(TEMPLATE, encoding="utf-8")
    return await serve(routes, parts={Pages: Pages([tmp_path], [WORDS])})


async def test_chinese_first_english_beside_it(client: Any) -> None:
    async def text(address: str = "/hello", **headers: str) -> str:
        return str(await (await client.get(address, headers=headers)).text())

    assert "你好" in await text()
    assert "Hello" in await text(**{"Accept-Language": "en-GB"})
    assert "Hello" in await text(Cookie="who=zhao")
    assert "csrf-of-2" in await text(Cookie="who=zhao")
    assert "Hello" in await text("/hello?lang=en")
    assert "Hello" in await text()


async def test_what_is_shown_is_escaped(client: Any) -> None:
    text = await (await client.get("/hello")).text()
    assert "&lt;b&gt;" in text
    assert "<b>" not in text


async def test_its_headers(client: Any) -> None:
    headers = (await client.get("/hello")).headers
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Language"] == "zh"


async def test_a_word_that_is_not_given_is_a_fault(client: Any) -> None:
    answer = await client.get("/broken", headers={"Accept": "text/html"})
    assert answer.status == 500
    assert answer.content_type == "text/html"
    assert answer.headers["X-Request-Id"] in await answer.text()


def test_catalogues_have_equal_keys_and_do_not_overlap() -> None:
    with pytest.raises(ValueError, match="bye"):
        merged([{"zh": {"bye": "再见"}, "en": {}}])
    with pytest.raises(ValueError, match="two"):
        merged([WORDS, WORDS])
