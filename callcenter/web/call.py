"""One request as a handler sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any, Self, TypeVar

from aiohttp import web
from multidict import CIMultiDict

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.settings import Settings
from callcenter.web.actor import Actor
from callcenter.web.errors import Forbidden, VersionMissing, VersionStale
from callcenter.web.permission import Permission

T = TypeVar("T")


@dataclass(frozen=True)
class Call:
    """The request, who makes it, its transaction, and the parts wired in the app.

    `headers` and `cookies` go out with the answer. A retry with the same Idempotency-Key gets the
    headers of `idempotency.KEPT_HEADERS` again, never a cookie. `raw` is the body as it came, which
    signatures are over.
    """

    request: web.Request
    actor: Actor
    settings: Settings
    database: Database
    parts: Mapping[type, object]
    language: str = "zh"
    if_match: int | None = None
    headers: CIMultiDict[str] = field(default_factory=CIMultiDict)
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    open_tx: Tx | None = None
    raw: bytes = b""

    @property
    def tx(self) -> Tx:
        """The request's transaction; a route with transaction=False has none."""
        if self.open_tx is None:
            raise RuntimeError("this route was declared without a transaction")
        return self.open_tx

    def part(self, wanted: type[T]) -> T:
        """The wired part of this type."""
        found: Any = self.parts[wanted]
        return found  # type: ignore[no-any-return]

    def expects(self, version: int) -> None:
        """Refuse unless If-Match names this version: 428 without it, 412 when it is stale."""
        if self.if_match is None:
            raise VersionMissing
        if self.if_match != version:
            raise VersionStale(version=version)

    def require(self, permission: Permission) -> None:
        """Refuse unless the caller holds one more permission than the route asks for."""
        if not self.actor.may(permission):
            raise Forbidden(permission=permission.value)

    def within(self, tx: Tx) -> Self:
        """The same call in a new transaction, with nothing said yet."""
        return replace(self, open_tx=tx, headers=CIMultiDict(), cookies=SimpleCookie())
