"""Serves an application until it is told to stop, then lets the open requests end."""

import asyncio
import ssl
from collections.abc import Callable

import structlog
from aiohttp import web

log = structlog.get_logger()

GRACE_S = 10.0


async def serve(
    app: web.Application,
    *,
    host: str,
    port: int,
    stop: asyncio.Event,
    tls: ssl.SSLContext | None = None,
    reuse_port: bool = False,
    started: Callable[[int], None] | None = None,
) -> None:
    """Listen until `stop` is set; then accept nothing new, end the feeds, finish the rest.

    `started` hears the port that was bound. Raises OSError when it is taken.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_S, handle_signals=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port, ssl_context=tls, reuse_port=reuse_port or None)
        await site.start()
        bound = int(runner.addresses[0][1])
        log.info("web_ready", port=bound)
        if started:
            started(bound)
        await stop.wait()
    finally:
        await runner.cleanup()
