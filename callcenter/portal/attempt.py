"""A form's verb: done, or refused in words on the same page, with nothing written."""

from collections.abc import Awaitable

from callcenter.errors import CallCenterError
from callcenter.web.call import Call


async def attempt(call: Call, verb: Awaitable[object]) -> str | None:
    """None when it was done, else why not in the caller's language.

    A savepoint takes back what a refused verb has begun; the page is rendered all the same.
    """
    try:
        async with call.tx.connection.transaction():
            await verb
    except CallCenterError as refusal:
        return refusal.message(call.language)
    return None
