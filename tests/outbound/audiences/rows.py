"""The population as rows, written by the schema's owner."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import asyncpg

from tests.outbound.audiences.population import CAMPAIGNS, NOW, STATIONS, Car, Owner, of

STATION = """
insert into stations (id, code, kind, name_zh, name_en, province, city_zh, city_en, address,
    lat, lon, workshop_hours, rescue_hours, duty_phone, skills, simulated)
values ($1, $2, 'dealer', $3, $3, 'LN', '', '', '', 41.8, 123.4, '24/7', '24/7', '+8624000000000',
    '{}', false)
"""
CAMPAIGN = """
insert into campaigns (id, name, kind, purpose, policy, plan, priority, made_by)
values ($1, $2, 'maintenance', 'contract', 'cn', '{}', 1, 'x')
"""
RUN = """
insert into campaign_runs (id, campaign_id, number, plan, policy, policy_version)
values ($1, $2, 1, '{}', 'cn', '1')
"""
COLUMNS = {
    "owners": "id name tier province city language birthday_calendar birthday_month birthday_day"
    " wedding_on email profiling_refused",
    "owner_reach": "owner_id granted refused silent",
    "contact_points": "id e164",
    "owner_contact_points": "owner_id contact_point_id",
    "vehicles": "id plate model energy delivered_on gone_on",
    "owner_vehicles": "owner_id vehicle_id",
    "due_dates": "vehicle_id next_service visits km_per_day due_p10 due_p50 due_p90 still_ours"
    " because",
    "visits": "id vehicle_id station_id visited_on kind amount work_order source",
    "service_bookings": "id station_id vehicle_id starts_at wanted source booked_by",
    "tickets": "id number kind stage priority drill owner_id opened_by opened_at closed_at",
    "ticket_ratings": "ticket_id score rated_at",
    "contact_ledger": "id owner_id campaign_id channel purpose at state outcome",
    "touches": "id run_id campaign_id owner_id step attempt channel purpose priority bucket state"
    " due_at expires_at",
    "promised_calls": "id owner_id campaign_id in_touch promised_at due_at state settled_at",
}


async def write(connection: asyncpg.Connection, people: list[Owner]) -> None:
    """All of them, in this order."""
    for number in range(STATIONS):
        await connection.execute(STATION, of(1, number), f"S{number}", f"站{number}")
    for number in range(CAMPAIGNS):
        await connection.execute(CAMPAIGN, of(5, number), f"campaign {number}")
    await connection.execute(RUN, of(8, 0), of(5, 0))
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
    for owner in people:
        _of_owner(owner, rows)
    for car in {car.number: car for owner in people for car in owner.cars}.values():
        _of_car(car, rows)
    for table, columns in COLUMNS.items():
        await connection.copy_records_to_table(table, columns=columns.split(), records=rows[table])


def _of_owner(owner: Owner, rows: dict[str, list[Any]]) -> None:
    calendar = owner.birthday or (None, None, None)
    rows["owners"].append(
        (
            *(owner.id, f"车主{owner.number}", owner.tier, owner.province, owner.city),
            *(owner.language, *calendar, owner.wedding, owner.email, owner.profiling),
        )
    )
    rows["owner_reach"].append((owner.id, owner.granted, owner.refused, owner.silent))
    for number in range(owner.phones):
        point = uuid4()
        rows["contact_points"].append((point, f"+86138{owner.number:06}{number:02}"))
        rows["owner_contact_points"].append((owner.id, point))
    rows["owner_vehicles"] += [(owner.id, car.id) for car in owner.cars]
    rows["contact_ledger"] += _contacts(owner)
    for number, promise in enumerate(owner.promises):
        touch, at = uuid4(), promise.promised
        whose = (of(8, 0), of(5, 0), owner.id, 0, number + 1)
        rows["touches"].append((touch, *whose, "agent_call", "contract", 0, 0, "sent", at, at))
        told = (of(5, 0), touch, at, at, promise.state, promise.settled)
        rows["promised_calls"].append((uuid4(), owner.id, *told))
    for ticket in owner.tickets:
        ticket_id = uuid4()
        stage = "in_progress" if ticket.is_open else "closed"
        rows["tickets"].append(
            (
                *(ticket_id, str(ticket_id)[:18], ticket.kind, stage, 1, ticket.drill),
                *(owner.id, "x", ticket.opened, ticket.closed),
            )
        )
        if ticket.score is not None:
            rows["ticket_ratings"].append((ticket_id, ticket.score, ticket.rated))


def _contacts(owner: Owner) -> Iterable[tuple[Any, ...]]:
    for one in owner.contacts:
        campaign = None if one.campaign is None else of(5, one.campaign)
        yield uuid4(), owner.id, campaign, "text", one.purpose, one.at, one.state, one.outcome


def _of_car(car: Car, rows: dict[str, list[Any]]) -> None:
    gone = car.delivered or (car.due[1] if car.due else None)
    gone_on = gone if car.is_gone else None
    car.is_gone = gone_on is not None
    rows["vehicles"].append((car.id, car.plate, car.model, car.energy, car.delivered, gone_on))
    if car.due:
        due = ("maintenance", 1, 40.0, *car.due, car.ours, "time")
        rows["due_dates"].append((car.id, *due))
    for number, visit in enumerate(car.visits):
        station = of(1, visit.station)
        what = (visit.on, visit.kind, visit.amount, f"W{number}", "file")
        rows["visits"].append((uuid4(), car.id, station, *what))
    for kind in car.booked:
        at = NOW
        rows["service_bookings"].append((uuid4(), of(1, 0), car.id, at, kind, "desk", "x"))
