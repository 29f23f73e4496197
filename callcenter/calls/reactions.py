"""The hotline's timers, and the browsers that went silent."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from callcenter.calls import contacts
from callcenter.calls.agents import repository as seats
from callcenter.calls.queue.service import LOOK_AGAIN, UNANSWERED
from callcenter.db.database import Database
from callcenter.db.jobs import Work
from callcenter.db.transaction import Tx
from callcenter.settings import QueueSettings


def work(rules: QueueSettings) -> Work:
    """An offer that was not taken; a place that opens to more agents."""

    async def unanswered(tx: Tx, payload: dict[str, Any]) -> None:
        await contacts.not_taken(tx, UUID(payload["entry_id"]), payload["offers"], rules)

    async def look_again(tx: Tx, payload: dict[str, Any]) -> None:
        await contacts.opened(tx, UUID(payload["entry_id"]), rules)

    return Work(timers={UNANSWERED: unanswered, LOOK_AGAIN: look_again})


async def lose_silent(database: Database, rules: QueueSettings) -> None:
    """Every browser that was not heard of in time is out of the queue, each by itself."""
    silence = timedelta(seconds=rules.silence_s)
    silent = await database.run(lambda tx: seats.silent(tx, silence), readonly=True)
    for staff_id, call_id in silent:
        await database.run(partial(contacts.lose, staff_id=staff_id, call_id=call_id, rules=rules))
