"""A maintenance campaign that began twenty days ago: whom it has reached, who has come since."""

import json
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.demo.campaign_past import BEGAN, TABLES, Member, Past
from callcenter.ids import new_id
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.leaves.of_car import DueWithin
from callcenter.outbound.audiences.model import AllOf
from callcenter.outbound.campaigns import service
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import About, people
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.campaigns.trial import tried, with_links
from callcenter.outbound.due.repository import SQL as DUE
from callcenter.outbound.due.service import rescore_all
from callcenter.stations import repository as station_rows

PLANNER, APPROVER = "demo:planner", "demo:approver"
HELD_OUT = 40.0
"""Percent: of so small a house nothing could be said with fewer."""
DUE_SOON = DueWithin(from_days=-150, to_days=90)
RUN = ("id", "campaign_id", "number", "plan", "policy", "policy_version", "begun_at")


async def add_campaign(database: Database, hotline: str) -> None:
    """Once: due dates first, since the audience is chosen by them."""
    if await database.run(lambda tx: audiences.listed(tx, None, 1)):
        return
    await rescore_all(database)
    await database.run(lambda tx: _campaign(tx, hotline))
    # Who came meanwhile is due anew.
    await rescore_all(database)


async def _campaign(tx: Tx, hotline: str) -> None:
    audience = await audiences.make(
        tx, PLANNER, "保养到期或三个月内到期的车辆", AllOf(of=(DUE_SOON,))
    )
    usual = template(CampaignKind.MAINTENANCE)
    fields: dict[str, Any] = {
        "name": "秋季保养提醒",
        "kind": usual.kind,
        "purpose": usual.purpose,
        "audience_id": audience.id,
        "policy": "cn",
        "plan": usual.plan.model_copy(update={"hold_out_percent": HELD_OUT}),
        "starts_at": None,
        "ends_at": None,
    }
    made = await service.draft(tx, PLANNER, fields)
    by_audience = ByAudience(0.05)
    seen = await tried(tx, by_audience, audience.id, hotline)
    handed_in = await service.submit(tx, PLANNER, made, seen, "zh")
    running = await service.approve(tx, APPROVER, handed_in)
    now, run_id = await tx.now(), new_id()
    frozen_at = now - BEGAN
    run = (run_id, made.id, 1, made.plan.model_dump_json(), "cn", "demo", frozen_at)
    await tx.connection.copy_records_to_table("campaign_runs", columns=RUN, records=[run])
    frozen = await by_audience.freeze(tx, running, run_id)
    await SQL.settle_run(
        tx.connection,
        id=run_id,
        in_audience=frozen.owners,
        left_out=json.dumps(dict(frozen.left_out)),
        rule=frozen.rule,
        by_habit=frozen.by_habit,
    )
    await SQL.set_next_run(tx.connection, id=made.id, next_run_at=_tomorrow(now))
    stations = [one.id for one in await station_rows.listed(tx, limit=30)]
    past = Past(made.id, run_id, made.plan, now, stations)
    for member in await _members(tx, run_id, hotline):
        past.live(member)
    for table, columns in TABLES.items():
        await tx.connection.copy_records_to_table(table, columns=columns, records=past.rows[table])


def _tomorrow(now: datetime) -> datetime:
    """At nine, as its owner would want it."""
    day = now.astimezone(CHINA).date() + timedelta(days=1)
    return datetime.combine(day, time(9), CHINA)


async def _members(tx: Tx, run_id: UUID, hotline: str) -> list[Member]:
    rows = await SQL.members_of_run(tx.connection, run_id=run_id)
    asked = [About(row["owner_id"], row["vehicle_id"]) for row in rows]
    found = [with_links(one) for one in await people(tx, asked, hotline)]
    return [
        Member(
            row["owner_id"],
            row["vehicle_id"],
            row["arm"] == "treated",
            who,
            *await _due(tx, row["vehicle_id"]),
        )
        for row, who in zip(rows, found, strict=True)
    ]


async def _due(tx: Tx, vehicle_id: UUID) -> tuple[str, int | None]:
    """What for, and the kilometres that are on the car by now."""
    row = await DUE.due_of(tx.connection, vehicle_id=vehicle_id)
    if row["last_km"] is None:
        return row["next_service"], None
    days = ((await tx.now()).date() - row["last_visit_on"]).days
    return row["next_service"], row["last_km"] + round(days * row["km_per_day"])
