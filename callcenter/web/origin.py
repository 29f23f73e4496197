"""Cross-site defence: an unsafe request with a session cookie must come from our own page.

It must show our Origin (or Sec-Fetch-Site: same-origin) and the session's token, in the
X-CSRF-Token header or the form field csrf_token. Bearer tokens are not sent by browsers on
their own and need neither.
"""

import hmac

from aiohttp import web
from yarl import URL

from callcenter.web.actor import Actor

TOKEN_HEADER = "X-CSRF-Token"


def is_ours(request: web.Request, public_url: str | None) -> bool:
    """Whether the browser says that one of our own pages sent this."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    origin = request.headers.get("Origin")
    return origin is not None and origin.lower() in _our_origins(request, public_url)


def is_foreign(request: web.Request, public_url: str | None) -> bool:
    """Whether the browser says that another site's page sent this."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin")
    # A page with Referrer-Policy: no-referrer posts its own forms with Origin "null".
    return origin not in (None, "null") and not is_ours(request, public_url)


def has_token(request: web.Request, actor: Actor, form_token: str | None) -> bool:
    """Whether the request carries the session's token."""
    if not actor.csrf_token:
        return False
    shown = request.headers.get(TOKEN_HEADER) or form_token or ""
    return hmac.compare_digest(shown.encode("utf-8", "replace"), actor.csrf_token.encode())


def _our_origins(request: web.Request, public_url: str | None) -> set[str]:
    ours = {f"{request.scheme}://{request.host}".lower()}
    if public_url:
        ours.add(str(URL(public_url).origin()).lower())
    return ours
