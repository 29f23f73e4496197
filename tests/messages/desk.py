"""A worker that only sends messages, with carriers as in the product, and what became of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from callcenter.db.database import Database
from callcenter.db.jobs import Work, Worker
from callcenter.messages import service
from callcenter.messages.carriers import carriers_of
from callcenter.messages.model import Channel, Message, MessageState
from callcenter.messages.sending import sender
from callcenter.sender_settings import SenderSettings
from tests.service import eventually

NUMBER = "+8613800138000"
PHONE = NUMBER.removeprefix("+")
CHINESE = "【救援】您的救援车已出发,约三十五分钟后到达。请在护栏外等候,打开双闪,放好三角牌。"
LONG = (CHINESE * 6)[:200]
OVER = (MessageState.SENT, MessageState.FAILED, MessageState.UNKNOWN)


@asynccontextmanager
async def sending(database: Database, settings: SenderSettings) -> AsyncIterator[None]:
    """The worker and its lines, until the block ends."""
    async with carriers_of(settings, database) as carriers:
        errand = sender(carriers, settings.give_up_s)
        worker = Worker(
            database, Work(errands={"messages.send": errand}), heartbeat_timeout_s=5, poll_s=0.1
        )
        working = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait_for(working, 15)


async def say(database: Database, key: str = "one", **changes: Any) -> Message:
    """Queue it; the message as it was queued."""
    fields: dict[str, Any] = {
        "key": key,
        "channel": Channel.TEXT,
        "recipient": NUMBER,
        "language": "zh",
        "purpose": "test",
        "body": CHINESE,
        "drill": False,
    }
    await database.run(lambda tx: service.queue(tx, **(fields | changes)))
    return await look(database, key)


async def look(database: Database, key: str = "one") -> Message:
    async with database.reading() as tx:
        return service.message_of(await service.SQL.message_by_key(tx.connection, key=key))


async def over(database: Database, key: str = "one") -> Message:
    """The message, once it is sent, failed or unknown."""

    async def ask() -> Message | None:
        message = await look(database, key)
        return message if message.state in OVER else None

    found: Message = await eventually(ask)
    return found


async def becomes(database: Database, state: MessageState, key: str = "one") -> Message:
    """The message, once it is in this state."""

    async def ask() -> Message | None:
        message = await look(database, key)
        return message if message.state is state else None

    found: Message = await eventually(ask)
    return found
