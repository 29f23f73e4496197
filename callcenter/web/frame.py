"""Puts the web application together out of the rooms' routes."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path

from aiohttp import web

from callcenter.db.database import Database
from callcenter.settings import Settings
from callcenter.web import console, feed, files, health
from callcenter.web.actor import Authenticator
from callcenter.web.endpoint import Endpoint, Frame
from callcenter.web.feed_hub import HUB, FeedHub
from callcenter.web.metrics import METRICS, Metrics
from callcenter.web.openapi import openapi
from callcenter.web.permission import Permission
from callcenter.web.problem_page import HOTLINE
from callcenter.web.problems import problems
from callcenter.web.request_log import request_log
from callcenter.web.routes import UPLOAD_LIMIT, Handler, Route, UndeclaredPermission
from callcenter.web.security_headers import SecurityHeaders

OWN_ROUTES = (*health.routes, *files.routes, *feed.routes, *console.routes)
"""Routes of the frame itself, in every application."""


def build(
    settings: Settings,
    database: Database,
    routes: Iterable[Route],
    authenticator: Authenticator,
    parts: Mapping[type, object] | None = None,
    *,
    static_folder: Path | None = None,
) -> web.Application:
    """The application. Raises when a route is declared twice or without a permission."""
    everything = all_routes(routes)
    metrics = Metrics()
    hub = FeedHub(database, authenticator, metrics, idle_s=settings.sessions.idle_s)
    frame = Frame(settings, database, authenticator, {**(parts or {}), FeedHub: hub})
    app = web.Application(middlewares=[request_log, problems], client_max_size=UPLOAD_LIMIT)
    app[METRICS], app[HUB], app[HOTLINE] = metrics, hub, settings.hotline
    for route in everything:
        app.router.add_route(route.method, route.path, Endpoint(route, frame).handle)
    app.router.add_get("/openapi.json", _contract(everything))
    if static_folder is not None:
        app.router.add_static("/static", static_folder, append_version=False)
    app.on_response_prepare.append(SecurityHeaders(https=settings.base_url.startswith("https:")))
    app.cleanup_ctx.append(_run_hub)
    app.on_shutdown.append(_close_feeds)
    return app


def all_routes(routes: Iterable[Route]) -> list[Route]:
    """The rooms' routes and the frame's own, checked."""
    everything = [*OWN_ROUTES, *routes]
    for route in everything:
        if not isinstance(route.permission, Permission):
            raise UndeclaredPermission(f"{route.method} {route.path} declares no permission")
    twice = [at for at, n in Counter((r.method, r.path) for r in everything).items() if n > 1]
    if twice:
        raise ValueError(f"declared twice: {twice}")
    return everything


def _contract(routes: list[Route]) -> Handler:
    """Serves the document: made when it is first asked for, so that no start waits for it."""
    making: asyncio.Task[str] | None = None

    async def serve(_request: web.Request) -> web.Response:
        nonlocal making
        if making is None:
            making = asyncio.create_task(asyncio.to_thread(lambda: json.dumps(openapi(routes))))
        # Who hangs up does not take it away from the others who wait.
        text = await asyncio.shield(making)
        return web.Response(text=text, content_type="application/json")

    return serve


async def _run_hub(app: web.Application) -> AsyncIterator[None]:
    running = asyncio.create_task(app[HUB].run())
    yield
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def _close_feeds(app: web.Application) -> None:
    app[HUB].close()
