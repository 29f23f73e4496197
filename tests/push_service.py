"""A push service on loopback, and a browser's end of it: it really decrypts what it is given and
looks at the signature, by RFC 8291, 8188 and 8292 and none of the product's code."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def keys_of_a_browser() -> tuple[str, str]:
    """p256dh and auth of a browser that nobody asks further."""
    browser = Phone()
    return browser.p256dh, browser.auth


@dataclass
class Phone:
    """The keys that a browser makes when it subscribes."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = b"sixteen bytes !!"

    @property
    def p256dh(self) -> str:
        return text_of(point_of(self.key))

    @property
    def auth(self) -> str:
        return text_of(self.secret)

    def read(self, body: bytes) -> Any:
        """What was meant for this phone; raises InvalidTag for another's (RFC 8291, section 3)."""
        salt, length = body[:16], body[20]
        theirs = body[21 : 21 + length]
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        info = b"WebPush: info\0" + point_of(self.key) + theirs
        secret = _hkdf(shared, self.secret, info, 32)
        key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, body[21 + length :], None)
        return json.loads(plain.rstrip(b"\0").removesuffix(b"\x02"))


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@dataclass(frozen=True)
class Push:
    """One push as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    def claims(self, public: str, *, audience: str) -> dict[str, Any]:
        """What its signature says (RFC 8292); raises AssertionError when it is not this key's, or
        meant for another service."""
        scheme, _, given = self.headers["Authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in given.split(","))
        assert (scheme, parts["k"]) == ("vapid", public)
        signed, _, signature = parts["t"].rpartition(".")
        raw = bytes_of(signature)
        r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(public))
        try:
            key.verify(utils.encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            raise AssertionError("signed by somebody else") from None
        claims: dict[str, Any] = json.loads(bytes_of(signed.partition(".")[2]))
        assert claims["aud"] == audience
        return claims


class PushService:
    """Answers each address as it is told, in turn, and 201 from then on."""

    def __init__(self) -> None:
        self.taken: list[Push] = []
        self.answers: dict[str, list[int]] = {}
        app = web.Application()
        app.router.add_post("/{name}", self._take)
        self.server = TestServer(app)

    @property
    def origin(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    def told(self) -> set[str]:
        """Which addresses were asked."""
        return {push.path for push in self.taken}

    async def _take(self, request: web.Request) -> web.Response:
        headers = {name: request.headers[name] for name in request.headers}
        self.taken.append(Push(request.path, headers, await request.read()))
        told = self.answers.get(request.path)
        status = told.pop(0) if told else 201
        return web.Response(status=status, headers={"Location": f"{self.origin}/elsewhere"})


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    service = PushService()
    await service.server.start_server()
    try:
        yield service
    finally:
        await service.server.close()
