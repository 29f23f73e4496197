"""A provider on loopback that takes signed JSON: it looks at the signature by the words of
Standard Webhooks and none of the product's code, and sends receipts back."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

SECRET = "a secret of 24 characters"
RECEIPTS = "/carriers/text/receipts"


def sign(webhook_id: str, at: int, body: bytes, secret: str = SECRET) -> str:
    said = f"{webhook_id}.{at}.".encode() + body
    digest = hmac.new(secret.encode(), said, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def headers_of(body: bytes, *, secret: str = SECRET, ago_s: int = 0) -> dict[str, str]:
    """Of a receipt, signed so long ago."""
    at = int(time.time()) - ago_s
    return {
        "webhook-id": "receipt-1",
        "webhook-timestamp": str(at),
        "webhook-signature": sign("receipt-1", at, body, secret),
        "Content-Type": "application/json",
    }


@dataclass
class Gateway:
    """`status`: what it answers; `sleeps_s`: it has delivered and answers so much later; `cuts`:
    it has delivered and hangs up."""

    status: int = 200
    sleeps_s: float = 0.0
    cuts: bool = False
    answer: bytes | None = None
    seen: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        name, at = request.headers["webhook-id"], int(request.headers["webhook-timestamp"])
        assert request.headers["webhook-signature"] == sign(name, at, body)
        said = json.loads(body)
        assert request.headers["Idempotency-Key"] == said["message_id"] == name
        self.seen.append(said)
        if self.cuts and request.transport:
            request.transport.abort()
        await asyncio.sleep(self.sleeps_s)
        if self.answer is not None:
            return web.Response(body=self.answer, status=self.status)
        return web.json_response({"provider_id": f"P{len(self.seen)}"}, status=self.status)


@asynccontextmanager
async def gateway() -> AsyncIterator[Gateway]:
    """On a free port of loopback."""
    it = Gateway()
    app = web.Application()
    app.router.add_post("/texts", it.take)
    async with TestServer(app) as server:
        it.url = str(server.make_url("/texts"))
        yield it


async def report(base: str, message_id: str, outcome: str, **how: Any) -> int:
    """A signed receipt; the status it is answered with."""
    said = {"message_id": message_id, "outcome": outcome} | how.pop("fields", {})
    body = json.dumps(said).encode()
    async with aiohttp.ClientSession() as session:
        headers = how.pop("headers", None) or headers_of(body, **how)
        async with session.post(f"{base}{RECEIPTS}", data=body, headers=headers) as answer:
            return answer.status
