"""A small client of the public API: keys made before the first try, retries with the same key."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp

from callcenter.ids import new_id

PATIENCE_S = 20.0
CALL_TIMEOUT = aiohttp.ClientTimeout(total=10)
LOST = (aiohttp.ClientError, TimeoutError, ConnectionError)
NOT_NOW = frozenset({429, 502, 503, 504})
IN_PROGRESS = "idempotency_in_progress"

HELLO = "feed.hello"
RESET = "feed.reset"


class Refused(Exception):
    """The service said no: status and the problem's stable code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code

    @property
    def is_not_now(self) -> bool:
        """Says nothing about what was asked for: to be asked again, like after a lost line."""
        return self.status in NOT_NOW or self.code == IN_PROGRESS


class Unreachable(Exception):
    """The service did not answer, or answered "not now", for as long as one waits."""


@dataclass(frozen=True)
class Heard:
    """One event of the live feed."""

    kind: str
    ticket_id: str | None
    station_id: str | None
    facts: dict[str, Any]


class Api:
    """One machine token against one service."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # On this machine the certificate's name cannot match; elsewhere it must.
        is_here = urlsplit(self.url).hostname in ("127.0.0.1", "::1", "localhost")
        connector = aiohttp.TCPConnector(limit=0, ssl=not is_here)
        self._session = aiohttp.ClientSession(headers=self._headers, connector=connector)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    async def knock(self) -> None:
        """One try, so that it can be said at once that nothing answers; raises Unreachable."""
        assert self._session is not None
        try:
            async with self._session.get(f"{self.url}/healthz", timeout=CALL_TIMEOUT):
                return
        except LOST as failure:
            raise Unreachable(f"{self.url}: {failure!r}") from failure

    async def get(self, path: str, **params: str) -> Any:
        """The answer's JSON; raises Refused or Unreachable."""
        return await self._send("GET", path, params=params)

    async def post(self, path: str, body: object = None) -> Any:
        """Acts once, however often it is sent; raises Refused or Unreachable."""
        key = {"Idempotency-Key": str(new_id())}
        return await self._send("POST", path, json=body, headers=key)

    async def pages(self, path: str, **params: str) -> AsyncIterator[Any]:
        """Every item of a list."""
        while True:
            page = await self.get(path, **params)
            for item in page["items"]:
                yield item
            if page["next_cursor"] is None:
                return
            params["cursor"] = page["next_cursor"]

    async def feed(self) -> AsyncIterator[Heard]:
        """Events from now on, without a gap: a lost line is taken up behind the last one.

        `feed.hello` each time the line stands; `feed.reset` instead when the log does not know
        where we stopped, and news may have been missed. Raises Refused when we may not listen.
        """
        last: str | None = None
        while True:
            try:
                async for cursor, heard in self._listen(last):
                    last = cursor or last
                    if heard is not None:
                        yield heard
            except LOST:
                pass
            except Refused as refusal:
                if not refusal.is_not_now:
                    raise
            await asyncio.sleep(0.5)

    async def _listen(self, last: str | None) -> AsyncIterator[tuple[str | None, Heard | None]]:
        assert self._session is not None
        headers = {"Last-Event-ID": last} if last else {}
        patient = aiohttp.ClientTimeout(total=None, sock_read=45)
        async with self._session.get(
            f"{self.url}/api/v1/feed", headers=headers, timeout=patient
        ) as stream:
            if stream.status != 200:
                raise await _refusal(stream)
            fields: dict[str, str] = {}
            async for raw in stream.content:
                line = raw.decode().rstrip("\r\n")
                if line:
                    name, _, value = line.partition(":")
                    fields[name] = value.removeprefix(" ")
                elif fields:
                    yield fields.get("id"), _heard(fields)
                    fields = {}

    async def _send(self, method: str, path: str, **how: Any) -> Any:
        assert self._session is not None
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + PATIENCE_S, 0.1
        while True:
            try:
                async with self._session.request(
                    method, self.url + path, timeout=CALL_TIMEOUT, **how
                ) as answer:
                    if answer.status < 400:
                        return await answer.json() if answer.status != 204 else None
                    refusal = await _refusal(answer)
            except LOST as failure:
                if loop.time() > until:
                    raise Unreachable(f"{self.url}: {failure!r}") from failure
            else:
                if not refusal.is_not_now:
                    raise refusal
                if loop.time() > until:
                    raise Unreachable(f"{self.url}: {refusal}") from refusal
            await asyncio.sleep(pause)
            pause = min(pause * 2, 1.0)


async def _refusal(answer: aiohttp.ClientResponse) -> Refused:
    try:
        return Refused(answer.status, str((await answer.json(content_type=None))["code"]))
    except (ValueError, KeyError, TypeError):
        return Refused(answer.status, "unknown")


def _heard(fields: dict[str, str]) -> Heard | None:
    kind = fields.get("event", "")
    if kind in (HELLO, RESET):
        return Heard(kind, None, None, {})
    data = json.loads(fields.get("data", "{}"))
    if "facts" not in data:
        return None
    return Heard(kind, data["ticket_id"], data["station_id"], data["facts"])
