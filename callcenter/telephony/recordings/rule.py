"""What is recorded and how long it is kept, as a supervisor decides it."""

from typing import Any

from callcenter.calls.queue import repository as queue
from callcenter.calls.queue.errors import GroupUnknown
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.telephony.recordings import repository
from callcenter.telephony.recordings.events import RecordingRuleChanged
from callcenter.telephony.recordings.model import Rule
from callcenter.telephony.recordings.repository import SQL


async def keep(tx: Tx, actor: str, fields: dict[str, Any]) -> Rule:
    """It counts from the next talk on, and for all that is kept. Raises GroupUnknown."""
    unknown = set(fields["groups"]) - (await queue.groups(tx)).keys()
    if unknown:
        raise GroupUnknown(group=min(unknown))
    row = await SQL.keep_rule(tx.connection, **fields)
    named = ("mode", "talk_days", "complaint_days", "message_days")
    fact = RecordingRuleChanged(**{name: row[name] for name in named})
    await record(tx, fact, actor=actor)
    return repository.rule_of(row)
