"""Whether a station could be asked now: its duty, its suspension, which of its trucks are free."""

from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.routing import repository
from callcenter.routing.choose import PassedOver
from callcenter.routing.wire import DutyNowOut, Readiness, TruckReadiness
from callcenter.stations import repository as stations
from callcenter.stations.model import Duty, Station, is_suspended
from callcenter.tickets import repository as tickets

SQL = repository.SQL


async def readiness(tx: Tx, station_id: UUID, *, with_tickets: bool) -> Readiness:
    """On duty, suspended, which trucks are free: what the choice would see of it now."""
    station, now = await stations.get(tx, station_id), await tx.now()
    duty = await stations.duty_now(tx, station)
    trucks = await _readiness_of_trucks(tx, station, with_tickets)
    waiting = (await repository.open_offers_by_station(tx, [station_id])).get(station_id, 0)
    suspended = is_suspended(station, now)
    against = {
        PassedOver.SUSPENDED: suspended,
        PassedOver.OFF_DUTY: not duty.is_on,
        PassedOver.NO_FREE_TRUCK: sum(truck.is_free for truck in trucks) <= waiting,
    }
    reasons = [reason for reason, fails in against.items() if fails]
    return Readiness(
        station_id=station.id,
        code=station.code,
        at=now,
        is_ready=not reasons,
        reasons=reasons,
        duty=_duty_out(duty),
        is_suspended=suspended,
        suspended_until=station.suspended_until if suspended else None,
        suspended_reason=station.suspended_reason if suspended else None,
        open_offers=waiting,
        trucks=trucks,
    )


async def _readiness_of_trucks(
    tx: Tx, station: Station, with_tickets: bool
) -> list[TruckReadiness]:
    busy = await _tickets_of_trucks(tx, station)
    return [
        TruckReadiness(
            id=truck.id,
            plate=truck.plate,
            equipment=sorted(truck.equipment),
            in_service=truck.in_service,
            is_busy=truck.id in busy,
            is_free=truck.in_service and truck.id not in busy,
            ticket_number=busy.get(truck.id) if with_tickets else None,
            version=truck.version,
        )
        for truck in station.trucks
    ]


async def _tickets_of_trucks(tx: Tx, station: Station) -> dict[UUID, str]:
    """Truck -> the number of the rescue that it serves now."""
    held = await SQL.dispatches_at_station(
        tx.connection,
        station_id=station.id,
        live=True,
        before_at=None,
        before_id=None,
        limit=len(station.trucks),
    )
    return {row["truck_id"]: (await tickets.get(tx, row["ticket_id"])).number for row in held}


def _duty_out(duty: Duty) -> DutyNowOut:
    entry = duty.entry
    return DutyNowOut(
        on_duty=duty.is_on,
        decided_by="roster" if entry else "rescue_hours",
        roster_entry_id=entry.id if entry else None,
        until=duty.until,
        person=entry.person or None if entry and duty.is_on else None,
        phone=duty.phone,
    )
