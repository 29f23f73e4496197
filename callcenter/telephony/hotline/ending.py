"""The end of a call, told to the house by whoever notices it first."""

from uuid import UUID

import structlog

from callcenter.calls import contacts
from callcenter.calls.errors import CallMoveRefused
from callcenter.calls.model import EndReason
from callcenter.db.database import Database
from callcenter.settings import QueueSettings

log = structlog.get_logger()


async def ended(database: Database, rules: QueueSettings, call_id: UUID, reason: EndReason) -> None:
    """The line is closed; where the desk or the flow was quicker, nothing changes."""
    try:
        await database.run(lambda tx: contacts.end(tx, "hotline", call_id, reason, rules))
    except CallMoveRefused:
        log.info("ended_already", call_id=str(call_id))
