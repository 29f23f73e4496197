"""Asterisk's REST interface: https://docs.asterisk.org/Latest_API/API_Documentation/."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp

WITHIN_S = 5.0
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
"""A call may end at any moment: its channel is not there, is leaving, or has left Stasis."""


class SwitchUnreachable(Exception):
    """Asterisk does not answer, or not in time."""


class SwitchRefused(Exception):
    """Asterisk answers that it cannot do this; its status and its words."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(f"{status} {words}")


class Ari:
    """`url` ends in /ari. Each request has 5 s."""

    def __init__(self, session: aiohttp.ClientSession, url: str, user: str, password: str) -> None:
        self.session = session
        self.url = url
        # aiohttp's own BasicAuth is deprecated.
        token = b64encode(f"{user}:{password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {token}"}

    async def get(self, path: str) -> Any:
        """What stands there, None when it is gone. All verbs raise SwitchUnreachable and
        SwitchRefused."""
        return await self._ask("GET", path, {}, None)

    async def post(self, path: str, body: Mapping[str, Any] | None = None, **params: Any) -> Any:
        """The answer ({} without a body), None when what it is about is already gone."""
        return await self._ask("POST", path, params, body)

    async def put(self, path: str, body: Mapping[str, Any] | None = None, **params: Any) -> Any:
        """As `post`."""
        return await self._ask("PUT", path, params, body)

    async def delete(self, path: str, **params: Any) -> Any:
        """As `post`."""
        return await self._ask("DELETE", path, params, None)

    async def is_up(self) -> bool:
        """Whether ARI answers."""
        try:
            return await self.get("/asterisk/ping") is not None
        except (SwitchUnreachable, SwitchRefused):
            return False

    async def _ask(
        self, method: str, path: str, params: Mapping[str, Any], body: Mapping[str, Any] | None
    ) -> Any:
        # A name is empty when what it stands for could not be made any more.
        if "//" in path or path.endswith("/"):
            return None
        try:
            async with (
                asyncio.timeout(WITHIN_S),
                self.session.request(
                    method,
                    self.url + path,
                    params={name: str(value) for name, value in params.items()},
                    json=body,
                    headers=self.headers,
                ) as answer,
            ):
                if answer.status in GONE:
                    return None
                if answer.status >= HTTPStatus.BAD_REQUEST:
                    raise SwitchRefused(answer.status, (await answer.text())[:200])
                return await answer.json() if answer.status != HTTPStatus.NO_CONTENT else {}
        except (TimeoutError, aiohttp.ClientError) as failure:
            raise SwitchUnreachable(f"{method} {path}: {failure!r}") from failure
