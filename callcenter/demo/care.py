"""What care stands on in the demo: where owners live, their days, consents, and cars' visits."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, Purpose
from callcenter.customers.days.model import Birthday, Calendar
from callcenter.customers.edits import edit_owner, edit_vehicle
from callcenter.customers.model import Owner
from callcenter.db.transaction import Tx
from callcenter.ids import new_id

ACTOR = "demo"
PLATES = {
    "辽": "LN",
    "吉": "JL",
    "黑": "HL",
    "京": "BJ",
    "津": "TJ",
    "冀": "HE",
    "鲁": "SD",
    "苏": "JS",
    "浙": "ZJ",
    "沪": "SH",
    "粤": "GD",
    "川": "SC",
    "渝": "CQ",
    "鄂": "HB",
    "湘": "HN",
    "陕": "SN",
    "豫": "HA",
    "皖": "AH",
    "闽": "FJ",
    "赣": "JX",
}
"""First sign of a plate -> the province in which its owner lives."""
INTERVAL_KM = 10_000
FIRST_SERVICE_KM = 5_000
VISIT_COLUMNS = (
    *("id", "vehicle_id", "station_id", "visited_on", "kind", "odometer_km", "amount"),
    *("work_order", "source"),
)
STAYED_AWAY, LUNAR, AGREES_TO_MARKETING, IS_GOLD, IS_SILVER = 0.15, 0.3, 0.7, 0.08, 0.25
"""How often: a service is left out; a birthday is kept by the moon; marketing is agreed to."""


@dataclass(frozen=True)
class Past:
    """A car's years with us."""

    delivered_on: date
    visits: Sequence[tuple[Any, ...]]


async def add_care(tx: Tx, owners: Sequence[Owner], stations: Sequence[UUID]) -> None:
    """To owners that have just been added, each with one car; the same at every load."""
    chance = random.Random(2_026)
    today = (await tx.now()).date()
    visits: list[tuple[Any, ...]] = []
    for owner in owners:
        (car,) = owner.vehicles
        past = _past(car.id, today, chance, stations)
        visits += past.visits
        await edit_vehicle(tx, ACTOR, car, {"delivered_on": past.delivered_on})
        await edit_owner(tx, ACTOR, owner, _about(owner, chance))
        await _agrees(tx, owner.id, past.delivered_on, await tx.now(), chance)
    await tx.connection.copy_records_to_table("visits", columns=VISIT_COLUMNS, records=visits)


def _about(owner: Owner, chance: random.Random) -> dict[str, Any]:
    plate = owner.vehicles[0].plate or ""
    calendar = Calendar.LUNAR if chance.random() < LUNAR else Calendar.SOLAR
    drawn = chance.random()
    tier = 2 if drawn < IS_GOLD else 1 if drawn < IS_GOLD + IS_SILVER else 0
    return {
        "province": PLATES.get(plate[:1], ""),
        "birthday": Birthday(calendar, chance.randint(1, 12), chance.randint(1, 28)),
        "tier": tier,
        "tier_set_by": "person",
    }


async def _agrees(
    tx: Tx, owner_id: UUID, since: date, now: datetime, chance: random.Random
) -> None:
    """On paper, when the car was delivered."""
    if chance.random() > AGREES_TO_MARKETING:
        return
    said_at = min(now, datetime(since.year, since.month, since.day, 4, tzinfo=now.tzinfo))
    channels = (Channel.TEXT, Channel.CALL, Channel.AUTOMATED_CALL)
    codes = [
        (purpose, one) for purpose in (Purpose.MARKETING, Purpose.GREETING) for one in channels
    ]
    proof = consents.Proof(Evidence.PAPER, "demo", said_at)
    await consents.give(tx, ACTOR, owner_id, codes, proof)


def _past(vehicle_id: UUID, today: date, chance: random.Random, stations: Sequence[UUID]) -> Past:
    delivered = today - timedelta(days=chance.randint(60, 5 * 365))
    visits = list(_visits(vehicle_id, delivered, today, chance, chance.choice(stations)))
    return Past(delivered, visits)


def _visits(
    vehicle_id: UUID, delivered: date, today: date, chance: random.Random, home: UUID
) -> Iterator[tuple[Any, ...]]:
    """Services at about their kilometres or their year, some left out."""
    a_day = chance.uniform(12, 75)
    km, on, kind = 0.0, delivered, "first_service"
    while True:
        step = FIRST_SERVICE_KM if kind == "first_service" else INTERVAL_KM
        days = min(step / a_day, 365) * chance.uniform(0.85, 1.25)
        on, km = on + timedelta(days=round(days)), km + days * a_day
        if on > today:
            return
        if chance.random() >= STAYED_AWAY:
            amount = Decimal(chance.randint(300, 1800))
            order = f"D{on:%y%m%d}{int(km) % 1000:03d}"
            yield new_id(), vehicle_id, home, on, kind, int(km), amount, order, "demo"
        kind = "maintenance"
