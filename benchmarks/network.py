"""A made-up network of many stations with trucks, at real towns."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin, tau
from uuid import UUID

from benchmarks.installation import Installation
from callcenter.places.gazetteer import Gazetteer
from callcenter.stations import service as stations
from callcenter.stations.needs import Skill

ACTOR = "benchmark"
TRUCKS = (["flatbed", "winch"], ["flatbed", "winch"])
DUTY_PHONE = "+86100000{number:04d}"


@dataclass(frozen=True)
class Post:
    """Where a station is."""

    station_id: UUID
    lat: float
    lon: float


async def build(it: Installation, count: int, step: Callable[[], None]) -> list[Post]:
    """So many stations on duty, each with two trucks, at the largest towns and around them."""
    known = Gazetteer.load(it.data_dir).places
    towns = sorted((t for t in known if t.province), key=lambda t: -t.population)
    chance, posts = random.Random(2), list[Post]()
    async with it.database.transaction() as tx:
        for number in range(count):
            town = towns[number % len(towns)]
            lat, lon = away(chance, town.lat, town.lon, 5)
            station = await stations.add_station(
                tx,
                ACTOR,
                {
                    "code": f"B{number:05d}",
                    "kind": "dealer",
                    "name_zh": f"{town.zh}服务站 {number}",
                    "name_en": f"{town.en} {number}",
                    "province": town.province,
                    "city_zh": town.zh,
                    "city_en": town.en,
                    "address": "",
                    "lat": lat,
                    "lon": lon,
                    "workshop_hours": "Mo-Sa 08:30-17:30",
                    "rescue_hours": "24/7",
                    "duty_phone": DUTY_PHONE.format(number=number),
                    "skills": sorted(Skill),
                    "simulated": False,
                },
            )
            for truck, equipment in enumerate(TRUCKS):
                plate = f"{station.code}-{truck}"
                await stations.add_truck(tx, ACTOR, station.id, plate=plate, equipment=equipment)
            posts.append(Post(station.id, lat, lon))
            step()
    return posts


def away(chance: random.Random, lat: float, lon: float, km: float) -> tuple[float, float]:
    """A point at most so far from here."""
    distance, angle = chance.uniform(0, km) / 111, chance.uniform(0, tau)
    east = distance * cos(angle) / cos(radians(lat))
    return round(lat + distance * sin(angle), 6), round(lon + east, 6)
