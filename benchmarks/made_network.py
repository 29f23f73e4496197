"""Stations made up for the search: in towns and alone, with hours, skills, trucks of all kinds."""

import random
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from callcenter.routing.choose import Need
from callcenter.routing.network import Network, Post
from callcenter.stations.model import Station, StationKind, Truck
from callcenter.stations.needs import CarFacts, Fault, Skill, needs_of

MINUTE = 12 * 60
NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
"""Noon in China; `MINUTE` is the minute of that day."""
HOURS = ((0, 1440), (0, 1440), (480, 1200), (1200, 1440))
FAULTS = (Fault.FLAT_TYRE, Fault.DEAD_BATTERY, Fault.ENGINE, Fault.ACCIDENT)
Point = tuple[float, float]


def _need(fault: Fault) -> Need:
    needs = needs_of(fault, CarFacts())
    return Need(frozenset(needs.skills), frozenset(needs.equipment), one_of=needs.one_of)


NEEDS = [_need(fault) for fault in FAULTS]


def somewhere(chance: random.Random, points: list[Point]) -> Point:
    """Where a car stands: mostly near some station, now and then anywhere."""
    if chance.random() < 0.2:
        return chance.uniform(20, 50), chance.uniform(80, 130)
    lat, lon = chance.choice(points)
    return lat + chance.gauss(0, 0.3), lon + chance.gauss(0, 0.3)


class Made:
    """So many stations, always the same; as rows for PostGIS, as the network in memory, and as
    rows of the product's tables."""

    def __init__(self, count: int) -> None:
        chance = random.Random(count)
        towns = [(chance.uniform(21, 48), chance.uniform(88, 128)) for _ in range(count // 8)]
        self.rows = [self._row(chance, towns) for _ in range(count)]
        self.points = [(row["lat"], row["lon"]) for row in self.rows]
        self.posts = [_post(row) for row in self.rows]

    @staticmethod
    def _row(chance: random.Random, towns: list[Point]) -> dict[str, Any]:
        lat, lon = chance.choice(towns)
        opens, closes = chance.choice(HOURS)
        skills = [skill.value for skill in Skill if chance.random() < 0.85]
        return {
            "id": UUID(int=chance.getrandbits(128), version=4),
            "lat": round(lat + chance.gauss(0, 0.2), 6),
            "lon": round(lon + chance.gauss(0, 0.2), 6),
            "skills": skills,
            "opens": opens,
            "closes": closes,
            "suspended": chance.random() < 0.02,
            "is_partner": chance.random() < 0.05,
            "trucks": [(["flatbed", "winch"], chance.random() < 0.8) for _ in range(2)],
        }

    def network(self) -> Network:
        """As memory holds it."""
        network = Network()
        network.begin(self.posts, "0-0", NOON)
        return network

    def changed(self, chance: random.Random) -> Post:
        """One station whose trucks have become busy, or free."""
        post = chance.choice(self.posts)
        busy = frozenset(truck.id for truck in post.station.trucks if chance.random() < 0.2)
        return Post(post.station, post.roster, busy, post.open_offers)

    async def write(self, dsn: str) -> None:
        """Into the product's own tables; a busy truck is one out of service."""
        connection = await asyncpg.connect(dsn)
        stations = [post.station for post in self.posts]
        # Trucks and special days lie in tables of their own.
        own = Station.__dataclass_fields__.keys() - {"trucks", "overrides"}
        names = sorted(own)
        await connection.copy_records_to_table(
            "stations",
            columns=names,
            records=[tuple(getattr(station, name) for name in names) for station in stations],
        )
        free = [truck for p in self.posts for truck in p.station.trucks if truck.id not in p.busy]
        trucks = list(Truck.__dataclass_fields__)
        await connection.copy_records_to_table(
            "trucks",
            columns=trucks,
            records=[tuple(getattr(truck, name) for name in trucks) for truck in free],
        )
        await connection.execute("analyze")
        await connection.close()


def _post(row: dict[str, Any]) -> Post:
    trucks = tuple(
        Truck(
            UUID(int=row["id"].int ^ number), row["id"], f"{row['id']}{number}", tuple(eq), True, 1
        )
        for number, (eq, _) in enumerate(row["trucks"], 1)
    )
    frees = [is_free for _, is_free in row["trucks"]]
    hours = f"{_clock(row['opens'])}-{_clock(row['closes'])}"
    station = Station(
        id=row["id"],
        code=str(row["id"]),
        kind=StationKind.TOW_PARTNER if row["is_partner"] else StationKind.DEALER,
        name_zh="",
        name_en="",
        province="LN",
        city_zh="",
        city_en="",
        address="",
        lat=row["lat"],
        lon=row["lon"],
        workshop_hours="24/7",
        rescue_hours="24/7" if hours == "00:00-24:00" else hours,
        duty_phone=None,
        skills=tuple(row["skills"]),
        simulated=False,
        suspended_at=NOON if row["suspended"] else None,
        suspended_until=None,
        suspended_reason=None,
        created_at=NOON,
        version=1,
        trucks=trucks,
    )
    busy = frozenset(t.id for t, is_free in zip(trucks, frees, strict=True) if not is_free)
    return Post(station, (), busy, 0)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
