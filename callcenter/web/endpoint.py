"""One declared route at work: who calls, may he, what does he say, and the transaction of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from aiohttp import web

from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.settings import Settings
from callcenter.web.actor import PUBLIC_ACTOR, Actor, Authenticator
from callcenter.web.call import Call
from callcenter.web.errors import (
    CrossSiteRefused,
    Forbidden,
    SignInNeeded,
    VersionMalformed,
    VersionMissing,
)
from callcenter.web.idempotency import Attempt
from callcenter.web.language import language_of
from callcenter.web.origin import has_token, is_foreign, is_ours
from callcenter.web.parse import Body, arguments, read_body
from callcenter.web.permission import Permission
from callcenter.web.problems import ACTOR_LANGUAGE
from callcenter.web.respond import respond
from callcenter.web.routes import Route

SAFE = ("GET", "HEAD", "OPTIONS")
ETAG = re.compile(r'"(\d{1,9})"')


@dataclass(frozen=True)
class Frame:
    """What every endpoint works with."""

    settings: Settings
    database: Database
    authenticator: Authenticator
    parts: Mapping[type, object]


class Endpoint:
    """Answers the requests of one route."""

    def __init__(self, route: Route, frame: Frame) -> None:
        self.route = route
        self.frame = frame

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The whole way of one request."""
        actor = await self._allowed_actor(request)
        body = await read_body(request, self.route, self.frame.settings.largest_import_mib)
        with body.files:
            return await self._answer(request, actor, body)

    async def _answer(self, request: web.Request, actor: Actor, body: Body) -> web.StreamResponse:
        actor = self._from_our_page(request, actor, body)
        call = Call(
            request=request,
            actor=actor,
            settings=self.frame.settings,
            database=self.frame.database,
            parts=self.frame.parts,
            language=language_of(request, actor),
            if_match=self._if_match(request),
            raw=body.raw,
        )
        given = arguments(request, self.route, body)
        if not self.route.transaction:
            return respond(call, self.route, await self.route.handler(call, **given))
        attempt = Attempt(request, actor, body) if self.route.idempotent else None

        # Run again as a whole after a lost connection: nothing of a failed try remains.
        async def work(tx: Tx) -> web.StreamResponse:
            if attempt and (earlier := await attempt.earlier_answer(tx)):
                return earlier
            within = call.within(tx)
            response = respond(within, self.route, await self.route.handler(within, **given))
            if attempt and isinstance(response, web.Response):
                await attempt.keep(tx, response)
            return response

        return await self.frame.database.run(work, readonly=self.route.readonly)

    async def _allowed_actor(self, request: web.Request) -> Actor:
        actor = await self.frame.authenticator.identify(request) or PUBLIC_ACTOR
        request[ACTOR_LANGUAGE] = language_of(request, actor)
        structlog.contextvars.bind_contextvars(actor=actor.id)
        if not actor.may(self.route.permission):
            if actor.kind == "public":
                raise SignInNeeded
            raise Forbidden(permission=self.route.permission.value)
        return actor

    def _from_our_page(self, request: web.Request, actor: Actor, body: Body) -> Actor:
        """Refuses what another site's page made the browser send."""
        public_url = self.frame.settings.base_url
        if request.method in SAFE:
            # A socket acts, and a browser opens it for any page, with our cookie.
            opens_socket = "websocket" in request.headers.get("Upgrade", "").lower()
            if opens_socket and actor.csrf_token and not is_ours(request, public_url):
                raise CrossSiteRefused
            return actor
        by_cookie = actor.csrf_token is not None
        trusted = not by_cookie or (
            is_ours(request, public_url)
            and has_token(request, actor, body.frame_field("csrf_token"))
        )
        if self.route.permission is not Permission.PUBLIC:
            if not trusted:
                raise CrossSiteRefused
            return actor
        if is_foreign(request, public_url):
            raise CrossSiteRefused
        # A public route does not need the session: without its token nobody in particular calls.
        return actor if trusted else PUBLIC_ACTOR

    def _if_match(self, request: web.Request) -> int | None:
        given = request.headers.get("If-Match")
        if given is None:
            if self.route.if_match:
                raise VersionMissing
            return None
        match = ETAG.fullmatch(given.strip())
        if match is None:
            raise VersionMalformed
        return int(match[1])
