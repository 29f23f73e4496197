"""The verbs of days with hours of their own."""

import json
from datetime import date
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.hours import check_hours
from callcenter.ids import new_id
from callcenter.stations import repository
from callcenter.stations.errors import OverrideBackwards, OverrideNotFound, OverrideOver
from callcenter.stations.events import HoursOverridden
from callcenter.stations.model import AppliesTo, StationOverride

SQL = repository.SQL


async def override_hours(
    tx: Tx,
    actor: str,
    station_id: UUID,
    *,
    days: tuple[date, date],
    applies_to: AppliesTo,
    hours: str | None,
    reason: str,
) -> StationOverride:
    """From the first to the last day these hours count (None: closed); the newest made decides.

    Raises StationNotFound, BadHours, OverrideBackwards and OverrideOver.
    """
    first_day, last_day = days
    if hours is not None:
        check_hours(hours)
    if last_day < first_day:
        raise OverrideBackwards
    if last_day < (await tx.now()).astimezone(CHINA).date():
        raise OverrideOver
    await repository.lock_station(tx, station_id)
    row = {
        "id": str(new_id()),
        "station_id": str(station_id),
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat(),
        "applies_to": applies_to.value,
        "hours": hours,
        "reason": reason,
    }
    (made,) = await SQL.insert_overrides(tx.connection, rows=json.dumps([row]), made_by=actor)
    await record(tx, HoursOverridden(station_id=station_id), actor=actor, station_id=station_id)
    return repository.override_of(made)


async def remove_override(tx: Tx, actor: str, station_id: UUID, override_id: UUID) -> None:
    """The rule counts again on these days; a second time changes nothing.

    Raises StationNotFound and OverrideNotFound.
    """
    await repository.lock_station(tx, station_id)
    if await SQL.get_override(tx.connection, id=override_id, station_id=station_id) is None:
        raise OverrideNotFound
    if await SQL.remove_overrides(tx.connection, ids=[override_id]):
        fact = HoursOverridden(station_id=station_id)
        await record(tx, fact, actor=actor, station_id=station_id)
