"""The outermost middleware: request id in and out, one log line and one measurement each."""

import re
import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from callcenter.ids import new_id
from callcenter.web.metrics import METRICS
from callcenter.web.problems import REQUEST_ID

log = structlog.get_logger()

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[A-Za-z0-9_.-]{8,64}")
QUIET = ("/healthz", "/readyz", "/metrics")


@web.middleware
async def request_log(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Names the request, runs it, and writes the line without the query string."""
    given = request.headers.get(HEADER, "")
    request_id = given if GIVEN.fullmatch(given) else str(new_id())
    request[REQUEST_ID] = request_id
    began = time.perf_counter()
    status = 499
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        try:
            response = await handler(request)
            status = response.status
            return response
        finally:
            took = time.perf_counter() - began
            route = route_template(request)
            request.config_dict[METRICS].served(request.method, route, status, took)
            if route not in QUIET:
                log.info(
                    "request",
                    method=request.method,
                    path=route,
                    status=status,
                    ms=round(took * 1000, 1),
                )


def route_template(request: web.Request) -> str:
    """The route with {names} instead of values, so that no id or token is ever logged."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "(unknown)"
