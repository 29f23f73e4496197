"""Which addresses are asked to carry a push.

A browser names its push service, and whoever is signed in could name any address: so only the
services of the settings are asked, by https. (Loopback, when the settings allow it, for tests.)
"""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from callcenter.settings import PushSettings

LONGEST = 1000


def may_be_asked(endpoint: str, settings: PushSettings) -> bool:
    """Whether this is an address of a push service that the settings know."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    host = parts.hostname or ""
    if settings.allow_loopback and _is_loopback(host):
        return parts.scheme in ("http", "https")
    is_plain = "@" not in parts.netloc and port in (None, 443)
    return parts.scheme == "https" and is_plain and _is_known(host, settings.services)


def origin_of(endpoint: str) -> str:
    """The service itself, without the secret part: for its signature, and for a log."""
    parts = urlsplit(endpoint)
    return SplitResult(parts.scheme, parts.netloc, "", "", "").geturl()


def _is_known(host: str, services: tuple[str, ...]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in services)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
