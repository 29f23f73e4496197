"""Idempotency-Key: a retry is answered as the first try was, and does nothing.

The key's row is written in the transaction of the work: both are there or neither. A refusal
rolls both back, so that the key may be used again once the cause is gone.
"""

import hashlib
import re
from datetime import timedelta

from aiohttp import web

from callcenter.db.transaction import Tx
from callcenter.web import repository
from callcenter.web.actor import Actor
from callcenter.web.errors import KeyInProgress, KeyMalformed, KeyRequired, KeyReused
from callcenter.web.parse import Body
from callcenter.web.repository import StoredAnswer

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_FOR = timedelta(hours=24)
VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{8,200}")

KEPT_HEADERS = ("Content-Type", "ETag", "Location")


def key_of(request: web.Request, body: Body) -> str:
    """The key: the header, or the hidden field of a page's form. Raises KeyRequired."""
    key = request.headers.get(HEADER) or body.frame_field("idempotency_key")
    if key is None:
        raise KeyRequired
    if not VISIBLE_ASCII.fullmatch(key):
        raise KeyMalformed
    return key


class Attempt:
    """One request with its key, for as long as its transaction is open."""

    def __init__(self, request: web.Request, actor: Actor, body: Body) -> None:
        self.key = key_of(request, body)
        # Nobody in particular: the address (which may be a secret link) keeps strangers apart.
        self.actor = (
            f"{actor.id}:{hashlib.sha256(request.path.encode()).hexdigest()}"
            if actor.kind == "public"
            else actor.id
        )
        self.digest = _digest(request, body)

    async def earlier_answer(self, tx: Tx) -> web.Response | None:
        """The stored answer, or None when the work is ours to do."""
        found = await repository.claim_key(tx, self.actor, self.key, self.digest)
        if found is None:
            raise KeyInProgress
        if found.request_digest != self.digest:
            raise KeyReused
        if found.status is None:
            return None
        headers = {**found.headers, REPLAYED: "true"}
        return web.Response(status=found.status, body=found.body or None, headers=headers)

    async def keep(self, tx: Tx, response: web.Response) -> None:
        """Store the answer beside the work."""
        assert response.body is None or isinstance(response.body, bytes)
        headers = {
            name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
        }
        answer = StoredAnswer(self.digest, response.status, headers, response.body or b"")
        await repository.keep_answer(tx, self.actor, self.key, answer)


async def purge(tx: Tx) -> int:
    """Forget keys older than 24 h; answers how many. The worker does so hourly."""
    return await repository.purge_keys(tx, older_than_h=int(KEPT_FOR.total_seconds() // 3600))


def _digest(request: web.Request, body: Body) -> bytes:
    digest = hashlib.sha256()
    # An edit from an older version is another request.
    if_match = request.headers.get("If-Match", "")
    for piece in (request.method, request.path_qs, body.media_type, if_match):
        digest.update(piece.encode("utf-8", "replace") + b"\0")
    digest.update(body.raw)
    return digest.digest()
