"""A conversation that breaks, by a fault of the switch, of the database or of ours: nobody ends its
call any more, so its books are closed behind it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls.control.repository import SQL as CONTROL
from callcenter.calls.errors import CallMoveRefused
from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.db.retry import RETRYABLE
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings
from callcenter.telephony.flow.repository import SQL as FLOW
from callcenter.telephony.signals import Ending

log = structlog.get_logger()

ACTOR = "hotline"
AGAIN_S = 1.0
TRIED_S = 900.0
"""So long a database that is away is asked again; later the next start of ours ends the call."""

Books = Callable[[Tx], Awaitable[None]]


class Broken:
    """The conversations of one process."""

    def __init__(self) -> None:
        self._closing: dict[UUID, asyncio.Task[None]] = {}

    def is_closing(self, of: UUID) -> bool:
        """Whether its books are still to be closed."""
        return of in self._closing

    @asynccontextmanager
    async def closes(self, database: Database, of: UUID, books: Books) -> AsyncIterator[None]:
        """When what is within fails, `books`, which are of this call, are committed soon; nobody
        waits for it, and the failure goes on its way. Not when we are stopped: who comes after us
        goes on."""
        try:
            yield
        except Exception:
            task = asyncio.create_task(_closed(database, books))
            self._closing[of] = task
            task.add_done_callback(lambda _: self._closing.pop(of, None))
            raise

    def closes_line(
        self, database: Database, call_id: UUID, rules: QueueSettings
    ) -> AbstractAsyncContextManager[None]:
        """The same of a call of the hotline's: its line is lost."""
        return self.closes(database, call_id, partial(line_lost, call_id=call_id, rules=rules))


async def _closed(database: Database, books: Books) -> None:
    loop = asyncio.get_running_loop()
    give_up = loop.time() + TRIED_S
    while True:
        try:
            await database.run(books)
            return
        except RETRYABLE as failure:
            if loop.time() > give_up:
                log.exception("broken_call_not_closed")
                return
            log.warning("broken_call_waits_for_database", error=repr(failure))
        except Exception:
            log.exception("broken_call_not_closed")
            return
        await asyncio.sleep(AGAIN_S)


async def line_lost(tx: Tx, call_id: UUID, rules: QueueSettings) -> None:
    """Nobody is on the line any more: the agent writes up or is free, the caller is called back;
    what was ended before stays as it was."""
    try:
        await contacts.end(tx, ACTOR, call_id, EndReason.LINE_LOST, rules)
    except CallMoveRefused:
        log.info("ended_already", call_id=str(call_id))
    lost = Ending.LOST.value
    await CONTROL.legs_ended(tx.connection, call_id=call_id, ending=lost)
    await FLOW.forget_position(tx.connection, call_id=call_id)
