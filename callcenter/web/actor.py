"""Who calls: a colleague, a machine, the holder of a link, or anybody."""

from collections.abc import Collection, Set
from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import UUID

from aiohttp import web

from callcenter.web.permission import Permission

Kind = Literal["staff", "machine", "link", "public"]


@dataclass(frozen=True)
class Actor:
    """`id` is the text that events, notes and `opened_by` keep: "staff:<uuid>", "machine:<uuid>",
    "link:<what>", "public". `staff_id` is the colleague's row, None for all others."""

    id: str
    kind: Kind
    role: str = ""
    permissions: frozenset[Permission] = frozenset()
    station_id: UUID | None = None
    name: str = ""
    language: str | None = None
    session_id: UUID | None = None
    csrf_token: str | None = field(default=None, repr=False)

    @property
    def staff_id(self) -> UUID | None:
        """The colleague's id, when it is one."""
        return UUID(self.id.partition(":")[2]) if self.kind == "staff" else None

    def may(self, permission: Permission) -> bool:
        """Whether this caller holds the permission."""
        if permission is Permission.PUBLIC:
            return True
        if permission is Permission.SIGNED_IN:
            return self.kind in ("staff", "machine")
        return permission in self.permissions


PUBLIC_ACTOR = Actor(id="public", kind="public")


class Authenticator(Protocol):
    """Finds out who calls; implemented by the staff room, wired in the app."""

    async def identify(self, request: web.Request) -> Actor | None:
        """The caller by session cookie or bearer token; None when he shows neither, or stale."""

    async def still_signed_in(self, actors: Collection[Actor]) -> Set[Actor]:
        """Those of the actors whose session or token is still good."""
