"""Texts by a provider that takes signed JSON. docs/senders.md is its contract."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

from callcenter.messages.model import CarrierBusy, CarrierRefused, CarrierSilent, Message
from callcenter.messages.signature import signed
from callcenter.sender_settings import GatewaySettings

HTTP = "http"
NOT_YET = (429, 503)
NOT_CLEAR = (408, 409, 425)
LONGEST_ANSWER = 64 * 1024
LONGEST_ID = 200


class HttpGateway:
    """Hands each text over by one POST; our id is its idempotency key."""

    name = HTTP

    def __init__(self, settings: GatewaySettings, session: aiohttp.ClientSession) -> None:
        self.settings = settings
        self.session = session

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: GatewaySettings) -> AsyncIterator["HttpGateway"]:
        """As long as the block lasts."""
        timeout = aiohttp.ClientTimeout(total=settings.timeout_s, connect=settings.timeout_s / 2)
        # A kept connection that the provider closes just then would leave a message unknown.
        lines = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(timeout=timeout, connector=lines) as session:
            yield cls(settings, session)

    def parts(self, message: Message) -> int:
        """How it is cut is the provider's affair."""
        return 1

    async def send(self, message: Message) -> Sequence[str]:
        """Refused by a 4xx; later by 429 and 503, and when nobody was reached; all else that is
        not a 2xx leaves it unknown."""
        body = self._body(message)
        secret = self.settings.secret.get_secret_value()
        headers = signed(secret, str(message.id), int(time.time()), body)
        headers |= {"Content-Type": "application/json", "Idempotency-Key": str(message.id)}
        try:
            async with self.session.post(
                self.settings.url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                _judge(answer.status)
                return [_provider_id(await answer.content.read(LONGEST_ANSWER)) or str(message.id)]
        # The request was not begun.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failure:
            raise CarrierBusy(str(failure)) from failure

    def _body(self, message: Message) -> bytes:
        said = {
            "message_id": str(message.id),
            "recipient": message.recipient,
            "language": message.language,
            "purpose": message.purpose,
            "text": message.body,
        }
        return json.dumps(said, ensure_ascii=False).encode()


def _judge(status: int) -> None:
    if status in NOT_YET:
        raise CarrierBusy(f"HTTP {status}")
    if 300 <= status < 500 and status not in NOT_CLEAR:
        raise CarrierRefused(f"HTTP {status}")
    if not 200 <= status < 300:
        raise CarrierSilent(f"HTTP {status}")


def _provider_id(answer: bytes) -> str | None:
    """Taken is taken, whatever the rest of the answer looks like."""
    try:
        named = json.loads(answer)["provider_id"]
    except (ValueError, TypeError, KeyError):
        return None
    is_name = isinstance(named, str) and named.isprintable() and 0 < len(named) <= LONGEST_ID
    return named if is_name else None
