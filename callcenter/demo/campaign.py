"""A maintenance campaign that began six days ago: whom it has reached, who has booked since."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.leaves.of_car import DueWithin
from callcenter.outbound.audiences.model import AllOf
from callcenter.outbound.campaigns import service
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.model import CampaignKind
from callcenter.outbound.campaigns.people import About, Addressed, people
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.campaigns.templates import template
from callcenter.outbound.campaigns.trial import tried, with_links
from callcenter.outbound.campaigns.words import variant_for, words_of
from callcenter.outbound.due.service import rescore_all
from callcenter.stations import repository as station_rows

PLANNER, APPROVER = "demo:planner", "demo:approver"
BEGAN = timedelta(days=6)
VOICE_AFTER, AGENT_AFTER = timedelta(days=3), timedelta(days=6)
DELIVERED, BOOKS, BOOKS_BY_HIMSELF, HEARS_THE_VOICE, BOOKS_BY_KEY = 0.94, 0.24, 0.1, 0.55, 0.2
"""How often: a text arrives; its owner books; one who was held out books; and so on."""
DUE_SOON = DueWithin(from_days=-60, to_days=45)
TOUCH = (
    *("id", "run_id", "campaign_id", "owner_id", "vehicle_id", "step", "channel", "purpose"),
    *("variant", "priority", "bucket", "state", "due_at", "expires_at", "settled_at", "outcome"),
    "outcome_at",
)
LEDGER = (
    *("id", "owner_id", "vehicle_id", "campaign_id", "touch_id", "channel", "purpose", "at"),
    *("state", "words", "outcome"),
)
RUN = ("id", "campaign_id", "number", "plan", "policy", "policy_version", "begun_at")
BOOKING = (
    *("id", "station_id", "vehicle_id", "owner_id", "starts_at", "wanted", "source", "touch_id"),
    *("booked_at", "booked_by"),
)
BOOKED = ("service_bookings", BOOKING)


@dataclass(frozen=True)
class Member:
    """One row of `run_members`, and who it is."""

    owner_id: UUID
    vehicle_id: UUID
    is_treated: bool
    who: Addressed


async def add_campaign(database: Database, hotline: str) -> None:
    """Once: due dates first, since the audience is chosen by them."""
    if await database.run(lambda tx: audiences.listed(tx, None, 1)):
        return
    await rescore_all(database)
    await database.run(lambda tx: _campaign(tx, hotline))


async def _campaign(tx: Tx, hotline: str) -> None:
    audience = await audiences.make(tx, PLANNER, "近期到期的车辆", AllOf(of=(DUE_SOON,)))
    usual = template(CampaignKind.MAINTENANCE)
    fields: dict[str, Any] = {
        "name": "秋季保养提醒",
        "kind": usual.kind,
        "purpose": usual.purpose,
        "audience_id": audience.id,
        "policy": "cn",
        "plan": usual.plan.model_copy(update={"hold_out_percent": 20.0}),
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
    history = _History(made.id, run_id, now, stations)
    for member in await _members(tx, run_id, hotline):
        history.live(member)
    for table, columns in (("touches", TOUCH), ("contact_ledger", LEDGER), BOOKED):
        await tx.connection.copy_records_to_table(
            table, columns=columns, records=history.tables[table]
        )


def _tomorrow(now: datetime) -> datetime:
    """At nine, as its owner would want it."""
    day = now.astimezone(CHINA).date() + timedelta(days=1)
    return datetime.combine(day, time(9), CHINA)


async def _members(tx: Tx, run_id: UUID, hotline: str) -> list[Member]:
    rows = await SQL.members_of_run(tx.connection, run_id=run_id)
    asked = [About(row["owner_id"], row["vehicle_id"]) for row in rows]
    found = [with_links(one) for one in await people(tx, asked, hotline)]
    return [
        Member(row["owner_id"], row["vehicle_id"], row["arm"] == "treated", who)
        for row, who in zip(rows, found, strict=True)
    ]


class _History:
    """What came of it, as rows."""

    def __init__(
        self, campaign_id: UUID, run_id: UUID, now: datetime, stations: Sequence[UUID]
    ) -> None:
        self.tables: dict[str, list[tuple[Any, ...]]] = {
            "touches": [],
            "contact_ledger": [],
            "service_bookings": [],
        }
        self._campaign_id, self._run_id, self._now = campaign_id, run_id, now
        self._stations = stations
        self._chance = random.Random(620)
        self._plan = template(CampaignKind.MAINTENANCE).plan

    def live(self, member: Member) -> None:
        """One owner from the text to the agent's list."""
        began = self._now - BEGAN + timedelta(minutes=self._chance.randint(5, 240))
        if not member.is_treated:
            if self._chance.random() < BOOKS_BY_HIMSELF:
                self._books(member, self._within(began, 5), None)
            return
        arrives = self._chance.random() < DELIVERED
        books = arrives and self._chance.random() < BOOKS
        outcome = "booked" if books else "delivered" if arrives else "undelivered"
        text = self._said(member, 0, began, outcome)
        if books:
            self._books(member, self._within(began, 3), text)
            return
        self._by_voice(member, began + VOICE_AFTER)

    def _by_voice(self, member: Member, at: datetime) -> None:
        hears = self._chance.random() < HEARS_THE_VOICE
        books = hears and self._chance.random() < BOOKS_BY_KEY
        outcome = "booked" if books else "answered" if hears else "no_answer"
        voice = self._said(member, 1, at, outcome)
        if books:
            self._books(member, self._within(at, 2), voice)
        elif not hears:
            self._touch(member, 2, "ready", self._now - timedelta(hours=1), None)

    def _said(self, member: Member, step: int, at: datetime, outcome: str) -> UUID:
        touch_id = self._touch(member, step, "sent", at, outcome)
        way = self._plan.steps[step].way
        variant = variant_for(self._plan, way, member.who.person)
        words = words_of(variant.words[way], member.who.person).body if variant else ""
        self.tables["contact_ledger"].append(
            (
                *(new_id(), member.owner_id, member.vehicle_id, self._campaign_id, touch_id),
                *(way.value, "contract", at, "said", words, outcome),
            )
        )
        return touch_id

    def _touch(
        self, member: Member, step: int, state: str, at: datetime, outcome: str | None
    ) -> UUID:
        touch_id = new_id()
        way = self._plan.steps[step].way
        is_over = state != "ready"
        variant = variant_for(self._plan, way, member.who.person)
        self.tables["touches"].append(
            (
                *(touch_id, self._run_id, self._campaign_id, member.owner_id),
                *(member.vehicle_id, step, way.value, "contract"),
                *(variant.code if variant else "", 50, member.owner_id.int % 64, state, at),
                at + timedelta(hours=self._plan.steps[step].expires_hours),
                at if is_over else None,
                outcome,
                at if is_over else None,
            )
        )
        return touch_id

    def _books(self, member: Member, at: datetime, touch_id: UUID | None) -> None:
        day = (self._now + timedelta(days=self._chance.randint(1, 10))).astimezone(CHINA).date()
        hour = time(self._chance.choice((9, 10, 11, 14, 15, 16)))
        self.tables["service_bookings"].append(
            (
                *(new_id(), self._chance.choice(self._stations), member.vehicle_id),
                *(member.owner_id, datetime.combine(day, hour, CHINA), "maintenance"),
                *("campaign" if touch_id else "desk", touch_id, at, "demo"),
            )
        )

    def _within(self, began: datetime, days: int) -> datetime:
        at = began + timedelta(days=days) * self._chance.random()
        return min(at, self._now - timedelta(minutes=1))
