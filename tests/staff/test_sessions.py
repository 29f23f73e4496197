"""Sessions end: by idling, by age, by sign-out, by a changed password, role or account."""

from types import SimpleNamespace
from typing import Any, cast

import asyncpg
import pytest
from aiohttp import web

from callcenter.db.database import Database
from callcenter.settings import Settings
from callcenter.staff import service
from callcenter.staff.authenticator import StaffAuthenticator, cookie_name

PASSWORD = "correct horse battery"
NEW = "a much better password"


async def test_idle_and_absolute_limits(browse: Any, hire: Any, owner: asyncpg.Connection) -> None:
    await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    assert await browser.who() == 200
    await owner.execute("update sessions set seen_at = now() - interval '31 minutes'")
    assert await browser.who() == 401
    await owner.execute("update sessions set seen_at = now()")
    assert await browser.who() == 200
    await owner.execute("update sessions set began_at = now() - interval '12 hours 1 second'")
    assert await browser.who() == 401


async def test_use_keeps_it_alive(browse: Any, hire: Any, owner: asyncpg.Connection) -> None:
    await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    await owner.execute("update sessions set seen_at = now() - interval '29 minutes'")
    assert await browser.who() == 200
    seen = "select now() - seen_at < interval '1 minute' from sessions"
    assert await owner.fetchval(seen)


async def test_sign_out_ends_it_at_once(browse: Any, hire: Any) -> None:
    await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    stolen = browser.client.session.cookie_jar.filter_cookies(browser.client.make_url("/"))
    assert (await browser.send("DELETE", "/api/v1/session")).status == 204
    browser.client.session.cookie_jar.update_cookies(stolen)
    assert await browser.who() == 401


async def test_each_sign_in_has_a_new_id_and_ends_the_one_before(
    browse: Any, hire: Any, owner: asyncpg.Connection
) -> None:
    await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    await browser.sign_in("lin")
    rows = await owner.fetch("select token_hash, ended_at from sessions order by began_at")
    assert rows[0]["token_hash"] != rows[1]["token_hash"]
    assert [row["ended_at"] is None for row in rows] == [False, True]


async def test_the_cookie_is_kept_hashed(browse: Any, hire: Any, owner: asyncpg.Connection) -> None:
    await hire("lin")
    browser = await browse()
    answer = await browser.sign_in("lin")
    secret = answer.cookies["callcenter"].value
    assert len(secret) >= 43
    assert secret.encode() not in await owner.fetchval("select token_hash from sessions")


async def test_a_changed_password_ends_the_other_sessions(browse: Any, hire: Any) -> None:
    await hire("lin")
    here, there = await browse(), await browse()
    await here.sign_in("lin")
    await there.sign_in("lin")
    body = {"current": PASSWORD, "new": NEW}
    assert (await here.send("POST", "/api/v1/password", json=body)).status == 204
    assert (await here.who(), await there.who()) == (200, 401)
    assert (await there.sign_in("lin", PASSWORD)).status == 401
    assert (await there.sign_in("lin", NEW)).status == 201
    # The answer was lost and the change is sent again: it is already so.
    assert (await here.send("POST", "/api/v1/password", json=body)).status == 204


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("not the password", NEW, "password_wrong"),
        (PASSWORD, PASSWORD, "password_same"),
        (PASSWORD, "short", "invalid"),
    ],
)
async def test_what_is_no_change_of_password(
    browse: Any, hire: Any, current: str, new: str, code: str
) -> None:
    await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    answer = await browser.send("POST", "/api/v1/password", json={"current": current, "new": new})
    assert answer.status == 422
    assert (await answer.json(content_type=None))["code"] == code


async def test_guessing_the_current_password_is_throttled(browse: Any, hire: Any) -> None:
    await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    body = {"current": "not the password", "new": NEW}
    statuses = [
        (await browser.send("POST", "/api/v1/password", json=body)).status for _ in range(6)
    ]
    assert statuses == [422] * 5 + [429]


async def test_who_must_change_may_do_nothing_else(
    browse: Any, hire: Any, owner: asyncpg.Connection
) -> None:
    await hire("root", "admin")
    await owner.execute("update staff_users set must_change = true")
    browser = await browse()
    await browser.sign_in("root")
    assert (await browser.client.get("/api/v1/staff")).status == 403
    body = {"current": PASSWORD, "new": NEW}
    assert (await browser.send("POST", "/api/v1/password", json=body)).status == 204
    assert (await browser.client.get("/api/v1/staff")).status == 200


async def test_the_feed_hears_of_it(database: Database, hire: Any, browse: Any) -> None:
    lin = await hire("lin")
    browser = await browse()
    await browser.sign_in("lin")
    authenticator = StaffAuthenticator(database, Settings())
    cookies = browser.client.session.cookie_jar.filter_cookies(browser.client.make_url("/"))

    request = SimpleNamespace(headers={}, cookies={k: v.value for k, v in cookies.items()})
    actor = await authenticator.identify(cast(web.Request, request))
    assert actor is not None
    assert await authenticator.still_signed_in({actor}) == {actor}
    await database.run(lambda tx: service.edit_staff(tx, "cli", lin, {"active": False}))
    assert await authenticator.still_signed_in({actor}) == set()
    assert await browser.who() == 401


def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    assert cookie_name(Settings(public_url="https://x.example.org")) == "__Host-callcenter"
    assert cookie_name(Settings()) == "callcenter"
