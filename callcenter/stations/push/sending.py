"""One push to one phone: encrypted so that only its browser can read it, and signed.

A service that is busy or away is asked again shortly, and then no more: who is told late by push
has been told by text and telephone long before.
"""

import asyncio
import base64
import json
from enum import StrEnum
from typing import Any, Protocol

import aiohttp
import http_ece
import structlog
from cryptography.hazmat.primitives.asymmetric import ec

from callcenter.settings import PushSettings
from callcenter.stations.push.endpoint import may_be_asked, origin_of
from callcenter.stations.push.key import PushKey

log = structlog.get_logger()
AGAIN_AFTER_S = (0.3, 1.5)
WITHIN = aiohttp.ClientTimeout(total=5)


class Outcome(StrEnum):
    """What the push service said."""

    SENT = "sent"
    FAILED = "failed"
    GONE = "gone"


class Addressee(Protocol):
    """Where to, and the browser's two keys."""

    @property
    def endpoint(self) -> str: ...
    @property
    def p256dh(self) -> str: ...
    @property
    def auth(self) -> str: ...


class PushSender:
    """Sends in the name of this installation. Never raises for what is outside."""

    def __init__(self, key: PushKey, settings: PushSettings, contact: str) -> None:
        self._key = key
        self._settings = settings
        self._contact = contact

    async def send(
        self, to: Addressee, words: dict[str, Any], *, ttl_s: int, topic: str
    ) -> Outcome:
        """`topic`: a later push with the same one takes the place of one not yet delivered."""
        if not self._key or not may_be_asked(to.endpoint, self._settings):
            return Outcome.FAILED
        try:
            body = encrypted(json.dumps(words).encode(), to)
        except ValueError:
            # Keys that are none: no browser made them.
            return Outcome.GONE
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(ttl_s),
            "Urgency": "high",
            "Topic": topic,
            **self._key.signed(to.endpoint, self._contact),
        }
        for pause_s in (*AGAIN_AFTER_S, None):
            status = await _post(to.endpoint, body, headers)
            is_passing = status == 0 or status == 429 or status >= 500
            if not is_passing or pause_s is None:
                break
            await asyncio.sleep(pause_s)
        return _outcome(to.endpoint, status)


def encrypted(message: bytes, to: Addressee) -> bytes:
    """By RFC 8291, with a key of this message's own; raises ValueError when theirs are none."""
    sealed: bytes = http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(to.p256dh),
        auth_secret=_bytes(to.auth),
        version="aes128gcm",
    )
    return sealed


async def _post(endpoint: str, body: bytes, headers: dict[str, str]) -> int:
    """The status; 0 when none came. What is answered besides is of no use and is not read."""
    try:
        async with (
            aiohttp.ClientSession(timeout=WITHIN) as client,
            client.post(endpoint, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except (aiohttp.ClientError, TimeoutError, OSError):
        return 0


def _outcome(endpoint: str, status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome.SENT
    if status in (404, 410):
        return Outcome.GONE
    # Never the endpoint: who knows it may push.
    log.warning("push_failed", service=origin_of(endpoint), status=status)
    return Outcome.FAILED


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
