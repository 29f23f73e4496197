"""Declaring routes: a room's http.py makes one `Routes` and decorates its handlers.

A handler takes the Call first and, by name: body, form, query, path, headers (pydantic models
by annotation) or upload (an Upload). It answers a pydantic model, None (204), Html or any
StreamResponse.
"""

import inspect
import typing
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from callcenter.web.permission import Permission

Handler = Callable[..., Awaitable[Any]]
H = TypeVar("H", bound=Handler)

SOURCES = ("body", "form", "query", "path", "headers", "upload")
WITHOUT_BODY = ("GET", "HEAD")
MIB = 1024 * 1024
BODY_LIMIT = MIB
UPLOAD_LIMIT = 8 * MIB


@dataclass(frozen=True)
class Route:
    """One declared route, checked when it is declared."""

    method: str
    path: str
    handler: Handler
    permission: Permission
    status: int = 200
    tags: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    transaction: bool = True
    idempotent: bool = False
    reads: bool = False
    if_match: bool = False
    body_limit: int = BODY_LIMIT
    spools: bool = False
    media_types: tuple[str, ...] = ()
    sources: dict[str, Any] = field(default_factory=dict)
    returns: Any = None

    @property
    def is_api(self) -> bool:
        """API routes stand in openapi.json; pages do not."""
        return self.path.startswith("/api/")

    @property
    def readonly(self) -> bool:
        """Whether it writes nothing: then a read-only transaction holds it to that."""
        return self.reads or self.method in WITHOUT_BODY

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return (inspect.getdoc(self.handler) or self.handler.__name__).splitlines()[0]

    @property
    def description(self) -> str:
        """The rest of the handler's docstring."""
        return "\n".join((inspect.getdoc(self.handler) or "").splitlines()[1:]).strip()


class UndeclaredPermission(TypeError):
    """A route was declared without saying who may use it."""


class Routes(list[Route]):
    """The routes of one room. Call `.get(path, permission=...)` and so on as decorators.

    `idempotent` is on for POST unless switched off, `if_match` for PATCH: then the frame asks
    for the headers. `reads` is a POST that writes nothing, because what it is asked about is too
    long or too private for an address: it has no key. `media_types` names what an `upload` may be.
    `tags` are the room's default.
    """

    def __init__(self, *, tags: Sequence[str] = ()) -> None:
        super().__init__()
        self.tags = tuple(tags)

    def get(self, path: str, **declared: Any) -> Callable[[H], H]:
        return self._declare("GET", path, declared)

    def post(self, path: str, **declared: Any) -> Callable[[H], H]:
        return self._declare("POST", path, declared)

    def patch(self, path: str, **declared: Any) -> Callable[[H], H]:
        return self._declare("PATCH", path, declared)

    def put(self, path: str, **declared: Any) -> Callable[[H], H]:
        return self._declare("PUT", path, declared)

    def delete(self, path: str, **declared: Any) -> Callable[[H], H]:
        return self._declare("DELETE", path, declared)

    def _declare(self, method: str, path: str, declared: dict[str, Any]) -> Callable[[H], H]:
        def decorate(handler: H) -> H:
            self.append(declare(method, path, handler, **{"tags": self.tags, **declared}))
            return handler

        return decorate


def declare(method: str, path: str, handler: Handler, **declared: Any) -> Route:
    """The route, with what its handler's signature says; raises TypeError when it cannot be."""
    permission = declared.pop("permission", None)
    if not isinstance(permission, Permission):
        raise UndeclaredPermission(f"{method} {path} declares no permission")
    transaction = declared.get("transaction", True)
    if declared.get("idempotent") is None:
        declared["idempotent"] = method == "POST" and transaction and not declared.get("reads")
    if declared["idempotent"] and not transaction:
        raise TypeError(f"{method} {path}: an idempotent route needs the frame's transaction")
    declared.setdefault("if_match", method == "PATCH")
    hints = typing.get_type_hints(handler)
    returns = hints.pop("return", None)
    sources = {name: hints[name] for name in SOURCES if name in hints}
    unknown = set(list(inspect.signature(handler).parameters)[1:]) - set(sources)
    if unknown:
        raise TypeError(f"{method} {path}: no source for {sorted(unknown)}")
    if "upload" in sources:
        declared.setdefault("body_limit", UPLOAD_LIMIT)
    for name in ("tags", "problems", "media_types"):
        declared[name] = tuple(declared.get(name, ()))
    declared.setdefault("status", 204 if returns in (None, type(None)) else 200)
    return Route(method, path, handler, permission, sources=sources, returns=returns, **declared)
