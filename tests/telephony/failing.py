"""A switch that does not answer one request, and conversations that nobody closes behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from callcenter.telephony.asterisk.ari import Ari, SwitchUnreachable
from callcenter.telephony.hotline.broken import Broken


def fails_once(patch: pytest.MonkeyPatch, path_has: str, **given: str) -> list[str]:
    """The first request of this path, with these words in its parameters, is not answered in time;
    the paths that were not."""
    failed: list[str] = []
    post = Ari.post

    async def once(ari: Ari, path: str, body: Any = None, **params: Any) -> Any:
        is_it = all(words in str(params.get(name)) for name, words in given.items())
        if path_has in path and is_it and not failed:
            failed.append(path)
            raise SwitchUnreachable(path)
        return await post(ari, path, body, **params)

    patch.setattr(Ari, "post", once)
    return failed


def nobody_closes(patch: pytest.MonkeyPatch) -> None:
    """The guard is taken out."""

    @asynccontextmanager
    async def closes(*_: Any) -> AsyncIterator[None]:
        yield

    patch.setattr(Broken, "closes", closes)
