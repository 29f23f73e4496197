"""Finds out who calls: the session of the cookie, or the bearer's machine token."""

from collections.abc import Collection, Set
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from aiohttp import web

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.settings import Settings
from callcenter.staff.model import Role, StaffUser, hashed
from callcenter.staff.repository import SQL, user_of
from callcenter.staff.roles import ROLES
from callcenter.web.actor import Actor
from callcenter.web.permission import Permission

BEARER = "Bearer "
TOUCH_EVERY_S = 60.0
PERMISSIONS = {permission.value: permission for permission in Permission}


class StaffAuthenticator:
    """The web frame's Authenticator."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._rules = settings.sessions
        self._cookie = cookie_name(settings)
        self._touch_s = min(TOUCH_EVERY_S, self._rules.idle_s / 10)

    async def identify(self, request: web.Request) -> Actor | None:
        """The caller; a bearer token counts before a cookie. None when stale or absent."""
        authorization = request.headers.get("Authorization")
        if authorization is not None:
            if not authorization.startswith(BEARER):
                return None
            return await self._machine(authorization.removeprefix(BEARER).strip())
        secret = request.cookies.get(self._cookie)
        return await self._colleague(secret) if secret else None

    async def still_signed_in(self, actors: Collection[Actor]) -> Set[Actor]:
        """Those whose session or token is still good."""
        sessions = [actor.session_id for actor in actors if actor.session_id]
        machines = [_row_id(actor) for actor in actors if actor.kind == "machine"]
        async with self._database.reading() as tx:
            rows = [
                *await SQL.good_sessions(tx.connection, ids=sessions, **self._limits()),
                *await SQL.good_tokens(tx.connection, ids=machines),
            ]
        good = {row["id"] for row in rows}
        return {actor for actor in actors if (actor.session_id or _row_id(actor)) in good}

    async def _machine(self, secret: str) -> Actor | None:
        async with self._database.reading() as tx:
            row = await SQL.find_token(tx.connection, token_hash=hashed(secret))
        return machine_actor(row) if row else None

    async def _colleague(self, secret: str) -> Actor | None:
        token_hash = hashed(secret)
        async with self._database.reading() as tx:
            row = await SQL.find_session(
                tx.connection, token_hash=token_hash, touch_s=self._touch_s, **self._limits()
            )
        if row is None:
            return None
        if row["worn"]:
            await self._touch(row["session_id"])
        return staff_actor(user_of(row), row["session_id"], row["csrf_token"])

    async def _touch(self, session_id: UUID) -> None:
        async def work(tx: Tx) -> None:
            await SQL.touch_session(tx.connection, id=session_id)

        await self._database.run(work)

    def _limits(self) -> dict[str, float]:
        return {"idle_s": self._rules.idle_s, "absolute_s": self._rules.absolute_s}


def staff_actor(user: StaffUser, session_id: UUID, csrf_token: str) -> Actor:
    """The colleague; who must change his password may do nothing else."""
    return Actor(
        id=f"staff:{user.id}",
        kind="staff",
        role=user.role.value,
        permissions=frozenset() if user.must_change else ROLES[user.role],
        station_id=user.station_id,
        name=user.name,
        language=user.language,
        session_id=session_id,
        csrf_token=csrf_token,
    )


def machine_actor(row: Any) -> Actor:
    """The machine. On the live feed one without a station hears what a supervisor hears."""
    return Actor(
        id=f"machine:{row['id']}",
        kind="machine",
        role=(Role.STATION if row["station_id"] else Role.SUPERVISOR).value,
        permissions=frozenset(
            PERMISSIONS[scope] for scope in row["scopes"] if scope in PERMISSIONS
        ),
        station_id=row["station_id"],
        name=row["name"],
    )


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host; browsers take it over https only."""
    return "__Host-callcenter" if _is_https(settings) else "callcenter"


def put_cookie(cookies: SimpleCookie, settings: Settings, secret: str | None) -> None:
    """Set the session's cookie, or take it away."""
    name = cookie_name(settings)
    cookies[name] = secret or ""
    morsel = cookies[name]
    morsel["path"], morsel["samesite"], morsel["httponly"] = "/", "Lax", True
    morsel["secure"] = _is_https(settings)
    if secret is None:
        morsel["max-age"] = "0"


def _is_https(settings: Settings) -> bool:
    return settings.base_url.startswith("https:")


def _row_id(actor: Actor) -> UUID:
    return UUID(actor.id.partition(":")[2])
