"""What the web process sends of the console, and to whom; some files stand for the built ones."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from callcenter.map_settings import MapSettings
from callcenter.staff.model import Role
from callcenter.web import console
from tests.contract.browser import browser
from tests.service import Service

SCRIPT = b"/* long enough to be worth compressing */" * 100
PAGE = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as vite leaves it, in place of the real one."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_text("the console")
    (assets / "main-1.js").write_bytes(SCRIPT)
    (assets / "main-1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (assets / "secret.key").write_text("no asset")
    monkeypatch.setattr(console, "BUILT", tmp_path)
    return tmp_path


async def test_every_view_is_the_same_page_which_is_asked_for_each_time(service: Service):
    async with browser(service, Role.AGENT) as session:
        for view in ("", "tickets", "tickets/1/2"):
            async with session.get(f"/console/{view}") as answer:
                assert await answer.text() == "the console"
                assert "no-cache" in answer.headers["Cache-Control"]
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "style-src 'self' 'unsafe-inline'" in policy
        assert "microphone=(self)" in answer.headers["Permissions-Policy"]
        async with session.get("/password") as answer:
            assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
            assert "microphone=()" in answer.headers["Permissions-Policy"]


async def test_the_console_alone_may_use_the_microphone_and_speaks_to_nobody_but_us(
    service: Service,
):
    async with browser(service, Role.AGENT) as session:
        async with session.get("/console/desk") as answer:
            assert "microphone=(self)" in answer.headers["Permissions-Policy"]
            policy = answer.headers["Content-Security-Policy"].split("; ")
        async with session.get("/password") as answer:
            assert "microphone=()" in answer.headers["Permissions-Policy"]
    # Its socket is of the same origin: what 'self' of the default covers.
    assert "default-src 'self'" in policy
    assert not [one for one in policy if one.startswith(("connect-src", "media-src"))]


def test_images_may_come_from_those_who_were_named_for_tiles_and_nobody_else():
    tiles = [
        {"url": "https://t{0-2}.maps.example.cn/{z}/{x}/{y}.png?tk=KEY"},
        {"kind": "wmts", "url": "http://127.0.0.1:9/wmts?tk=K", "layer": "vec", "matrix_set": "w"},
    ]
    names = {"name_zh": "地图", "name_en": "Map", "attribution": "GS(2026)1"}
    origins = MapSettings.model_validate({"layers": [{**names, "tiles": tiles}]}).origins
    assert origins == [*(f"https://t{n}.maps.example.cn" for n in range(3)), "http://127.0.0.1:9"]
    policy = console.console_policy(origins).split("; ")
    assert f"img-src 'self' data: {' '.join(origins)}" in policy
    assert console.console_policy([]).count("img-src 'self' data:;") == 1


@pytest.mark.parametrize(
    "tiles",
    [
        {"url": "https://maps.example.cn; script-src *//{z}/{x}/{y}"},
        {"url": "https://*.example.cn/{z}/{x}/{y}"},
        {"url": "https://{s}.example.cn/{z}/{x}/{y}"},
        {"url": "https://t{9-0}.example.cn/{z}/{x}/{y}"},
        {"url": "https://me:secret@maps.example.cn/{z}/{x}/{y}"},
        {"url": "ftp://maps.example.cn/{z}/{x}/{y}"},
        {"url": "/tiles/{z}/{x}/{y}"},
        {"url": "https://maps.example.cn/{z}.png"},
        {"kind": "wmts", "url": "https://maps.example.cn/wmts"},
    ],
)
def test_tiles_without_a_host_or_a_place_in_the_address_are_refused_at_the_start(tiles: Any):
    with pytest.raises(ValueError, match="tiles"):
        MapSettings.model_validate(
            {"layers": [{"name_zh": "图", "name_en": "M", "attribution": "x", "tiles": [tiles]}]}
        )


async def test_assets_are_kept_for_good_and_sent_compressed(service: Service):
    async with browser(service, Role.AGENT) as session:
        gzipped = {"Accept-Encoding": "gzip"}
        async with session.get("/console/assets/main-1.js", headers=gzipped) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.content_type == "text/javascript"
            assert await answer.read() == SCRIPT


@pytest.mark.parametrize(
    "name", ["gone-2.js", "secret.key", "..%2Findex.html", "%2Fetc%2Fpasswd", ".gitignore"]
)
async def test_nothing_else_is_sent(service: Service, name: str):
    async with (
        browser(service, Role.AGENT) as session,
        session.get(f"/console/assets/{name}") as answer,
    ):
        assert answer.status in (404, 422)


async def test_who_is_not_signed_in_gets_neither(service: Service):
    async with browser(service, None) as session:
        async with session.get("/console/", headers=PAGE, allow_redirects=False) as answer:
            assert answer.headers["Location"] == "/sign-in?next=/console/"
        async with session.get("/console/assets/main-1.js") as answer:
            assert answer.status == 401


async def test_where_it_is_not_built_the_page_says_what_to_do(service: Service, built: Path):
    (built / "index.html").unlink()
    async with (
        browser(service, Role.AGENT) as session,
        session.get("/console/", headers=PAGE) as answer,
    ):
        assert answer.status == 404
        assert "python3 dev.py run" in await answer.text()
