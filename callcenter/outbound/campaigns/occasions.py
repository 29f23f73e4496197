"""Days of the owner's own that bring him into a run: which it is, when it begins and ends where he
lives. What is said about one is said on it, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from callcenter.db.patient import Patient
from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.formula import Asked, Formula
from callcenter.outbound.audiences.leaves.leaf import At
from callcenter.outbound.audiences.leaves.of_car import DeliveryDaySoon
from callcenter.outbound.audiences.leaves.of_owner import BirthdaySoon, WeddingDaySoon
from callcenter.outbound.audiences.spans import days_of
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.policies.hours import zone_of
from callcenter.outbound.policies.model import Pack

DAY = timedelta(days=1)
OCCASIONS = {BirthdaySoon: "birthday", WeddingDaySoon: "wedding", DeliveryDaySoon: "delivery"}
"""A condition -> the occasion that variants and words go by."""


@dataclass(frozen=True)
class Occasion:
    """One condition of a rule; `name` as variants know it."""

    path: str
    name: str
    leaf: BirthdaySoon | WeddingDaySoon | DeliveryDaySoon


def occasions_in(asked: Formula) -> Sequence[Occasion]:
    """In the order of the rule; one that is not to be is none."""
    return [one for condition in asked.asked() for one in _occasion(condition)]


def _occasion(asked: Asked) -> Iterator[Occasion]:
    leaf = asked.leaf
    if asked.is_wanted and isinstance(leaf, BirthdaySoon | WeddingDaySoon | DeliveryDaySoon):
        yield Occasion(asked.path, OCCASIONS[type(leaf)], leaf)


async def keep_occasions(tx: Tx, asked: Formula, run_id: UUID, policy: Pack) -> None:
    """With each member of the run the occasion that has brought him in, and when it begins and
    ends in his zone. A run may have half a million of them."""
    connection = Patient(tx.connection)
    today = At(await tx.now(), days_of()).today
    for one in occasions_in(asked):
        rows = await SQL.zones_of_run(connection, run_id=run_id, path=one.path)
        spans = [
            (number, row["zone"], begins, ends)
            for row in rows
            for number, begins, ends in _spans(one, today, zone_of(policy, row["zone"]))
        ]
        numbers, zones, begin, end = zip(*spans, strict=True) if spans else ((), (), (), ())
        await SQL.keep_occasion(
            connection,
            run_id=run_id,
            path=one.path,
            occasion=one.name,
            numbers=list(numbers),
            zones=list(zones),
            begins=list(begin),
            ends=list(end),
        )


def _spans(one: Occasion, today: date, zone: ZoneInfo) -> Iterator[tuple[int, datetime, datetime]]:
    """Each number that a day which the condition asks for can have, with its midnights."""
    for ahead in range(one.leaf.within_days + 1):
        day = today + ahead * DAY
        for number in _numbers(one, day):
            yield number, _midnight(day, zone), _midnight(day + DAY, zone)


def _numbers(one: Occasion, day: date) -> Sequence[int]:
    found = days_of()(day, day)
    if not isinstance(one.leaf, BirthdaySoon):
        return found["solar"]
    return [*found["solar"], *(-number for number in found["lunar"])]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
