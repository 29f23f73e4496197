"""Signed webhooks in both directions, as Standard Webhooks has it: HMAC-SHA256 over id, time and
body, so that providers can use a library of theirs."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
WINDOW_S = 300
"""So old, or so much in the future, a signature may be: longer it cannot be replayed."""
_PREFIX = "whsec_"


def signed(secret: str, webhook_id: str, at: int, body: bytes) -> dict[str, str]:
    """The headers that go with the body. `at`: seconds since 1970."""
    return {
        ID: webhook_id,
        TIMESTAMP: str(at),
        SIGNATURE: f"v1,{_digest(secret, webhook_id, str(at), body)}",
    }


def is_signed(secrets: Sequence[str], headers: Mapping[str, str], now: int, body: bytes) -> bool:
    """Whether one of the secrets made it, and not long ago. Takes as long for any wrong one."""
    webhook_id, at = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape").split()
    right = [b"v1," + _digest(secret, webhook_id, at, body).encode() for secret in secrets]
    matches = [hmac.compare_digest(one, wanted) for one in given[:10] for wanted in right]
    is_recent = at.isascii() and at.isdigit() and len(at) < 12 and abs(now - int(at)) <= WINDOW_S
    return any(matches) and is_recent


def _digest(secret: str, webhook_id: str, at: str, body: bytes) -> str:
    said = f"{webhook_id}.{at}.".encode("utf-8", "surrogateescape") + body
    return base64.b64encode(hmac.digest(_key(secret), said, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()
