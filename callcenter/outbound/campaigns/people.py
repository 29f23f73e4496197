"""Owners as the words need them: what decides over the variant, their facts, how to reach them."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.repository import SQL
from callcenter.outbound.campaigns.words import Person

OCCASIONS = {
    "birthday": {"zh": "生日", "en": "birthday"},
    "wedding": {"zh": "结婚纪念日", "en": "wedding anniversary"},
    "delivery": {"zh": "提车纪念日", "en": "anniversary of the day you got your car"},
}
"""As the words say them."""


@dataclass(frozen=True)
class About:
    """Whom a touch is for, and about which car or ticket."""

    owner_id: UUID
    vehicle_id: UUID | None = None
    ticket_id: UUID | None = None
    occasion: str = ""


@dataclass(frozen=True)
class Addressed:
    """A person with his number (E.164), his e-mail and his time zone (IANA)."""

    about: About
    person: Person
    name: str
    phone: str | None
    email: str | None
    zone: str


async def people(tx: Tx, asked: Sequence[About], hotline: str) -> list[Addressed]:
    """In the order asked for. `hotline`: the number to call us, as people write it."""
    if not asked:
        return []
    rows = await SQL.people(
        tx.connection,
        owner_ids=[one.owner_id for one in asked],
        vehicle_ids=[one.vehicle_id for one in asked],
        ticket_ids=[one.ticket_id for one in asked],
    )
    now = await tx.now()
    return [_addressed(row, asked[row["ord"] - 1], now, hotline) for row in rows]


def _addressed(row: Any, about: About, now: datetime, hotline: str) -> Addressed:
    person = Person(
        tier=row["tier"],
        model=row["model"] or "",
        province=row["province"],
        occasion=about.occasion,
        language=row["language"],
        facts={name: fact for name, fact in _facts(row, about, now, hotline).items() if fact},
    )
    return Addressed(about, person, row["name"], row["e164"], row["email"], row["zone"])


def _facts(row: Any, about: About, now: datetime, hotline: str) -> dict[str, str]:
    chinese = row["language"] == "zh"
    today = now.astimezone(ZoneInfo(row["zone"])).date()
    facts = {
        "owner": row["name"],
        "model": row["model"] or "",
        "plate": row["plate"] or "",
        "ticket": row["ticket"] or "",
        "occasion": OCCASIONS.get(about.occasion, {}).get(row["language"], ""),
        "hotline": hotline,
        "last_visit": _day(row["visited_on"], chinese),
        "months_since_visit": _months(row["visited_on"], today),
        "last_station": (row["station_zh"] if chinese else row["station_en"]) or "",
        "odometer": f"{row['odometer_km']:,}" if row["odometer_km"] else "",
        "years_with_us": _years(row["delivered_on"], today),
    }
    # What was inferred from his habits is not said to who does not want to be read so; nor is a day
    # that has passed.
    if not row["profiling_refused"] and row["due_p50"] and row["due_p50"] >= today:
        facts["due"] = _day(row["due_p50"], chinese)
    return facts


def _day(day: date | None, chinese: bool) -> str:
    if day is None:
        return ""
    return f"{day.year}年{day.month}月{day.day}日" if chinese else day.isoformat()


def _months(since: date | None, today: date) -> str:
    if since is None:
        return ""
    months = (today.year - since.year) * 12 + today.month - since.month
    return str(months) if months > 0 else ""


def _years(since: date | None, today: date) -> str:
    if since is None:
        return ""
    # Feb 29 comes round on Feb 28 where there is no other.
    day = min(since.day, monthrange(today.year, since.month)[1])
    years = today.year - since.year - (today < date(today.year, since.month, day))
    return str(years) if years > 0 else ""
