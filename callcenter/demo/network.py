"""The made-up network: three stations in the larger towns of every province, and tow partners."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from callcenter.places.gazetteer import Gazetteer, KnownPlace
from callcenter.places.provinces import PROVINCES
from callcenter.stations.needs import Equipment, Skill

MAKER = ("昀驰汽车", "Yunchi Motors")
PER_PROVINCE = 3
HOME_CITY = "沈阳"
"""The first station of this town is answered by people: the printed log-in is its own."""

NIGHT_AND_DAY, DAY_ONLY = "24/7", "Mo-Su 07:00-21:00"
WORKSHOP = "Mo-Sa 08:30-17:30"
# A landline cannot begin with 0 behind the area code: nobody has these numbers.
DUTY_PHONE = "+86100000{number:04d}"


@dataclass(frozen=True)
class MadeTruck:
    """What a truck carries, the kilograms it takes and the centimetres it stands high, in sizes
    such trucks have: only one goes into a garage, only one takes a van or a bus."""

    equipment: tuple[Equipment, ...]
    capacity_kg: int
    height_cm: int


E = Equipment
LOW = MadeTruck((E.FLATBED, E.WINCH, E.LOW_CLEARANCE), 3500, 195)
WHEEL_LIFT = MadeTruck((E.WHEEL_LIFT, E.WINCH), 2500, 220)
HEAVY = MadeTruck((E.FLATBED, E.HEAVY), 12_000, 330)
WITH_DOLLIES = MadeTruck((E.FLATBED, E.DOLLIES), 3000, 250)
PARTNERS = MadeTruck((E.FLATBED, E.WINCH), 5000, 265)


def towns(gazetteer: Gazetteer) -> list[KnownPlace]:
    """The largest towns of each provincial unit that have a Chinese name."""
    by_province: dict[str, list[KnownPlace]] = defaultdict(list)
    for place in sorted(gazetteer.places, key=lambda p: -p.population):
        if place.province and place.zh and len(by_province[place.province]) < PER_PROVINCE:
            by_province[place.province].append(place)
    return [place for code in PROVINCES for place in by_province[code]]


def stations(gazetteer: Gazetteer) -> Iterator[tuple[dict[str, Any], list[MadeTruck]]]:
    """Fields of each station, and its trucks; the same at every call."""
    chance = random.Random(20261123)
    for number, town in enumerate(towns(gazetteer), start=1):
        yield _dealer(number, town, chance), _trucks(chance)
        if number % PER_PROVINCE == 0:
            yield _partner(number, town, chance), [PARTNERS, PARTNERS]


def _dealer(number: int, town: KnownPlace, chance: random.Random) -> dict[str, Any]:
    is_home = _short(town.zh) == HOME_CITY
    skills = set(Skill)
    if not is_home and chance.random() < 0.2:
        skills -= {Skill.EV}
    return _station(
        town,
        code=f"YC{number:03d}",
        kind="dealer",
        name_zh=f"{MAKER[0]}{_short(town.zh)}服务站",
        name_en=f"{MAKER[1]} {town.en} Service Station",
        rescue_hours=NIGHT_AND_DAY if is_home or chance.random() < 0.85 else DAY_ONLY,
        duty_phone=DUTY_PHONE.format(number=number),
        skills=sorted(skills),
        simulated=not is_home,
        shift=(chance.uniform(-0.04, 0.04), chance.uniform(-0.04, 0.04)),
    )


def _partner(number: int, town: KnownPlace, chance: random.Random) -> dict[str, Any]:
    return _station(
        town,
        code=f"TOW{number:03d}",
        kind="tow_partner",
        name_zh=f"{_short(town.zh)}安途拖车(虚构)",
        name_en=f"Antu Towing {town.en} (made up)",
        rescue_hours=NIGHT_AND_DAY,
        duty_phone=DUTY_PHONE.format(number=5000 + number),
        keeps_overnight=True,
        skills=sorted(Skill),
        simulated=True,
        shift=(chance.uniform(-0.1, 0.1), chance.uniform(-0.1, 0.1)),
    )


def _station(town: KnownPlace, shift: tuple[float, float], **fields: Any) -> dict[str, Any]:
    return fields | {
        "province": town.province,
        "city_zh": _short(town.zh),
        "city_en": town.en,
        "address": f"{_short(town.zh)}(虚构地址)",
        "lat": round(town.lat + shift[0], 6),
        "lon": round(town.lon + shift[1], 6),
        "workshop_hours": WORKSHOP,
    }


def _trucks(chance: random.Random) -> list[MadeTruck]:
    return [LOW, *chance.sample([WHEEL_LIFT, HEAVY, WITH_DOLLIES], chance.randint(1, 3))]


def _short(name: str) -> str:
    return name.removesuffix("市") if len(name) > 2 else name
