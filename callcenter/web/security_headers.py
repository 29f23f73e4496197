"""The headers every answer carries, whatever made it."""

from aiohttp import web

from callcenter.web.problems import REQUEST_ID
from callcenter.web.request_log import HEADER
from callcenter.web.respond import ASKS_MICROPHONE, ASKS_POSITION

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
SECRET_PATHS = ("/l/", "/o/", "/s/")
"""Pages whose address is itself the key: links of the caller, the owner and the station."""


class SecurityHeaders:
    """Signal handler: runs before the head of any answer is sent."""

    def __init__(self, *, https: bool) -> None:
        self.https = https

    async def __call__(self, request: web.Request, response: web.StreamResponse) -> None:
        """Adds what the answer does not already say."""
        headers = response.headers
        headers["X-Content-Type-Options"] = "nosniff"
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Referrer-Policy", _referrer_policy(request, response))
        position = "(self)" if response.get(ASKS_POSITION) else "()"
        microphone = "(self)" if response.get(ASKS_MICROPHONE) else "()"
        headers["Permissions-Policy"] = (
            f"geolocation={position}, camera=(), microphone={microphone}"
        )
        if not request.path.startswith("/static/"):
            headers.setdefault("Cache-Control", "no-store")
        if self.https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if REQUEST_ID in request:
            headers[HEADER] = request[REQUEST_ID]


def _referrer_policy(request: web.Request, response: web.StreamResponse) -> str:
    # no-referrer makes browsers post a page's own forms with "Origin: null", which a session's
    # page cannot do without; the pages with a secret address have no session.
    secret = request.path.startswith(SECRET_PATHS)
    return "same-origin" if response.content_type == "text/html" and not secret else "no-referrer"
