"""A job that was given up is a matter for a person: an alarm, until none is left."""

from callcenter.db.events import record
from callcenter.db.parked import parked_jobs
from callcenter.db.transaction import Tx
from callcenter.staff.alarms import SYSTEM, raise_alarm
from callcenter.staff.events import AlarmCleared
from callcenter.staff.repository import SQL

KIND = "jobs_parked"


async def tell_of_parked_jobs(tx: Tx) -> None:
    """Raise the alarm, sound it anew when more were given up, clear it when none is left."""
    jobs = await parked_jobs(tx)
    if jobs:
        await raise_alarm(tx, kind=KIND, reason=f"{len(jobs)}: {jobs[-1].name}")
        return
    for row in await SQL.clear_alarms_of_kind(tx.connection, kind=KIND, reason="none_left"):
        fact = AlarmCleared(alarm_id=row["id"], alarm_kind=KIND, reason="none_left")
        await record(tx, fact, actor=SYSTEM)
